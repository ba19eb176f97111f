namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// What is kept of a run of samples of one point, in time order: a monoid, so that the fold of a day is the merge of the folds
/// of its hours. Values are stored by exception, so a mean over samples would be wrong: each value counts for as long as it held.
/// </summary>
/// <param name="Count">Samples with a value.</param>
/// <param name="Seconds">Time between the first and the last sample in which the value was known [s].</param>
/// <param name="Sum">Value times that time.</param>
/// <param name="Min">Lowest value; not a number when there is none.</param>
/// <param name="Max">Highest value.</param>
/// <param name="First">First value, and when [ms since 1970].</param>
/// <param name="Last">Last value, and when.</param>
/// <param name="Begins">Time of the first sample, be it a value or trouble.</param>
/// <param name="Ends">Time of the last sample.</param>
/// <param name="Standing">What stands at the end: the last value, or not a number when trouble came after it (be it in the same millisecond).</param>
/// <param name="Rise">What a cumulative index gained between the first and the last value; a fall counts as nothing (see <see cref="IndexEnergy"/>).</param>
internal readonly record struct RollUp(
    int Count, double Seconds, double Sum, double Min, double Max, double First, long FirstAt, double Last, long LastAt, long Begins, long Ends, double Standing, double Rise)
{
    /// <summary>
    /// The longest time for which a value is taken to have held without news: every point is stored once in a quarter and polled
    /// at least every 5 min, so after this the gateway was off.
    /// </summary>
    public const long LongestHold = 30 * 60_000;

    public static readonly RollUp Empty = new(0, 0, 0, double.NaN, double.NaN, double.NaN, 0, double.NaN, 0, long.MaxValue, long.MinValue, double.NaN, 0);

    public static RollUp Of(long at, double value) => double.IsNaN(value)
        ? Empty with { Begins = at, Ends = at }
        : new(1, 0, 0, value, value, value, at, value, at, at, at, value, 0);

    public bool IsEmpty => Ends < Begins;

    /// <summary>This run followed by a later one.</summary>
    public RollUp Then(RollUp later)
    {
        if (IsEmpty) return later;
        if (later.IsEmpty) return this;
        var held = HeldUntil(later.Begins);
        return new(
            Count + later.Count,
            Seconds + held + later.Seconds,
            Sum + (held > 0 ? held * Standing : 0) + later.Sum,
            double.MinNumber(Min, later.Min),
            double.MaxNumber(Max, later.Max),
            Count > 0 ? First : later.First,
            Count > 0 ? FirstAt : later.FirstAt,
            later.Count > 0 ? later.Last : Last,
            later.Count > 0 ? later.LastAt : LastAt,
            Begins,
            later.Ends,
            later.Standing,
            Rise + Gain(later) + later.Rise);
    }

    /// <summary>The mean when the last value held on until <paramref name="end"/>; not a number when nothing was known.</summary>
    public double MeanUntil(long end)
    {
        if (Count == 0) return double.NaN;
        var held = HeldUntil(end);
        var seconds = Seconds + held;
        return seconds > 0 ? (Sum + (held > 0 ? held * Standing : 0)) / seconds : Last;
    }

    /// <summary>What the index gained between the last value of this run and the first of a later one.</summary>
    public double Gain(RollUp later) => Count > 0 && later.Count > 0 ? Math.Max(0, later.First - Last) : 0;

    private double HeldUntil(long end) => !double.IsNaN(Standing) ? Math.Clamp(end - Ends, 0, LongestHold) / 1000.0 : 0;
}
