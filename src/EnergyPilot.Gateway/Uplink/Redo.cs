namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Sending again what was acknowledged before, because its times were put right. Acknowledgements say nothing of it, for they are past it; but a
/// connection keeps its order, so when something that was sent after it over the same connection is acknowledged, it has arrived too.
/// </summary>
internal sealed class Redo
{
    /// <summary>Samples at a time.</summary>
    public const int Step = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.25);

    private long until, closing, stepped;
    private bool isWaiting;

    public bool IsRunning { get; private set; }

    /// <summary>Begins, unless none of it was ever sent.</summary>
    /// <param name="after">Times were put right after this sequence.</param>
    /// <param name="sent">The last that may have been sent.</param>
    /// <param name="live">Up to where all is sent once this is done.</param>
    public bool Begin(long after, long sent, long live)
    {
        (IsRunning, isWaiting, until) = (after < sent, false, live);
        return IsRunning;
    }

    /// <summary>Whether the next step may go out; counts it as gone.</summary>
    public bool IsDue(TimeProvider time)
    {
        if (stepped != 0 && time.GetElapsedTime(stepped) < Pause) return false;
        stepped = time.GetTimestamp();
        return true;
    }

    /// <summary>Late data were sent up to here; <paramref name="newest"/> is the last sequence sent at all.</summary>
    public void Sent(long late, long newest)
    {
        if (!IsRunning || late < until) return;
        (IsRunning, isWaiting, closing) = (false, true, newest);
    }

    /// <summary>Whether all of it has arrived; true once.</summary>
    public bool IsOver(long acknowledged)
    {
        if (!isWaiting || acknowledged <= closing) return false;
        isWaiting = false;
        return true;
    }

    /// <summary>The connection is another: nothing is known.</summary>
    public void Stop() => (IsRunning, isWaiting) = (false, false);
}
