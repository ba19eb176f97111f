using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>How warm each zone shall be now: by hand, else by its programme, the calendar, the people who are there, and the time it needs to warm up.</summary>
internal static class Targets
{
    public static ZoneTarget Of(Situation now, ZoneSense sense)
    {
        var period = now.Site.PeriodOf(sense.Zone, now.At);
        return Wished(now, sense.Zone, period)
            ?? (period.Mode == Mode.Comfort ? InUse(now, sense, period) : Empty(now, sense, period));
    }

    // Staff before the city; of several wishes the newest counts: the person who stands there now knows best.
    private static ZoneTarget? Wished(Situation now, Zone zone, Period period)
    {
        Override? wish = null;
        foreach (var candidate in now.Snapshot.Overrides)
            if (candidate.Zone == zone.Id && Holds(now, candidate) && (wish is null || Rank(candidate).CompareTo(Rank(wish)) > 0))
                wish = candidate;
        if (wish is null) return null;

        var setpoint = wish.Setpoint.Within(now.Settings.LowestSetpoint, now.Settings.HighestSetpoint);
        var end = End(now, wish);
        return new ZoneTarget(zone.Id, setpoint, period.Mode, wish.Priority, end, wish.Why(setpoint, end));

        static (int, DateTimeOffset, long) Rank(Override wish) => (-(int)wish.Priority, wish.From, wish.Id);
    }

    private static bool Holds(Situation now, Override wish) =>
        wish.Priority is Priority.Operator or Priority.City && wish.HoldsAt(now.At) && now.At < End(now, wish) && double.IsFinite(wish.Setpoint.Degrees);

    // Whoever forgot to say when it ends, or wrote past the page, wished for the longest that is allowed.
    private static DateTimeOffset End(Situation now, Override wish)
    {
        var latest = wish.From + now.Settings.LongestOverride;
        return wish.Until < latest ? wish.Until : latest;
    }

    private static ZoneTarget InUse(Situation now, ZoneSense sense, Period period)
    {
        var zone = sense.Zone;
        var comfort = period.ComfortOf(zone);

        // An event may wish for less than the zone has when it is empty: nobody's absence makes it warmer.
        if (People.HaveNotCome(now, sense, period) is { } deserted)
            return Target(zone, Celsius.Min(Celsius.Max(comfort - People.DesertedBelow, zone.Setpoints.Reduced), comfort), Mode.Comfort, period.Until, deserted);
        if (Stopping.MayStop(now, sense, period) is { } stop)
            return Target(zone, Celsius.Min(zone.Setpoints.Reduced, comfort), Mode.Comfort, period.Until, stop);
        if (People.HaveLeft(now, sense, period) is { } left)
            return Target(zone, Celsius.Max(comfort - People.LeftBelow, now.Settings.LowestSetpoint), Mode.Comfort, period.Until, left);
        return Target(zone, comfort, Mode.Comfort, period.Until, Used(period, comfort));
    }

    private static Reason Used(Period period, Celsius target) => period.Occasion is { } occasion
        ? Reason.Of(ReasonCode.Event, Fact.Of("note", occasion.Note), Fact.Of("target", target), Fact.Of("until", period.Until))
        : Reason.Of(ReasonCode.InUse, Fact.Of("target", target), Fact.Of("until", period.Until));

    private static ZoneTarget Empty(Situation now, ZoneSense sense, Period period)
    {
        var zone = sense.Zone;
        var comfort = period.ComfortOf(zone);
        if (WarmUps.IsDue(now, sense, period))
            return Target(zone, comfort, Mode.Comfort, period.NextUse, WarmUps.Why(now, sense, period));

        var setpoint = period.RestOf(zone, now.Site, now.At);
        if (People.AreThereAnyway(now, sense, period) is { } visit)
            return Target(zone, Celsius.Max(setpoint, visit.Setpoint), Mode.Comfort, period.Until, visit.Reason);
        if (Mould.Guard(now, sense, period, setpoint) is { } guard) return Target(zone, guard.Floor, period.Mode, period.Until, guard.Reason);
        return Target(zone, setpoint, period.Mode, period.Until, Resting(period, setpoint));
    }

    private static Reason Resting(Period period, Celsius target)
    {
        if (period is { Cause: PeriodCause.Closed, Occasion: { } closed })
            return Reason.Of(ReasonCode.Closed, Fact.Of("note", closed.Note), Fact.Of("target", target), Fact.Of("next", period.NextUse));
        var code = period.Cause switch
        {
            PeriodCause.Holiday => ReasonCode.Holiday,
            PeriodCause.LongAbsence => ReasonCode.LongAbsence,
            PeriodCause.Programme => period.Mode == Mode.Frost ? ReasonCode.FrostByProgramme : ReasonCode.ReducedByProgramme,
            _ => ReasonCode.Empty,
        };
        return Reason.Of(code, Fact.Of("target", target), Fact.Of("next", period.NextUse), Fact.Of("holiday", period.HolidayName));
    }

    private static ZoneTarget Target(Zone zone, Celsius setpoint, Mode mode, DateTimeOffset nextChange, Reason reason) =>
        new(zone.Id, setpoint, mode, Priority.Schedule, nextChange, reason);
}
