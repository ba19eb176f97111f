using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Io.Serial;

/// <summary>A serial line behind a converter that passes its bytes on over TCP ("raw" or "TCP server" mode of serial device servers).</summary>
public static class TcpLine
{
    /// <summary>What a wire or reader calls each time that it needs the line anew; it throws <see cref="SocketException"/>.</summary>
    public static Func<CancellationToken, ValueTask<Stream>> Opener(string host, int port) =>
        async stop => new NetworkStream(await TcpConnection.Open(host, port, stop).ConfigureAwait(false), ownsSocket: true);
}
