using EnergyPilot.Core.Points;

namespace EnergyPilot.Gateway.Storage;

/// <summary>One row of the sample log.</summary>
/// <param name="Sequence">Its place in the log; given at the commit and never used again. 0 while it is not committed.</param>
/// <param name="At">When it was so.</param>
/// <param name="Value">In the canonical unit; not a number when <paramref name="Quality"/> says that nothing was measured.</param>
internal readonly record struct Sample(long Sequence, PointId Point, DateTimeOffset At, double Value, Reliability Quality)
{
    /// <summary>How far <see cref="At"/> can be trusted.</summary>
    public ClockQuality Clock { get; init; }

    /// <summary>The run of the machine in which it was taken; empty when that was not kept.</summary>
    public string Boot { get; init; } = "";

    /// <summary>Monotonic time since that boot: with it a receiver can put right what was sent before the clock was.</summary>
    public TimeSpan Monotonic { get; init; }
}

/// <summary>A step of a series: mean over the time in which the value is known, lowest and highest. Not a number in a gap.</summary>
internal readonly record struct SeriesPoint(DateTimeOffset At, double Mean, double Min, double Max);

/// <summary>The hours of one point on one day (UTC) of a past that was not lived through, in order.</summary>
internal sealed record PastDay(PointId Point, IReadOnlyList<(long Start, RollUp State)> Hours);

/// <summary>How fine a series is. Buckets begin on the full quarter, hour and day of UTC.</summary>
internal enum Resolution { Raw, Quarter, Hour, Day }

/// <summary>Buckets of time, in milliseconds since 1970 (UTC).</summary>
internal static class Bucket
{
    public const long Quarter = 15 * 60_000, Hour = 4 * Quarter, Day = 24 * Hour;

    public static long Length(Resolution resolution) => resolution switch
    {
        Resolution.Quarter => Quarter,
        Resolution.Hour => Hour,
        Resolution.Day => Day,
        _ => throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "Raw samples have no buckets."),
    };

    /// <summary>Where the bucket that holds this instant begins, also before 1970.</summary>
    public static long Start(long at, long length) => at - ((at % length) + length) % length;
}
