using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EnergyPilot.Benchmarks.Uplink;

namespace EnergyPilot.Benchmarks;

/// <summary>mosquitto (Debian's package) in a process of the benchmark's own.</summary>
internal sealed class MosquittoUnderFire : IBrokerUnderFire, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-broker-");
    private Process? process;

    private MosquittoUnderFire(int port) => Port = port;

    public int Port { get; }

    public static async Task<MosquittoUnderFire> Start(CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var broker = new MosquittoUnderFire(socket.LocalEndPoint is IPEndPoint bound ? bound.Port : 0);
        socket.Close();
        await File.WriteAllTextAsync(broker.Settings, string.Create(CultureInfo.InvariantCulture, $"""
            user {Environment.UserName}
            listener {broker.Port} 127.0.0.1
            allow_anonymous true
            max_queued_messages 0
            log_dest stderr

            """), stop);
        await ((IBrokerUnderFire)broker).Start(stop);
        return broker;
    }

    async Task IBrokerUnderFire.Start(CancellationToken stop)
    {
        process = Process.Start(new ProcessStartInfo("mosquitto", ["-c", Settings]) { RedirectStandardError = true }) ?? throw new InvalidOperationException("mosquitto did not start; install it.");
        while (await process.StandardError.ReadLineAsync(stop) is { } line)
            if (line.EndsWith("running", StringComparison.Ordinal))
            {
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return;
            }

        throw new InvalidOperationException("mosquitto ended at once.");
    }

    public Task Freeze(CancellationToken stop) => Signal("-STOP", stop);

    public Task Thaw(CancellationToken stop) => Signal("-CONT", stop);

    public async Task Kill()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        folder.Delete(recursive: true);
    }

    private string Settings => Path.Combine(folder.FullName, "mosquitto.conf");

    private async Task Signal(string signal, CancellationToken stop)
    {
        using var kill = Process.Start("kill", [signal, string.Create(CultureInfo.InvariantCulture, $"{process?.Id}")]);
        await kill.WaitForExitAsync(stop);
    }
}
