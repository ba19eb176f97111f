using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Running;

/// <summary>What a look at the machine's clock changed.</summary>
/// <param name="Shift">By how much the time of the gateway was moved; what was read before is older by as much.</param>
/// <param name="Base">True wall time at monotonic time zero, when the clock has just been set; else the beginning of time.</param>
internal readonly record struct ClockChange(TimeSpan Shift, DateTimeOffset Base)
{
    public static readonly ClockChange None = new(TimeSpan.Zero, DateTimeOffset.MinValue);

    /// <summary>What ran free until now can be put right.</summary>
    public bool IsSet => Base > DateTimeOffset.MinValue;
}

/// <summary>
/// The time of a gateway whose machine has no clock battery. It runs on the monotonic clock and looks at the wall clock now and then:
/// one that nobody has set yet counts only where it is ahead of the last time that was stored (a machine starts in 1970, or where it was switched off), one that is
/// synchronised counts in both directions, and once it was, a wall clock that is set by hand counts no more. So time never goes back before the network says so.
/// </summary>
internal sealed class SteadyClock : TimeProvider, ISegmentedClock
{
    // Less is the ordinary course of a clock that is kept right.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    private readonly TimeProvider machine;
    private readonly Func<bool> isSynchronised;
    private long offset;
    private volatile ClockSegment segment;

    /// <param name="machine">The wall clock and the monotonic clock of the machine.</param>
    /// <param name="isSynchronised">Whether the kernel says that its wall clock is.</param>
    /// <param name="boot">Names the run of the machine: monotonic times of one boot can be compared.</param>
    /// <param name="floor">The last time that is known to have been.</param>
    public SteadyClock(TimeProvider machine, Func<bool> isSynchronised, string boot, DateTimeOffset floor)
    {
        (this.machine, this.isSynchronised) = (machine, isSynchronised);
        var (wall, monotonic, isRight) = (machine.GetUtcNow(), Monotonic, isSynchronised());
        var now = isRight || wall > floor ? wall : floor;
        offset = now.UtcTicks - monotonic.Ticks;
        segment = new ClockSegment(boot, now, monotonic, isRight ? ClockQuality.Trusted : ClockQuality.Free);
    }

    public ClockSegment Segment => segment;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    private TimeSpan Monotonic => machine.GetElapsedTime(0);

    public override DateTimeOffset GetUtcNow() => new(Monotonic.Ticks + Volatile.Read(ref offset), TimeSpan.Zero);

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Compares with the machine's wall clock; called by one thread, once a cycle.</summary>
    public ClockChange Look()
    {
        var (wall, monotonic, isRight) = (machine.GetUtcNow(), Monotonic, isSynchronised());
        var ahead = TimeSpan.FromTicks(wall.UtcTicks - monotonic.Ticks - offset);
        var wasSet = segment.Quality == ClockQuality.Trusted;
        if (!isRight && (wasSet || ahead <= Jump)) return ClockChange.None;
        if (isRight || ahead > TimeSpan.Zero) Volatile.Write(ref offset, wall.UtcTicks - monotonic.Ticks);
        if (isRight && wasSet && ahead.Duration() <= Jump) return ClockChange.None;
        segment = new ClockSegment(segment.Boot, wall, monotonic, isRight ? ClockQuality.Trusted : ClockQuality.Free);
        return new ClockChange(ahead, isRight && !wasSet ? wall - monotonic : DateTimeOffset.MinValue);
    }
}
