using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Waiting;

namespace EnergyPilot.Io.MBus;

/// <summary>A line of virtual meters behind a TCP port, as a converter in raw mode shows it. Every connection hears the same meters.</summary>
public sealed class MBusTcpServer : IAsyncDisposable
{
    private const int MaxConnections = 4;

    private readonly MBusSlave slave;
    private readonly TcpService service;

    private MBusTcpServer(MBusSlave slave, IPEndPoint at, CancellationToken stop)
    {
        this.slave = slave;
        service = TcpService.Start(at, MaxConnections, Serve, stop);
    }

    /// <summary>The port that is listened on: the chosen one when port 0 was asked for.</summary>
    public int Port => service.Port;

    /// <summary>Listens and serves until <paramref name="stop"/> or disposal; throws <see cref="SocketException"/> when the port is taken.</summary>
    public static MBusTcpServer Start(MBusSlave slave, IPEndPoint at, CancellationToken stop) => new(slave, at, stop);

    /// <summary>Closes the port and all connections and waits until they have ended.</summary>
    public ValueTask DisposeAsync() => service.DisposeAsync();

    private async Task Serve(Socket peer, CancellationToken stop)
    {
        await using var line = new NetworkStream(peer, ownsSocket: false);
        await slave.Serve(line, stop).ConfigureAwait(false);
    }
}
