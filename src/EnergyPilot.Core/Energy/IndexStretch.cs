namespace EnergyPilot.Core.Energy;

/// <summary>A run of readings of a cumulative index, in the unit of the index.</summary>
/// <param name="FirstAt">When its first value was read.</param>
/// <param name="First">That value.</param>
/// <param name="LastAt">When its last value was read.</param>
/// <param name="Last">That value.</param>
/// <param name="Rise">What the index gained in between; a fall counts as nothing.</param>
public readonly record struct IndexStretch(DateTimeOffset FirstAt, double First, DateTimeOffset LastAt, double Last, double Rise);

/// <summary>What one hour took.</summary>
/// <param name="Amount">In the unit of the index, later in kWh or m³; not a number when nobody can know.</param>
/// <param name="Measured">The share of the hour in which the meter was being read. Beyond it the amount is what the index gained over a gap, spread evenly.</param>
public readonly record struct HourAmount(double Amount, double Measured)
{
    /// <summary>Below this share an hour is a gap: what it took is known only together with its neighbours.</summary>
    public const double Enough = 0.75;

    public static readonly HourAmount Unknown = new(double.NaN, 0);

    /// <summary>Whether the amount was taken in this very hour.</summary>
    public bool IsMeasured => Measured >= Enough && double.IsFinite(Amount);
}

/// <summary>
/// The hours of a meter from its index alone. A gap costs resolution, never energy: what the index gained over it is spread evenly over its hours,
/// which are marked as not measured, so that sums are right and charts show a gap. The parts always add up to what the index gained.
/// </summary>
public static class IndexHours
{
    /// <summary>Readings that lie further apart than this leave a gap: every index is kept once in a quarter and read at least every 5 min.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(30);

    /// <param name="stretches">In order of time, reaching beyond the day on both sides where there is data.</param>
    public static HourAmount[] Of(LocalDay day, IEnumerable<IndexStretch> stretches)
    {
        var hours = new Hours(day);
        IndexStretch? before = null;
        foreach (var stretch in stretches)
        {
            if (before is { } last && stretch.FirstAt >= last.LastAt)
                hours.Add(last.LastAt, stretch.FirstAt, Math.Max(0, stretch.First - last.Last), stretch.FirstAt - last.LastAt <= LongestHold);
            hours.Add(stretch.FirstAt, stretch.LastAt, stretch.Rise, true);
            before = stretch;
        }

        return hours.ToArray();
    }

    private sealed class Hours(LocalDay day)
    {
        private readonly double[] amount = [.. Enumerable.Repeat(double.NaN, day.Count)];
        private readonly TimeSpan[] measured = new TimeSpan[day.Count];

        public void Add(DateTimeOffset begin, DateTimeOffset end, double gain, bool isMeasured)
        {
            if (end < day.Start || begin >= day.End) return;
            if (end <= begin)
            {
                if (gain > 0 && day.HourOf(begin) is >= 0 and var at) Gain(at, gain);
                return;
            }

            var length = end - begin;
            for (var i = Math.Max(0, day.HourOf(begin)); i < day.Count && day.Hour(i) < end; i++)
            {
                var (from, to) = (Later(begin, day.Hour(i)), Earlier(end, day.Hour(i + 1)));
                if (to <= from) continue;
                Gain(i, gain * ((to - from) / length));
                if (isMeasured) measured[i] += to - from;
            }
        }

        public HourAmount[] ToArray() =>
            [.. amount.Select((a, i) => new HourAmount(a, Math.Min(1, measured[i] / (day.Hour(i + 1) - day.Hour(i)))))];

        private void Gain(int hour, double gain) => amount[hour] = double.IsNaN(amount[hour]) ? gain : amount[hour] + gain;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
