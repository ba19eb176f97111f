using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Setpoints for thermostats and radiator valves that regulate a room themselves. Their own sensor sits near the radiator and is wrong by a
/// kelvin or two, so the setpoint is shifted, slowly, until the room's sensor is right. While the room climbs they get the highest
/// setpoint, which opens them fully; when nothing shall flow, the lowest. Steps of half a kelvin spare their batteries.
/// </summary>
internal static class Thermostats
{
    public const double MostShift = 3;
    private const double ShiftHours = 4, Step = 0.5;
    private static readonly Kelvin Near = new(1.5);

    /// <summary>The shift after this cycle [K].</summary>
    public static double Shift(Situation now, ZoneStep step)
    {
        var before = step.Loop.ThermostatShift;
        if (step.Zone.Points.Thermostat.IsEmpty || !step.Demand.Room.IsReliable || now.Step > TimeSpan.FromHours(1)) return before;

        // Only a room that is being held says something of the valve's sensor; one that climbs, cools or airs does not.
        var error = step.Target.Setpoint - new Celsius(step.Demand.Room.Value);
        var isHeld = step.Demand.Reason.Code is ReasonCode.HoldingTarget or ReasonCode.WarmEnough && error < Near && error > -Near;
        return isHeld ? Math.Clamp(before + error.Difference * now.Step.TotalHours / ShiftHours, -MostShift, MostShift) : before;
    }

    public static IEnumerable<Command> Of(Situation now, ZoneStep step)
    {
        foreach (var id in step.Zone.Points.Thermostat)
            if (now.Site.Points.TryGetValue(id, out var point))
                yield return Setpoint(step, id, point.Type.Range.Low, point.Type.Range.High);
    }

    private static Command Setpoint(ZoneStep step, PointId id, double lowest, double highest)
    {
        var reason = step.Demand.Reason;
        var isFrost = reason.Code == ReasonCode.FrostInZone;
        var (wish, why) = isFrost || step.Demand.WarmingUp == WarmUp.Climbing ? (highest, Reason.Of(ReasonCode.ThermostatOpen, Fact.Of("limit", new Celsius(highest)), Fact.Of("target", step.Target.Setpoint)))
            : reason.Code is ReasonCode.WindowOpen or ReasonCode.WindowSuspected or ReasonCode.SummerRest ? (lowest, Reason.Of(ReasonCode.ThermostatShut, Fact.Of("limit", new Celsius(lowest))))
            : Held(step, lowest, highest);
        return new Command(id, wish, isFrost ? Priority.LifeSafety : step.Target.Priority, why);
    }

    private static (double Wish, Reason Why) Held(ZoneStep step, double lowest, double highest)
    {
        var wish = Math.Clamp(Math.Round((step.Target.Setpoint.Degrees + step.Loop.ThermostatShift) / Step) * Step, lowest, highest);
        var shift = new Celsius(wish) - step.Target.Setpoint;
        return (wish, Math.Abs(shift.Difference) < Step / 2
            ? Reason.Of(ReasonCode.ThermostatSet, Fact.Of("target", new Celsius(wish)))
            : Reason.Of(ReasonCode.ThermostatSet, Fact.Of("target", new Celsius(wish)), Fact.Of("shift", shift)));
    }
}
