using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>What people who are there, or are not, change about the programme. Whoever has a timetable is never made to wait for a sensor: without people it only becomes a little cooler.</summary>
internal static class People
{
    /// <summary>A room in use that everybody has left is held so much cooler.</summary>
    public static readonly Kelvin LeftBelow = new(1.5);

    /// <summary>A school that nobody came to is held so much cooler: a strike, a day off that no calendar knows.</summary>
    public static readonly Kelvin DesertedBelow = new(4);

    private static readonly TimeSpan LeftFor = TimeSpan.FromMinutes(30), DesertedFor = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan Lingering = TimeSpan.FromMinutes(30), Visiting = TimeSpan.FromMinutes(10);

    // Who prepares a lesson, or tidies up after one, needs no programme.
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(60);
    private static readonly Celsius ForVisitors = new(17);

    // So many rooms agree only when it is true; one dead detector must not empty a school.
    private const int ManyZones = 3;

    /// <summary>The room is in use by its timetable, and nobody has been there for a while.</summary>
    public static Reason? HaveLeft(Situation now, ZoneSense sense, Period period) =>
        period.IsInUse && sense.Presence.State == PresenceState.Absent
        && now.Since(sense.Presence.Since) >= LeftFor && now.Since(period.From) >= LeftFor
            ? Reason.Of(ReasonCode.NobodyThere, Fact.Of("target", period.ComfortOf(sense.Zone) - LeftBelow), Fact.Of("since", sense.Presence.Since), Fact.Of("until", period.Until))
            : null;

    /// <summary>No room of the school has seen anybody although lessons began long ago.</summary>
    public static Reason? HaveNotCome(Situation now, ZoneSense sense, Period period)
    {
        if (!period.IsInUse || now.Since(period.From) < DesertedFor) return null;
        var watching = 0;
        foreach (var zone in now.Memory.Zones.Values)
        {
            if (zone.Presence.State == PresenceState.Present || (zone.Presence.State == PresenceState.Absent && now.Since(zone.Presence.Since) < DesertedFor)) return null;
            if (zone.Presence.State == PresenceState.Absent) watching++;
        }

        return watching >= ManyZones && sense.Presence.State == PresenceState.Absent
            ? Reason.Of(ReasonCode.NobodyCame, Fact.Of("since", period.From), Fact.Count("zones", watching), Fact.Of("until", period.Until))
            : null;
    }

    /// <summary>People are there outside the timetable: a room for visitors, or, when many rooms are full, a school day that the calendar takes for a holiday.</summary>
    public static (Celsius Setpoint, Reason Reason)? AreThereAnyway(Situation now, ZoneSense sense, Period period)
    {
        if (!IsVisited(now, sense.Presence) || now.Since(period.From) < Lingering) return null;
        var full = 0;
        foreach (var zone in now.Memory.Zones.Values)
            if (IsVisited(now, zone.Presence)) full++;
        var setpoint = full >= ManyZones && period.Cause is PeriodCause.Holiday or PeriodCause.Closed ? sense.Zone.Setpoints.Comfort : ForVisitors;
        return (setpoint, Reason.Of(ReasonCode.UsedOutsideHours, Fact.Of("target", setpoint), Fact.Of("since", sense.Presence.Since), Fact.Count("zones", full)));
    }

    /// <summary>People are there at a time that staff may want in the programme: not just after a use, and not just before the next one.</summary>
    public static bool AreOutsideHours(Situation now, ZoneSense sense, Period period) =>
        period.Mode != Mode.Comfort && IsVisited(now, sense.Presence) && now.Since(period.From) >= Around && period.NextUse - now.At > Around;

    private static bool IsVisited(Situation now, Presence presence) =>
        presence.State == PresenceState.Present && now.Since(presence.Since) >= Visiting;
}
