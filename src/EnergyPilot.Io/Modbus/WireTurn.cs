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
    private CancellationToken stop;
    private TimeSpan deadline;
    private long asked;
    private bool isArmed;

    /// <summary>
    /// Cancelled at the deadline of the one who has the turn. It is armed when first asked for:
    /// most answers over TCP come before anybody needs it.
    /// </summary>
    public CancellationToken End
    {
        get
        {
            if (!isArmed)
                Arm();
            return ending.Token;
        }
    }

    /// <summary>What is left to the one who has the turn; negative after the deadline.</summary>
    public TimeSpan Left => deadline - time.GetElapsedTime(asked);

    /// <summary>Waits for the turn; false when the deadline passed in the line.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Take(TimeSpan deadline, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var now = time.GetTimestamp();
        if (!gate.Wait(0, CancellationToken.None) && !await WaitInLine(deadline, stop).ConfigureAwait(false))
            return false;
        if (deadline <= time.GetElapsedTime(now))
        {
            gate.Release();
            return false;
        }

        (this.deadline, this.stop, asked) = (deadline, stop, now);
        return true;
    }

    public void Release()
    {
        if (isArmed)
            Disarm();
        gate.Release();
    }

    // The semaphore stays undisposed on purpose: a caller that still holds the turn must be able to give it back.
    public void Dispose() => ending.Cancel();

    private void Arm()
    {
        isArmed = true;
        var left = Left;
        ending.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        stopping = stop.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), ending);
    }

    private void Disarm()
    {
        isArmed = false;
        stopping.Dispose();
        if (ending.TryReset())
            return;
        ending.Dispose();
        ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

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
