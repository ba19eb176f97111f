using System.Threading.Tasks.Sources;

namespace EnergyPilot.Io.Waiting;

/// <summary>
/// The one read or write of a file that may be waiting; used again and again, so waiting allocates nothing.
/// Everything but the awaiting happens under the lock of the file's owner.
/// </summary>
internal sealed class FileWait(Lock gate) : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration stopping;
    private CancellationToken stop;

    /// <summary>Whether somebody waits; a finished wait stays taken until its result is.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Version of the wait under way.</summary>
    public short Token => core.Version;

    public void Begin(CancellationToken until)
    {
        core.Reset();
        stop = until;
        IsWaiting = true;
    }

    /// <summary>Called after <see cref="Begin"/> and outside the lock: a token already cancelled ends the wait here.</summary>
    public void StopWith(CancellationToken until) =>
        stopping = until.UnsafeRegister(static wait => ((FileWait)wait!).Cancel(), this);

    public void Succeed(int count)
    {
        if (!IsWaiting)
            return;
        IsWaiting = false;
        core.SetResult(count);
    }

    public void Fail(Exception trouble)
    {
        if (!IsWaiting)
            return;
        IsWaiting = false;
        core.SetException(trouble);
    }

    int IValueTaskSource<int>.GetResult(short token) => Result(token);

    void IValueTaskSource.GetResult(short token) => Result(token);

    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);

    private int Result(short token)
    {
        // Waits for a cancellation under way, which could otherwise hit the next wait.
        stopping.Dispose();
        stopping = default;
        return core.GetResult(token);
    }

    private void Cancel()
    {
        lock (gate)
            Fail(new OperationCanceledException(stop));
    }
}
