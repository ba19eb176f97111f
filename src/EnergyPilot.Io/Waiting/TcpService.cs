using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnergyPilot.Io.Waiting;

/// <summary>
/// Listens on a TCP port and holds one conversation with each peer. Connections beyond the limit are closed at once; keep-alive finds out
/// those whose peer is gone; without file descriptors it waits instead of spinning.
/// </summary>
internal sealed class TcpService : IAsyncDisposable
{
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan PauseWithoutDescriptors = TimeSpan.FromSeconds(0.25);

    private readonly Socket listener;
    private readonly int maxConnections;
    private readonly Func<Socket, CancellationToken, Task> converse;
    private readonly CancellationTokenSource ending;
    private readonly ConcurrentDictionary<Socket, Task> connections = new();
    private readonly Task accepting;

    private TcpService(Socket listener, int maxConnections, Func<Socket, CancellationToken, Task> converse, CancellationToken stop)
    {
        (this.listener, this.maxConnections, this.converse) = (listener, maxConnections, converse);
        Port = listener.LocalEndPoint is IPEndPoint bound ? bound.Port : 0;
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        accepting = Accept();
    }

    /// <summary>The port that is listened on: the chosen one when port 0 was asked for.</summary>
    public int Port { get; }

    /// <summary>Listens and serves until <paramref name="stop"/> or disposal; throws <see cref="SocketException"/> when the port is taken.</summary>
    public static TcpService Start(IPEndPoint at, int maxConnections, Func<Socket, CancellationToken, Task> converse, CancellationToken stop)
    {
        var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen(maxConnections);
            return new TcpService(listener, maxConnections, converse, stop);
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
                if (connections.Count < maxConnections)
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
            await converse(peer, ending.Token).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is SocketException or IOException or OperationCanceledException)
        {
            // A peer that is gone, and our own end, are how conversations end.
        }
        finally
        {
            peer.Dispose();
            connections.TryRemove(peer, out _);
        }
    }
}
