using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Today;

/// <summary>What is not as usual on a day: a holiday, an event, a day on which the school is shut.</summary>
/// <param name="Note">What people call it; empty when nobody gave it a name.</param>
/// <param name="Hours">On the school's clocks; none for the whole day.</param>
/// <param name="Zones">Where; none for the whole school.</param>
internal sealed record DayEvent(PeriodCause Cause, string Note, ImmutableArray<Interval> Hours, ImmutableArray<ZoneId> Zones);

internal static class DayEvents
{
    public static ImmutableArray<DayEvent> Of(Site site, DateOnly day)
    {
        var events = ImmutableArray.CreateBuilder<DayEvent>();
        if (site.Calendar.On(day) is { } holiday) events.Add(new DayEvent(PeriodCause.Holiday, holiday.Name, [], []));
        foreach (var occasion in site.Zones.SelectMany(z => DaySheet.PeriodsOf(site, z, day)).Select(p => p.Occasion).OfType<Occasion>().Distinct(ReferenceEqualityComparer.Instance).Cast<Occasion>())
            if (occasion.First <= day && day <= occasion.Last)
                events.Add(new DayEvent(occasion.Kind == OccasionKind.Closed ? PeriodCause.Closed : PeriodCause.Event, occasion.Note, occasion.Hours, occasion.Zones));
        return events.ToImmutable();
    }

    public static string Words(DayEvent one, Visit visit) => visit.Reader.Say(
        one.Cause switch { PeriodCause.Holiday => Phrase.DayHoliday, PeriodCause.Closed => Phrase.DayClosed, _ => Phrase.DayEvent },
        Fact.Of("note", one.Note), Fact.Of("hours", Hours(one.Hours)), Fact.Of("zones", string.Join(", ", one.Zones.Select(z => Names.Of(visit.Site, z.Name)))));

    public static string Hours(IEnumerable<Interval> hours) => string.Join(", ", hours.Select(h => $"{Reader.TimeOfDay(h.From)}–{Reader.TimeOfDay(h.To)}"));
}
