using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>Something that will happen in a zone by itself.</summary>
/// <param name="Target">How warm it shall be from then on.</param>
/// <param name="Note">What people call it; empty for the ordinary.</param>
internal sealed record NextEvent(DateTimeOffset At, NextEventKind Kind, Celsius Target, string Note);

/// <summary>What happens.</summary>
internal enum NextEventKind { HeatingStarts, InUse, Lowered, HandEnds }

/// <summary>What the coming days bring a zone, from its programme, its overrides and the newest forecast of its warm-up.</summary>
internal static class NextEvents
{
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    // A programme of many short uses; more nobody reads.
    private const int Most = 60;

    public static ImmutableArray<NextEvent> Of(ZoneView view, SchoolView school)
    {
        var (zone, site, now) = (view.Zone, school.Record.Site, school.At);
        var events = ImmutableArray.CreateBuilder<NextEvent>();
        var held = view.Held.Select(h => h.Until).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var forecast = school.Record.Decision.Memory.Of(zone.Id).Arrival.Newest;
        var before = site.PeriodOf(zone, now);
        while (before.Until < now + Ahead && events.Count < Most)
        {
            var period = Periods.At(site, zone, before.Until);
            // A break of which nothing is noticed is none.
            if (period.Mode != before.Mode || Target(period, zone) != Target(before, zone))
            {
                var (kind, note) = period.Mode == Mode.Comfort ? (NextEventKind.InUse, period.Occasion?.Note ?? "") : (NextEventKind.Lowered, period.HolidayName);
                if (kind == NextEventKind.InUse && forecast.Use == period.From && forecast.Start > now && forecast.Start < period.From)
                    events.Add(new NextEvent(forecast.Start, NextEventKind.HeatingStarts, Target(period, zone), ""));
                events.Add(new NextEvent(period.From, kind, Target(period, zone), note));
            }

            before = period;
        }

        // While somebody holds the zone by hand the programme changes nothing.
        events.RemoveAll(e => e.At < held);
        if (held > now) events.Insert(0, new NextEvent(held, NextEventKind.HandEnds, Target(site.PeriodOf(zone, held), zone), ""));
        return events.ToImmutable();
    }

    private static Celsius Target(Period period, Zone zone) => period.Mode == Mode.Comfort ? period.ComfortOf(zone) : zone.Setpoints.Of(period.Mode);
}
