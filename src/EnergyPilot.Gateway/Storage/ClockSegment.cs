namespace EnergyPilot.Gateway.Storage;

/// <summary>How far the wall clock could be trusted when a sample was taken.</summary>
internal enum ClockQuality
{
    /// <summary>Stored by a program that did not keep it.</summary>
    Unknown,

    /// <summary>Nobody had set the clock since the machine started: it ran on from the last time that was known.</summary>
    Free,

    /// <summary>Synchronised.</summary>
    Trusted,

    /// <summary>Taken while the clock ran free, and moved to its right time when the clock was set.</summary>
    Restamped,
}

/// <summary>A stretch of one run in which wall clock and monotonic clock went together: a jump or another quality of the clock begins a new one.</summary>
/// <param name="Boot">The run of the machine (or, where the kernel does not tell it, of the program).</param>
/// <param name="Begun">Wall time of its beginning.</param>
/// <param name="Monotonic">Monotonic time of its beginning; only differences within one boot mean something.</param>
internal sealed record ClockSegment(string Boot, DateTimeOffset Begun, TimeSpan Monotonic, ClockQuality Quality)
{
    /// <summary>Nobody has said.</summary>
    public static readonly ClockSegment Unknown = new("", DateTimeOffset.MinValue, TimeSpan.Zero, ClockQuality.Unknown);

    /// <summary>The monotonic time at which the wall clock of this segment showed this.</summary>
    public TimeSpan MonotonicAt(DateTimeOffset at) => Monotonic + (at - Begun);
}

/// <summary>A clock that knows in which segment it is.</summary>
internal interface ISegmentedClock
{
    ClockSegment Segment { get; }
}
