using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>
/// A week of lower comfort bounds as programme and setpoints. The highest bound of the week is comfort and counts as use; the next is
/// the reduced mode, whatever is lower still the absence mode: the control may warm up for the first and only has to hold the others.
/// </summary>
internal sealed record ComfortWeek(WeekProgramme Programme, Setpoints Setpoints)
{
    public const int QuartersPerDay = 96, Days = 7;

    // A little above the bound: a loop swings by some tenths around what it holds.
    private const double Margin = 0.3;
    private const double Same = 0.05, FrostBelow = 2, HighestFrost = 5;

    /// <summary>Setpoints that hold these bounds [°C].</summary>
    public static Setpoints Holding(double comfort, double reduced, double absence) => new(
        new Celsius(comfort + Margin), new Celsius(reduced + Margin), new Celsius(absence + Margin), new Celsius(Math.Min(HighestFrost, absence - FrostBelow)));

    public static WeekProgramme Always(string zone) =>
        new(zone, [.. Enumerable.Repeat(new DayPlan([new Interval(TimeSpan.Zero, TimeSpan.FromDays(1), Mode.Comfort)]), Days)], HolidayUse.AsUsual);

    /// <param name="lower">Bounds of seven days in quarters of an hour [°C].</param>
    /// <param name="first">The day of the first.</param>
    public static ComfortWeek Of(string zone, ReadOnlySpan<double> lower, DayOfWeek first)
    {
        var (comfort, reduced, absence) = Levels(lower);
        var days = new DayPlan[Days];
        for (var day = 0; day < Days; day++)
            days[((int)first + day + 6) % Days] = Plan(lower.Slice(day * QuartersPerDay, QuartersPerDay), comfort, reduced);
        return new ComfortWeek(new WeekProgramme(zone, [.. days], HolidayUse.AsUsual), Holding(comfort, reduced, absence));
    }

    /// <summary>Whether both ask for the same; records compare their lists by reference.</summary>
    public bool IsLike(Zone zone) =>
        zone.Setpoints == Setpoints && zone.Programme.Days.Zip(Programme.Days).All(d => d.First.Intervals.SequenceEqual(d.Second.Intervals));

    private static (double Comfort, double Reduced, double Absence) Levels(ReadOnlySpan<double> lower)
    {
        var (comfort, absence) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var bound in lower) (comfort, absence) = (Math.Max(comfort, bound), Math.Min(absence, bound));
        var reduced = absence;
        foreach (var bound in lower)
            if (bound < comfort - Same) reduced = Math.Max(reduced, bound);
        return (comfort, reduced, absence);
    }

    private static DayPlan Plan(ReadOnlySpan<double> day, double comfort, double reduced)
    {
        var intervals = ImmutableArray.CreateBuilder<Interval>();
        var from = 0;
        for (var i = 1; i <= day.Length; i++)
        {
            if (i < day.Length && ModeOf(day[i], comfort, reduced) == ModeOf(day[from], comfort, reduced)) continue;
            intervals.Add(new Interval(TimeSpan.FromMinutes(15 * from), TimeSpan.FromMinutes(15 * i), ModeOf(day[from], comfort, reduced)));
            from = i;
        }

        return new DayPlan(intervals.ToImmutable());
    }

    // Between two levels the higher one: too warm is the smaller mistake.
    private static Mode ModeOf(double bound, double comfort, double reduced) =>
        bound >= comfort - Same ? Mode.Comfort : bound >= reduced - Same ? Mode.Reduced : Mode.Absence;
}
