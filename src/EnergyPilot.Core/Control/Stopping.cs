using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>Optimal stop: in the last two hours of a use the heat may go when the room stays warm enough until the last have left.</summary>
internal static class Stopping
{
    private static readonly TimeSpan Last = TimeSpan.FromMinutes(120);

    /// <summary>Why heat may stop now; null when it may not.</summary>
    public static Reason? MayStop(Situation now, ZoneSense sense, Period period)
    {
        var left = period.Until - now.At;
        if (!period.IsInUse || left > Last || !sense.Room.IsReliable || !IsLearned(now, sense)) return null;
        if (now.Site.PeriodOf(sense.Zone, period.Until).Mode == Mode.Comfort) return null;

        var comfort = period.ComfortOf(sense.Zone);
        var estimate = sense.Estimate;
        var from = new Coasting(
            estimate.StateOr(sense.Room.Value), now.Weather.Now.Degrees, estimate.Excess, Estimation.Response(now.CircuitOf(sense.Zone).Emitter).Emptying,
            sense.Presence.State == PresenceState.Absent ? 0 : 1, estimate.Observer.Disturbance);
        var lowest = Coast.Lowest(now.ModelOf(sense.Zone), from, left);
        // Not a number is no promise either.
        return !(new Celsius(lowest) >= comfort - now.Settings.MaySinkBeforeLeaving) ? null : Reason.Of(
            ReasonCode.StoppedEarly, Fact.Of("until", period.Until), Fact.Of("room", new Celsius(lowest)), Fact.Of("target", comfort));
    }

    // A room that has learned nothing does not know how slowly it cools.
    private static bool IsLearned(Situation now, ZoneSense sense) => now.Snapshot.Knowledge.Zones.TryGetValue(sense.Zone.Id, out var learned) && learned.HasLearned;
}
