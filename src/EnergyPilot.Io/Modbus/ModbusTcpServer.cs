using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Serves a <see cref="ModbusSlave"/> on a TCP port. Frames may come split or merged; a header that is not Modbus ends its connection.
/// Connections beyond <see cref="MaxConnections"/> are closed at once; keep-alive finds out those whose peer is gone.
/// </summary>
public sealed class ModbusTcpServer : IAsyncDisposable
{
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan PauseWithoutDescriptors = TimeSpan.FromSeconds(0.25);

    private readonly ModbusSlave slave;
    private readonly Socket listener;
    private readonly CancellationTokenSource ending;
    private readonly ConcurrentDictionary<Socket, Task> connections = new();
    private readonly Task accepting;

    private ModbusTcpServer(ModbusSlave slave, Socket listener, int maxConnections, CancellationToken stop)
    {
        this.slave = slave;
        this.listener = listener;
        MaxConnections = maxConnections;
        Port = listener.LocalEndPoint is IPEndPoint bound ? bound.Port : 0;
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        accepting = Accept();
    }

    /// <summary>Connections served at the same time.</summary>
    public int MaxConnections { get; }

    /// <summary>The port that is listened on: the chosen one when port 0 was asked for.</summary>
    public int Port { get; }

    /// <summary>Listens and serves until <paramref name="stop"/> or disposal; throws <see cref="SocketException"/> when the port is taken.</summary>
    public static ModbusTcpServer Start(ModbusSlave slave, IPEndPoint at, int maxConnections, CancellationToken stop)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen(maxConnections);
            return new ModbusTcpServer(slave, listener, maxConnections, stop);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Closes the port and all connections and waits until they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await accepting.ConfigureAwait(false);
        await Task.WhenAll(connections.Values).ConfigureAwait(false);
        listener.Dispose();
        ending.Dispose();
    }

    private async Task Accept()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var peer = await listener.AcceptAsync(ending.Token).ConfigureAwait(false);
                if (connections.Count < MaxConnections)
                    Begin(peer);
                else
                    peer.Dispose();
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException trouble) when (trouble.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The peer went away between its connection and our accepting it.
            }
            catch (SocketException)
            {
                // Out of file descriptors or memory: the connection stays in the queue, and asking again at once would find it there for ever.
                await Pause().ConfigureAwait(false);
            }
        }

        listener.Close();
    }

    private async ValueTask Pause() =>
        await Task.Delay(PauseWithoutDescriptors, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Begin(Socket peer)
    {
        var serving = new Task<Task>(() => Serve(peer));
        connections[peer] = serving.Unwrap();
        serving.Start(TaskScheduler.Default);
    }

    private async Task Serve(Socket peer)
    {
        try
        {
            peer.NoDelay = true;
            peer.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            peer.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            await Converse(peer).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is SocketException or OperationCanceledException)
        {
            // A peer that is gone, and our own end, are how conversations end.
        }
        finally
        {
            peer.Dispose();
            connections.TryRemove(peer, out _);
        }
    }

    private async Task Converse(Socket peer)
    {
        var received = new byte[2 * ModbusTcpFrame.MaxLength];
        var sending = new byte[ModbusTcpFrame.MaxLength];
        var filled = 0;
        while (true)
        {
            var read = await peer.ReceiveAsync(received.AsMemory(filled), SocketFlags.None, ending.Token).ConfigureAwait(false);
            if (read == 0)
                return;
            filled += read;
            while (ModbusTcpFrame.TryReadHeader(received.AsSpan(0, filled), out var header))
            {
                if (header.Fault != ModbusFault.None)
                    return;
                if (filled < header.FrameLength)
                    break;
                await Send(peer, sending.AsMemory(0, Answer(header, received, sending))).ConfigureAwait(false);
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

    private async ValueTask Send(Socket peer, ReadOnlyMemory<byte> rest)
    {
        while (rest.Length > 0)
            rest = rest[await peer.SendAsync(rest, SocketFlags.None, ending.Token).ConfigureAwait(false)..];
    }
}
