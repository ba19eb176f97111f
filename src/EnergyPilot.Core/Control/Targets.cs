using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>How warm each zone shall be now: by hand, else by its programme, the calendar and the time it needs to warm up.</summary>
internal static class Targets
{
    public static ZoneTarget Of(Situation now, Zone zone, Reading room)
    {
        var period = now.Site.PeriodOf(zone.Programme, now.At);
        return ByHand(now, zone, period) ?? ByProgramme(now, zone, period, room);
    }

    // Of several wishes for one zone the newest counts: the person who stands there now knows best.
    private static ZoneTarget? ByHand(Situation now, Zone zone, Period period)
    {
        Override? wish = null;
        foreach (var candidate in now.Snapshot.Overrides)
            if (candidate.Zone == zone.Id && Holds(now, candidate) && (wish is null || (candidate.From, candidate.Id).CompareTo((wish.From, wish.Id)) > 0))
                wish = candidate;
        if (wish is null) return null;

        var setpoint = wish.Setpoint.Within(now.Settings.LowestSetpoint, now.Settings.HighestSetpoint);
        var end = End(now, wish);
        return new ZoneTarget(zone.Id, setpoint, period.Mode, Priority.Operator, end, Reason.Of(
            ReasonCode.OverrideByHand, Fact.Of("target", setpoint), Fact.Of("by", wish.Owner), Fact.Of("until", end), Fact.Of("note", wish.Note)));
    }

    private static bool Holds(Situation now, Override wish) =>
        wish.HoldsAt(now.At) && now.At < End(now, wish) && double.IsFinite(wish.Setpoint.Degrees);

    // Whoever forgot to say when it ends, or wrote past the page, wished for the longest that is allowed.
    private static DateTimeOffset End(Situation now, Override wish)
    {
        var latest = wish.From + now.Settings.LongestOverride;
        return wish.Until < latest ? wish.Until : latest;
    }

    private static ZoneTarget ByProgramme(Situation now, Zone zone, Period period, Reading room)
    {
        var comfort = zone.Setpoints.Comfort;
        if (period.Mode == Mode.Comfort)
            return Target(zone, comfort, Mode.Comfort, period.Until, Reason.Of(
                ReasonCode.InUse, Fact.Of("target", comfort), Fact.Of("until", period.Until)));

        var lead = Lead(now, zone, period, room);
        var latched = now.Memory.Of(zone.Id).WarmUpFor == period.NextUse;
        if (latched || now.At + lead >= period.NextUse)
            return Target(zone, comfort, Mode.Comfort, period.NextUse, WarmingUp(now, room, comfort, lead, period));

        var setpoint = Setpoint(zone.Setpoints, period.Mode);
        return Target(zone, setpoint, period.Mode, period.Until, Resting(period, setpoint));
    }

    private static TimeSpan Lead(Situation now, Zone zone, Period period, Reading room)
    {
        // A blind room is taken to be as cold as it may be, so that it starts in time.
        var temperature = room.IsReliable ? new Celsius(room.Value) : Setpoint(zone.Setpoints, period.Mode);
        return WarmUpLead.Of(temperature, zone.Setpoints.Comfort, now.Weather.Now, now.At - period.LastUse);
    }

    // What is not known, or no longer needed, is left out: the sentence does without.
    private static Reason WarmingUp(Situation now, Reading room, Celsius comfort, TimeSpan lead, Period period)
    {
        ImmutableArray<Fact> facts = [Fact.Of("until", period.NextUse), Fact.Of("target", comfort), Fact.Of("outdoor", now.Weather.Now)];
        if (room.IsReliable) facts = facts.Add(Fact.Of("room", new Celsius(room.Value)));
        if (lead > TimeSpan.Zero) facts = facts.Add(Fact.Of("lead", lead));
        return new Reason(ReasonCode.WarmingUp, facts);
    }

    private static Reason Resting(Period period, Celsius target)
    {
        var code = period.Cause switch
        {
            PeriodCause.Holiday => ReasonCode.Holiday,
            PeriodCause.LongAbsence => ReasonCode.LongAbsence,
            PeriodCause.Programme => period.Mode == Mode.Frost ? ReasonCode.FrostByProgramme : ReasonCode.ReducedByProgramme,
            _ => ReasonCode.Empty,
        };
        return Reason.Of(code, Fact.Of("target", target), Fact.Of("next", period.NextUse), Fact.Of("holiday", period.HolidayName));
    }

    private static Celsius Setpoint(Setpoints setpoints, Mode mode) => mode switch
    {
        Mode.Comfort => setpoints.Comfort,
        Mode.Reduced => setpoints.Reduced,
        Mode.Absence => setpoints.Absence,
        _ => setpoints.Frost,
    };

    private static ZoneTarget Target(Zone zone, Celsius setpoint, Mode mode, DateTimeOffset nextChange, Reason reason) =>
        new(zone.Id, setpoint, mode, Priority.Schedule, nextChange, reason);
}
