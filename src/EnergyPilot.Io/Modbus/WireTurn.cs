using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The one turn on a wire: callers wait in line, and who has the turn has a token that ends with the deadline or with <c>stop</c>.
/// In the steady state nothing is allocated: the token source is reset and used again.
/// </summary>
internal sealed class WireTurn(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private CancellationTokenSource ending = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenRegistration stopping;

    /// <summary>Cancelled at the deadline of the one who has the turn.</summary>
    public CancellationToken End => ending.Token;

    /// <summary>Waits for the turn; false when the deadline passed in the line.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Take(TimeSpan deadline, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var asked = time.GetTimestamp();
        if (!gate.Wait(0, CancellationToken.None) && !await WaitInLine(deadline, stop).ConfigureAwait(false))
            return false;

        var left = deadline - time.GetElapsedTime(asked);
        if (left <= TimeSpan.Zero)
        {
            gate.Release();
            return false;
        }

        ending.CancelAfter(left);
        stopping = stop.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), ending);
        return true;
    }

    public void Release()
    {
        stopping.Dispose();
        if (!ending.TryReset())
        {
            ending.Dispose();
            ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        }

        gate.Release();
    }

    // The semaphore stays undisposed on purpose: a caller that still holds the turn must be able to give it back.
    public void Dispose() => ending.Cancel();

    private async ValueTask<bool> WaitInLine(TimeSpan deadline, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            await gate.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
