using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Always listens to a stream, so that the instant of the last byte is known and a stray one is never left over for the next answer.
/// One caller at a time may wait; a wait may end early, the caller looks why. In the steady state nothing is allocated.
/// </summary>
internal sealed class LineEar : IValueTaskSource, IThreadPoolWorkItem, IDisposable
{
    private enum Until { Nobody, Bytes, Time }

    private readonly Stream stream;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private readonly byte[] incoming = new byte[ModbusRtuFrame.MaxLength];
    private readonly byte[] inbox = new byte[2 * ModbusRtuFrame.MaxLength];
    private ManualResetValueTaskSourceCore<bool> waking;
    private Until waiting;
    private int filled;
    private long lastHeard;
    private bool ended;

    public LineEar(Stream stream, TimeProvider time)
    {
        (this.stream, this.time, lastHeard) = (stream, time, time.GetTimestamp());
        timer = time.CreateTimer(static ear => ((LineEar)ear!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = Listen();
    }

    public Stream Stream => stream;

    /// <summary>When the last byte came, as a timestamp; before the first, when the listening began.</summary>
    public long LastHeard
    {
        get { lock (gate) return lastHeard; }
    }

    /// <summary>Whether nothing more will come.</summary>
    public bool HasEnded
    {
        get { lock (gate) return ended; }
    }

    /// <summary>Moves what was heard behind the first <paramref name="length"/> bytes; without room the oldest bytes go. Returns the new length.</summary>
    public int Take(Span<byte> heard, int length)
    {
        lock (gate)
        {
            length = Append(inbox.AsSpan(0, filled), heard, length);
            filled = 0;
            return length;
        }
    }

    /// <summary>Waits until there is something to take, for <paramref name="longest"/> at most.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitForBytes(TimeSpan longest, CancellationToken stop)
    {
        if (!TryArm(Until.Bytes))
            return;
        timer.Change(longest, Timeout.InfiniteTimeSpan);
        using (stop.UnsafeRegister(static ear => ((LineEar)ear!).Wake(), this))
            await new ValueTask(this, waking.Version).ConfigureAwait(false);
    }

    /// <summary>Waits for a time, whatever is heard. Whole milliseconds only.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitFor(TimeSpan longest, CancellationToken stop)
    {
        if (!TryArm(Until.Time))
            return;
        timer.Change(longest, Timeout.InfiniteTimeSpan);
        using (stop.UnsafeRegister(static ear => ((LineEar)ear!).Wake(), this))
            await new ValueTask(this, waking.Version).ConfigureAwait(false);
    }

    public void Dispose()
    {
        stream.Dispose();
        timer.Dispose();
    }

    // The caller goes on in the thread pool: on the listener's own thread nobody would listen meanwhile.
    void IThreadPoolWorkItem.Execute() => waking.SetResult(true);

    void IValueTaskSource.GetResult(short token) => waking.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => waking.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        waking.OnCompleted(continuation, state, token, flags);

    private async Task Listen()
    {
        try
        {
            while (await stream.ReadAsync(incoming).ConfigureAwait(false) is > 0 and var read)
                Hear(incoming.AsSpan(0, read));
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed, by us or by the other side: the end either way.
        }

        lock (gate)
        {
            ended = true;
            if (waiting == Until.Nobody)
                return;
            waiting = Until.Nobody;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            lastHeard = time.GetTimestamp();
            filled = Append(bytes, inbox, filled);
            if (waiting != Until.Bytes)
                return;
            waiting = Until.Nobody;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryArm(Until what)
    {
        lock (gate)
        {
            if (ended || what == Until.Bytes && filled > 0)
                return false;
            waking.Reset();
            waiting = what;
            return true;
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            if (waiting == Until.Nobody)
                return;
            waiting = Until.Nobody;
        }

        waking.SetResult(true);
    }

    private static int Append(ReadOnlySpan<byte> bytes, Span<byte> to, int length)
    {
        var excess = Math.Min(Math.Max(length + bytes.Length - to.Length, 0), length);
        to[excess..length].CopyTo(to);
        length -= excess;
        bytes.CopyTo(to[length..]);
        return length + bytes.Length;
    }
}
