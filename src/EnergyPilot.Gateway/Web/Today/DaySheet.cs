using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Today;

/// <summary>The school's day on one sheet of paper.</summary>
/// <param name="Until">The end of the day, or now while it lasts.</param>
/// <param name="Late">The arrivals of the day for which a room was not warm.</param>
internal sealed record DaySheet(
    DateOnly Day, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<DayZone> Zones, ImmutableArray<DayEvent> Events, ImmutableArray<Morning> Late,
    ImmutableArray<AlarmEntry> Alarms, ImmutableArray<PastOverride> Overrides, (double Mean, double Min, double Max) Outdoor)
{
    // Nobody feels less, and sensors show no better.
    private const double LateBelow = 0.5;

    /// <summary>Whether the day can have a sheet: one of the last ten years, today included.</summary>
    public static bool CanBe(DateOnly day, Reader reader) => DateOnly.FromDateTime(reader.Site.Local(reader.Now)) is var today && day <= today && day > today.AddYears(-10);

    public static DaySheet Of(DateOnly day, Site site, PageDesk desk, DateTimeOffset now)
    {
        var (from, end) = (At(site, day), At(site, day.AddDays(1)));
        var until = end < now ? end : now;
        return new DaySheet(
            day, from, until, [.. site.Zones.Select(z => DayZone.Of(z, site, desk, day, (from, until)))], DayEvents.Of(site, day),
            [.. desk.Mornings(from, end).Where(m => m.Room < m.Target - LateBelow)],
            [.. desk.Alarms(from, until, "").Reverse()], [.. desk.PastOverrides(from, until)], DayZone.Extent(site.Outdoor.Take(1), desk, (from, until)));
    }

    /// <summary>The periods of a zone's day in order.</summary>
    public static IEnumerable<Period> PeriodsOf(Site site, Zone zone, DateOnly day)
    {
        var end = At(site, day.AddDays(1));
        for (var at = At(site, day); at < end;)
        {
            var period = Periods.At(site, zone, at);
            yield return period;
            at = period.Until;
        }
    }

    public static DateTimeOffset At(Site site, DateOnly day) => site.Instant(day.ToDateTime(TimeOnly.MinValue));
}

/// <summary>A zone's day.</summary>
/// <param name="Uses">When it is in use, on the school's clocks.</param>
/// <param name="Mean">Of what its sensors showed [°C]; not-a-number when nothing is known.</param>
internal sealed record DayZone(Zone Zone, ImmutableArray<Interval> Uses, Celsius Target, double Mean, double Min, double Max)
{
    public static DayZone Of(Zone zone, Site site, PageDesk desk, DateOnly day, (DateTimeOffset From, DateTimeOffset Until) time)
    {
        var uses = DaySheet.PeriodsOf(site, zone, day).Where(p => p.IsInUse).ToList();
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var (mean, min, max) = Extent(zone.Points.Temperature, desk, time);
        return new DayZone(
            zone, [.. uses.Select(p => new Interval(site.Local(p.From) - midnight, site.Local(p.Until) - midnight, p.Mode))],
            uses.Select(p => p.ComfortOf(zone)).DefaultIfEmpty(zone.Setpoints.Reduced).Max(), mean, min, max);
    }

    /// <summary>Mean, lowest and highest of some sensors over a time.</summary>
    public static (double Mean, double Min, double Max) Extent(IEnumerable<Core.Points.PointId> points, PageDesk desk, (DateTimeOffset From, DateTimeOffset Until) time)
    {
        var steps = points.SelectMany(p => desk.History(p, time.From, time.Until, Resolution.Quarter)).Where(s => double.IsFinite(s.Mean)).ToList();
        return steps.Count == 0 ? (double.NaN, double.NaN, double.NaN) : (steps.Average(s => s.Mean), steps.Min(s => s.Min), steps.Max(s => s.Max));
    }
}
