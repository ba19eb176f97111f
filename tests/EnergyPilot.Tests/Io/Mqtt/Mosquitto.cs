using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>A mosquitto of the test's own, on a free port, with its own configuration and folder.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-mosquitto");
    private Process? process;

    private Mosquitto()
    {
    }

    public int Port { get; private set; }

    public string Folder => folder.FullName;

    /// <summary>Makes the folder, lets <paramref name="prepare"/> fill it and say the configuration, and starts.</summary>
    public static async Task<Mosquitto> Start(CancellationToken stop, Func<string, Task<string>>? prepare = null)
    {
        var broker = new Mosquitto { Port = FreePort() };
        var settings = prepare is null ? "allow_anonymous true" : await prepare(broker.Folder);
        await File.WriteAllTextAsync(broker.Configuration, $"""
            user {Environment.UserName}
            listener {broker.Port} 127.0.0.1
            log_dest stderr
            persistence true
            persistence_location {broker.Folder}/
            autosave_on_changes true
            autosave_interval 1
            max_queued_messages 0
            {settings}

            """, stop);
        await broker.Run(stop);
        return broker;
    }

    /// <summary>Starts it, again on the same port.</summary>
    public async Task Run(CancellationToken stop)
    {
        var start = new ProcessStartInfo(Peers.Need("mosquitto", "mosquitto"), ["-c", Configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENSSL_CONF"] = Path.Combine(Folder, "openssl.cnf");
        process = Process.Start(start)
            ?? throw new InvalidOperationException("mosquitto did not start.");
        try
        {
            while (!(await process.StandardError.ReadLineAsync(stop) ?? throw new InvalidOperationException("mosquitto ended at once.")).EndsWith("running", StringComparison.Ordinal))
            {
                // It says first what it reads.
            }
        }
        catch
        {
            await Kill();
            throw;
        }

        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public async Task Kill()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    /// <summary>Ends it in order: it saves its sessions.</summary>
    public async Task Terminate(CancellationToken stop)
    {
        await Signal("-TERM", stop);
        if (process is not null)
            await process.WaitForExitAsync(stop);
    }

    public Task Freeze(CancellationToken stop) => Signal("-STOP", stop);

    public Task Thaw(CancellationToken stop) => Signal("-CONT", stop);

    /// <summary>Publishes with mosquitto_pub and waits until it has.</summary>
    public async Task Publish(CancellationToken stop, params IEnumerable<string> arguments)
    {
        await using var peer = PeerProcess.Start(Peers.Need("mosquitto_pub", "mosquitto-clients"), ["-p", $"{Port}", "-h", "127.0.0.1", .. arguments]);
        (await peer.Output(stop)).ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        folder.Delete(recursive: true);
    }

    private string Configuration => Path.Combine(Folder, "mosquitto.conf");

    private async Task Signal(string signal, CancellationToken stop)
    {
        await using var kill = PeerProcess.Start(Peers.Need("kill", "procps"), signal, $"{process?.Id}");
        await kill.Output(stop);
    }

    // mosquitto cannot choose a port itself.
    internal static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint is IPEndPoint bound ? bound.Port : 0;
    }
}
