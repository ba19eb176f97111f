namespace EnergyPilot.Core.Energy;

/// <summary>Two periods side by side, over the hours that are measured in both: the same day of the week, month or year and the same hour of the clock.</summary>
/// <param name="Hours">How many hours that are.</param>
/// <param name="Now">What they took in the period [kWh or m³].</param>
/// <param name="Then">What they took in the other one.</param>
/// <param name="OutdoorNowC">Mean outdoor temperature of those in which it is known in both [°C]; not a number when it never is.</param>
/// <param name="OutdoorThenC">The same in the other period.</param>
public sealed record EnergyComparison(int Hours, double Now, double Then, double OutdoorNowC, double OutdoorThenC)
{
    /// <summary>Fewer common hours than this share of those measured in the period say nothing about it.</summary>
    private const double Enough = 0.5;

    /// <summary>By which share it took more (positive) or less; not a number where the other took nothing.</summary>
    public double Change => Then > 0 ? Now / Then - 1 : double.NaN;

    /// <returns>None when too few hours are known in both.</returns>
    public static EnergyComparison? Of(EnergyPeriod period, IReadOnlyList<MeterDay> days, EnergyPeriod otherPeriod, IReadOnlyList<MeterDay> others)
    {
        var places = new Dictionary<int, MeterDay>();
        foreach (var other in others) places[otherPeriod.Place(other.Day.Day)] = other;
        var pairs = new Pairs();
        var measured = 0;
        foreach (var day in days)
        {
            measured += day.Hours.Count(h => h.IsMeasured);
            if (places.TryGetValue(period.Place(day.Day.Day), out var other)) pairs.Add(day, other);
        }

        return pairs.Hours > 0 && pairs.Hours >= Enough * measured ? pairs.Compared : null;
    }

    private sealed class Pairs
    {
        private double now, then, outdoorNow, outdoorThen;
        private int outdoors;

        public int Hours { get; private set; }

        public EnergyComparison Compared => new(Hours, now, then, outdoorNow / outdoors, outdoorThen / outdoors);

        public void Add(MeterDay day, MeterDay other)
        {
            for (var i = 0; i < day.Hours.Length; i++)
            {
                var j = Array.IndexOf(other.Clock, day.Clock[i]);
                if (j < 0 || !day.Hours[i].IsMeasured || !other.Hours[j].IsMeasured) continue;
                (Hours, now, then) = (Hours + 1, now + day.Hours[i].Amount, then + other.Hours[j].Amount);
                if (!double.IsFinite(day.Outdoor[i]) || !double.IsFinite(other.Outdoor[j])) continue;
                (outdoors, outdoorNow, outdoorThen) = (outdoors + 1, outdoorNow + day.Outdoor[i], outdoorThen + other.Outdoor[j]);
            }
        }
    }
}
