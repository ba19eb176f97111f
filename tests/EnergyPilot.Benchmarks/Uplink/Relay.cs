using System.Net;
using System.Net.Sockets;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>A line between a gateway and a broker that can be cut: what is on it stays there, as in a network whose router is switched off, or every connection is torn.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly List<TcpClient> open = [];
    private readonly Task running;
    private readonly Action<Socket> dialling;
    private volatile TaskCompletionSource whole = Whole();

    public Relay(int to)
        : this(to, _ => { })
    {
    }

    /// <param name="dialling">Sets what the socket to the broker is like, before it connects.</param>
    public Relay(int to, Action<Socket> dialling)
    {
        this.dialling = dialling;
        listener.Start();
        running = Accept(to);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Bytes that came from gateways.</summary>
    public long Bytes { get; private set; }

    /// <summary>Nothing passes any more, and nobody is told.</summary>
    public void Cut()
    {
        if (whole.Task.IsCompleted) whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>It passes again.</summary>
    public void Mend() => whole.TrySetResult();

    /// <summary>Every connection is closed with what was on it.</summary>
    public void Tear()
    {
        lock (gate)
        {
            foreach (var client in open) client.Dispose();
            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        Mend();
        Tear();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task Accept(int to)
    {
        while (!ending.IsCancellationRequested)
        {
            var near = await listener.AcceptTcpClientAsync(ending.Token);
            _ = Pass(near, to);
        }
    }

    private async Task Pass(TcpClient near, int to)
    {
        using var far = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            dialling(far.Client);
            await far.ConnectAsync(IPAddress.Loopback, to, ending.Token);
            lock (gate) open.AddRange([near, far]);
            await Task.WhenAny(Copy(near, far, n => Bytes += n), Copy(far, near, _ => { }));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The broker is away, or the run is over.
        }
        finally
        {
            near.Dispose();
            lock (gate) open.RemoveAll(c => c == near || c == far);
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, Action<int> passed)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, ending.Token) is > 0 and var count)
            {
                await whole.Task.WaitAsync(ending.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), ending.Token);
                passed(count);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Torn.
        }
    }

    private static TaskCompletionSource Whole()
    {
        var whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        whole.SetResult();
        return whole;
    }
}
