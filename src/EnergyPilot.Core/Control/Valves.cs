using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>Turns a zone's demand into wishes for its valves: pulses for those that only open and shut, a position for the others.</summary>
internal static class Valves
{
    public static IEnumerable<Command> Of(Situation now, ZoneStep step)
    {
        foreach (var id in step.Zone.Points.Valve)
        {
            if (!now.Site.Points.TryGetValue(id, out var point)) continue;
            yield return point.Type.Quantity == Quantity.State ? Pulse(now, step, id) : Position(step, id);
            if (Exercise.IsValveTurn(now, step))
                yield return new Command(id, point.Type.Quantity == Quantity.State ? 1 : 100, Priority.EquipmentProtection, Reason.Of(ReasonCode.Exercised, Fact.Of("since", step.Loop.ValveSince)));
            if (point.Type.Quantity == Quantity.State && Hold(now, step, id) is { } hold) yield return hold;
        }
    }

    /// <summary>The valves whose last value a zone remembers: those with a minimum time, if it has any.</summary>
    public static ImmutableArray<PointId> Remembered(Situation now, Zone zone)
    {
        var pulsed = zone.Points.Valve.Where(v => now.Site.Points.TryGetValue(v, out var point) && point.Type.Quantity == Quantity.State).ToImmutableArray();
        return pulsed.IsEmpty ? zone.Points.Valve : pulsed;
    }

    private static Command Pulse(Situation now, ZoneStep step, PointId valve)
    {
        var duty = step.Loop.PulseDuty;
        var open = ZoneLoop.OpenNow(now.LoopOf(step.Zone), now.At, duty);
        var reason = duty is 0 or 1 ? step.Demand.Reason : Reason.Of(
            open > 0 ? ReasonCode.PulseOpen : ReasonCode.PulseShut, Fact.Of("heat", step.Demand.Heat), Fact.Of("duration", now.LoopOf(step.Zone).Cycle));
        return new Command(valve, open, PriorityOf(step), reason);
    }

    private static Command Position(ZoneStep step, PointId valve) =>
        new(valve, Math.Round(step.Loop.PulseDuty * 100), PriorityOf(step), Reason.Of(ReasonCode.ValvePosition, Fact.Of("heat", step.Demand.Heat)));

    // A thermal actuator needs minutes for its stroke: shorter pulses wear it and move no water.
    private static Command? Hold(Situation now, ZoneStep step, PointId valve) =>
        now.Since(step.Loop.ValveSince) < now.Settings.ValveMinimum
            ? new Command(valve, step.Loop.Valve, Priority.MinimumOnOff, Reason.Of(
                ReasonCode.MinimumTime, Fact.Of("since", step.Loop.ValveSince), Fact.Of("until", step.Loop.ValveSince + now.Settings.ValveMinimum), Fact.Of("duration", now.Settings.ValveMinimum)))
            : null;

    private static Priority PriorityOf(ZoneStep step) =>
        step.Demand.Reason.Code == ReasonCode.FrostInZone ? Priority.LifeSafety : step.Target.Priority;
}
