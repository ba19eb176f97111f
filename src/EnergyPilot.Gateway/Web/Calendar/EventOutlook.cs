using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>What an event will do, told before it is kept: how often, when heat starts for the first time, and what it meets.</summary>
/// <param name="Days">How many days it holds on; 0 when holidays leave none.</param>
/// <param name="Lines">A sentence for each of the first zones.</param>
/// <param name="Clashes">What stands there already, in words.</param>
internal sealed record EventOutlook(int Days, ImmutableArray<string> Lines, ImmutableArray<string> Clashes)
{
    // Sentences about more zones than this nobody reads.
    private const int MostZones = 6;

    /// <param name="standing">The other exceptions: without the one that is being changed.</param>
    public static EventOutlook Of(Occasion use, ImmutableArray<Occasion> standing, Visit visit, LiveView live)
    {
        var (reader, site) = (visit.Reader, visit.Site with { Exceptions = standing });
        var today = DateOnly.FromDateTime(site.Local(reader.Now));
        var days = OccasionSeries.DaysOf(use, site.Calendar).Where(d => d >= today).ToList();
        if (days.Count == 0) return new EventOutlook(0, [], []);
        var after = site with { Exceptions = [.. standing, use] };
        var zones = site.Zones.Where(z => use.Zones.IsEmpty || use.Zones.Contains(z.Id)).Take(MostZones);
        return new EventOutlook(
            days.Count, [.. zones.Select(z => Line(use, days[0], z, site, after, visit, live))], [.. UseClash.Of(site, use, standing).Select(c => Told(c, reader))]);
    }

    private static string Line(Occasion use, DateOnly day, Zone zone, Site before, Site after, Visit visit, LiveView live)
    {
        var reader = visit.Reader;
        var from = after.Instant(day.ToDateTime(TimeOnly.MinValue) + (use.Hours is [var first, ..] ? first.From : TimeSpan.FromHours(12)));
        var (old, period) = (before.PeriodOf(zone, from), after.PeriodOf(zone, from));
        var target = period.IsInUse ? period.ComfortOf(zone) : zone.Setpoints.Of(period.Mode);
        Fact[] facts = [Fact.Of("zone", zone.Name), Fact.Of("target", target), Fact.Of("from", from)];
        if (use.Kind == OccasionKind.Closed)
            return reader.Say(old.IsInUse ? Phrase.ClosedWillBe : Phrase.ClosedAnyway, facts);
        if (old.IsInUse && old.ComfortOf(zone) == target && old.Until >= period.Until) return reader.Say(Phrase.InUseAnyway, facts);
        var outdoor = visit.School?.Outdoor is { IsReliable: true } reading ? new Celsius(reading.Value) : new Celsius(5);
        var record = live.Latest;
        var start = UseStart.Of(after, zone, period.From, record?.Snapshot.Knowledge ?? Knowledge.None, outdoor);
        return start.IsWarmAnyway
            ? reader.Say(Phrase.StillWarm, facts)
            : reader.Say(Phrase.HeatStarts, [.. facts, Fact.Of("start", start.At > reader.Now ? start.At : reader.Now)]);
    }

    private static string Told(UseClash clash, Reader reader) => reader.Say(
        Phrase.MeetsAnother, Fact.Of("other", EventWords.Title(reader, clash.Other)), Fact.Of("when", EventWords.When(reader, clash.Other)), Fact.Of("day", reader.FullDate(clash.Day)),
        Fact.Of("zones", string.Join(", ", clash.Zones.Take(3).Select(z => Names.Of(reader.Site, z.Name)))));
}
