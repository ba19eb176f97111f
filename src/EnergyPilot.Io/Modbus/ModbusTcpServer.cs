using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Waiting;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Serves a <see cref="ModbusSlave"/> on a TCP port. Frames may come split or merged; a header that is not Modbus ends its connection.
/// Connections beyond <see cref="MaxConnections"/> are closed at once; keep-alive finds out those whose peer is gone.
/// </summary>
public sealed class ModbusTcpServer : IAsyncDisposable
{
    private readonly ModbusSlave slave;
    private readonly TcpService service;

    private ModbusTcpServer(ModbusSlave slave, IPEndPoint at, int maxConnections, CancellationToken stop)
    {
        (this.slave, MaxConnections) = (slave, maxConnections);
        service = TcpService.Start(at, maxConnections, Converse, stop);
    }

    /// <summary>Connections served at the same time.</summary>
    public int MaxConnections { get; }

    /// <summary>The port that is listened on: the chosen one when port 0 was asked for.</summary>
    public int Port => service.Port;

    /// <summary>Listens and serves until <paramref name="stop"/> or disposal; throws <see cref="SocketException"/> when the port is taken.</summary>
    public static ModbusTcpServer Start(ModbusSlave slave, IPEndPoint at, int maxConnections, CancellationToken stop) => new(slave, at, maxConnections, stop);

    /// <summary>Closes the port and all connections and waits until they have ended.</summary>
    public ValueTask DisposeAsync() => service.DisposeAsync();

    private async Task Converse(Socket peer, CancellationToken stop)
    {
        var received = new byte[2 * ModbusTcpFrame.MaxLength];
        var sending = new byte[ModbusTcpFrame.MaxLength];
        var filled = 0;
        while (true)
        {
            var read = await peer.ReceiveAsync(received.AsMemory(filled), SocketFlags.None, stop).ConfigureAwait(false);
            if (read == 0)
                return;
            filled += read;
            while (ModbusTcpFrame.TryReadHeader(received.AsSpan(0, filled), out var header))
            {
                if (header.Fault != ModbusFault.None)
                    return;
                if (filled < header.FrameLength)
                    break;
                await Send(peer, sending.AsMemory(0, Answer(header, received, sending)), stop).ConfigureAwait(false);
                received.AsSpan(header.FrameLength, filled - header.FrameLength).CopyTo(received);
                filled -= header.FrameLength;
            }
        }
    }

    private int Answer(ModbusTcpHeader header, ReadOnlySpan<byte> received, Span<byte> sending)
    {
        Span<byte> answer = stackalloc byte[ModbusPdu.MaxLength];
        var length = slave.Answer(header.Unit, received[ModbusTcpFrame.HeaderLength..header.FrameLength], answer);
        return length == 0 ? 0 : ModbusTcpFrame.Encode(header.Transaction, header.Unit, answer[..length], sending);
    }

    private static async ValueTask Send(Socket peer, ReadOnlyMemory<byte> rest, CancellationToken stop)
    {
        while (rest.Length > 0)
            rest = rest[await peer.SendAsync(rest, SocketFlags.None, stop).ConfigureAwait(false)..];
    }
}
