using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnergyPilot.Io.MBus;

/// <summary>A line of virtual meters behind a TCP port, as a converter in raw mode shows it. Every connection hears the same meters.</summary>
public sealed class MBusTcpServer : IAsyncDisposable
{
    private const int MaxConnections = 4;

    private readonly MBusSlave slave;
    private readonly TcpListener listener;
    private readonly CancellationTokenSource ending;
    private readonly ConcurrentDictionary<TcpClient, Task> connections = new();
    private readonly Task accepting;

    private MBusTcpServer(MBusSlave slave, TcpListener listener, CancellationToken stop)
    {
        this.slave = slave;
        this.listener = listener;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        accepting = Accept();
    }

    /// <summary>The port that is listened on: the chosen one when port 0 was asked for.</summary>
    public int Port { get; }

    /// <summary>Listens and serves until <paramref name="stop"/> or disposal; throws <see cref="SocketException"/> when the port is taken.</summary>
    public static MBusTcpServer Start(MBusSlave slave, IPEndPoint at, CancellationToken stop)
    {
        var listener = new TcpListener(at);
        try
        {
            listener.Start(MaxConnections);
            return new MBusTcpServer(slave, listener, stop);
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
                var peer = await listener.AcceptTcpClientAsync(ending.Token).ConfigureAwait(false);
                if (connections.Count < MaxConnections)
                    Begin(peer);
                else
                    peer.Dispose();
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException)
            {
                // The peer went away between its connection and our accepting it.
            }
        }

        listener.Stop();
    }

    private void Begin(TcpClient peer)
    {
        var serving = new Task<Task>(() => Serve(peer));
        connections[peer] = serving.Unwrap();
        serving.Start(TaskScheduler.Default);
    }

    private async Task Serve(TcpClient peer)
    {
        try
        {
            peer.NoDelay = true;
            await slave.Serve(peer.GetStream(), ending.Token).ConfigureAwait(false);
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
