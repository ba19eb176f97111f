using System.Collections.Immutable;

namespace EnergyPilot.Core.Energy;

/// <summary>
/// What a meter counted in a period: the whole, its parts by hour, day or month, and how much of it while nobody was there.
/// </summary>
/// <param name="Amount">All that the index gained, also over gaps [kWh or m³]; not a number when nothing is known.</param>
/// <param name="Measured">The share of the period so far in which the meter was read.</param>
/// <param name="Unplaced">Of the amount: what was counted over gaps, so that nobody knows in which hour.</param>
/// <param name="Bars">Its parts, in order.</param>
/// <param name="Shares">Of what was measured hour by hour, how much was taken in each kind of hour; they add up to 1. Empty when nothing was taken.</param>
/// <param name="OutdoorC">Mean outdoor temperature of the hours in which it is known [°C]; not a number when it never is.</param>
public sealed record EnergyAccount(
    EnergyPeriod Period, double Amount, double Measured, double Unplaced, ImmutableArray<EnergyBar> Bars, ImmutableArray<double> Shares, double OutdoorC)
{
    /// <param name="days">The days of the period that have begun, in order.</param>
    /// <param name="now">Hours that are not over count for as much of them as is.</param>
    public static EnergyAccount Of(EnergyPeriod period, IReadOnlyList<MeterDay> days, DateTimeOffset now)
    {
        var bars = Parts(period, days, now);
        var whole = new Sum();
        foreach (var day in days) whole.Add(day, now);
        return new(
            period, whole.Amount, whole.MeasuredShare, whole.Unplaced, bars,
            whole.Placed > 0 ? [.. whole.ByUse.Select(part => part / whole.Placed)] : [], whole.Outdoor);
    }

    private static ImmutableArray<EnergyBar> Parts(EnergyPeriod period, IReadOnlyList<MeterDay> days, DateTimeOffset now)
    {
        var bars = ImmutableArray.CreateBuilder<EnergyBar>();
        if (period.Length == PeriodLength.Day)
        {
            foreach (var day in days)
                for (var i = 0; i < day.Hours.Length && day.Day.Hour(i) < now; i++)
                {
                    var hour = new Sum();
                    hour.Add(day, i, now);
                    bars.Add(hour.Bar(day.Day.Hour(i), day.Day.Hour(i + 1)));
                }

            return bars.DrainToImmutable();
        }

        foreach (var part in days.GroupBy(d => period.Length == PeriodLength.Year ? d.Day.Day.Month : d.Day.Day.DayNumber))
        {
            var (sum, first, last) = (new Sum(), part.First().Day, part.Last().Day);
            foreach (var day in part) sum.Add(day, now);
            bars.Add(sum.Bar(first.Start, last.End));
        }

        return bars.DrainToImmutable();
    }

    private sealed class Sum
    {
        private double outdoor, hours, measured;
        private int outdoors;

        public double Amount { get; private set; } = double.NaN;
        public double Unplaced { get; private set; }
        public double Placed { get; private set; }
        public double[] ByUse { get; } = new double[Enum.GetValues<Occupied>().Length];
        public double MeasuredShare => hours > 0 ? Math.Min(1, measured / hours) : 0;
        public double Outdoor => outdoors > 0 ? outdoor / outdoors : double.NaN;

        public void Add(MeterDay day, DateTimeOffset now)
        {
            for (var i = 0; i < day.Hours.Length && day.Day.Hour(i) < now; i++) Add(day, i, now);
        }

        public void Add(MeterDay day, int i, DateTimeOffset now)
        {
            var (from, to) = (day.Day.Hour(i), day.Day.Hour(i + 1));
            var passed = ((now < to ? now : to) - from).TotalHours;
            var hour = day.Hours[i];
            hours += passed;
            measured += Math.Min(passed, hour.Measured * (to - from).TotalHours);
            if (double.IsFinite(day.Outdoor[i])) (outdoor, outdoors) = (outdoor + day.Outdoor[i], outdoors + 1);
            if (!double.IsFinite(hour.Amount)) return;
            Amount = double.IsNaN(Amount) ? hour.Amount : Amount + hour.Amount;
            // The hour that is just passing is measured as far as it has come.
            if (!hour.IsMeasured && hour.Measured < HourAmount.Enough * passed) Unplaced += hour.Amount;
            else Place(day.Use, i, hour.Amount);
        }

        public EnergyBar Bar(DateTimeOffset from, DateTimeOffset to) => new(from, to, Amount, MeasuredShare, [.. ByUse], Outdoor);

        private void Place(DayUse use, int hour, double amount)
        {
            Placed += amount;
            ByUse[(int)Occupied.InUse] += amount * use.InUse[hour];
            ByUse[(int)use.Empty] += amount * (1 - use.InUse[hour]);
        }
    }
}

/// <summary>One part of an account: an hour, a day or a month.</summary>
/// <param name="Amount">What it took [kWh or m³]; not a number when nothing is known.</param>
/// <param name="Measured">The share of it in which the meter was read.</param>
/// <param name="ByUse">What was measured, by <see cref="Occupied"/>.</param>
/// <param name="OutdoorC">Mean outdoor temperature [°C].</param>
public sealed record EnergyBar(DateTimeOffset From, DateTimeOffset To, double Amount, double Measured, ImmutableArray<double> ByUse, double OutdoorC)
{
    /// <summary>More than half of it was not read: a chart shows a gap.</summary>
    public bool IsGap => Measured < 0.5 || !double.IsFinite(Amount);
}
