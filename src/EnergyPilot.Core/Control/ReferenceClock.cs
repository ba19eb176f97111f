using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// What many schools have today, for comparison: a clock that heats every zone from 5:00 to 18:00 on weekdays, a thermostat
/// per zone (±0.3 K), 16 °C at night, boiler water at 70 °C, holidays not entered.
/// </summary>
public static class ReferenceClock
{
    private static readonly TimeSpan On = TimeSpan.FromHours(5), Off = TimeSpan.FromHours(18);
    private static readonly Kelvin Hysteresis = new(0.3);
    private static readonly Celsius BoilerWater = new(70);
    private static readonly Strategy Clock = new(Target, Demand, (_, circuit, _) => Celsius.Min(BoilerWater, circuit.Curve.Highest));

    /// <summary>What such a school would do now.</summary>
    public static Decision Decide(Site site, Snapshot snapshot, Memory memory) => Clock.Decide(site, snapshot, memory);

    private static ZoneTarget Target(Situation now, ZoneSense sense)
    {
        var zone = sense.Zone;
        var local = now.Site.Local(now.At);
        var heating = IsWeekday(local) && local.TimeOfDay >= On && local.TimeOfDay < Off;
        var setpoint = heating ? zone.Setpoints.Comfort : zone.Setpoints.Reduced;
        var change = now.Site.Instant(heating ? local.Date + Off : NextOn(local));
        return new ZoneTarget(zone.Id, setpoint, heating ? Mode.Comfort : Mode.Reduced, Priority.Schedule, change, Reason.Of(
            ReasonCode.ReferenceClock, Fact.Of("target", setpoint), Fact.Of("until", change)));
    }

    private static bool IsWeekday(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static DateTime NextOn(DateTime local)
    {
        var day = local.TimeOfDay < On ? local.Date : local.Date.AddDays(1);
        while (!IsWeekday(day)) day = day.AddDays(1);
        return day + On;
    }

    private static ImmutableArray<ZoneStep> Demand(Situation now, ImmutableArray<ZoneSense> senses, ImmutableArray<ZoneTarget> targets) =>
        [.. senses.Select((sense, i) => Thermostat(sense, targets[i]))];

    private static ZoneStep Thermostat(ZoneSense sense, ZoneTarget target)
    {
        var room = sense.Room;
        var error = room.IsReliable ? target.Setpoint - new Celsius(room.Value) : Hysteresis;
        var duty = error >= Hysteresis ? 1 : error <= -Hysteresis ? 0 : sense.Before.PulseDuty;
        var reason = Reason.Of(ReasonCode.ReferenceClock, Fact.Of("target", target.Setpoint));
        return new ZoneStep(sense.Zone, target, new ZoneDemand(sense.Zone.Id, room, Share.Of(duty), WarmUp.Holding, reason), sense.Before with { PulseDuty = duty });
    }
}
