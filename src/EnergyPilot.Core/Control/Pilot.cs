using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>The control of a school: targets, demands, commands, arbitration, in that order, each a pure rule.</summary>
public static class Pilot
{
    private static readonly Strategy Pilots = new(Targets.Of, Demands.Of, Circuits.ByCurve);

    /// <summary>What to do now, why, and what to remember.</summary>
    public static Decision Decide(Site site, Snapshot snapshot, Memory memory) => Pilots.Decide(site, snapshot, memory);
}

/// <summary>The three rules in which a way of heating differs from another; everything else (plant, minimum times, arbitration, alarms) is the same for all.</summary>
internal sealed record Strategy(
    Strategy.TargetRule Target, Strategy.DemandRule Demand, Circuits.SupplyRule Supply)
{
    public delegate ZoneTarget TargetRule(Situation now, ZoneSense sense);

    public delegate ImmutableArray<ZoneStep> DemandRule(Situation now, ImmutableArray<ZoneSense> senses, ImmutableArray<ZoneTarget> targets);

    public Decision Decide(Site site, Snapshot snapshot, Memory memory)
    {
        site = site.With(snapshot.Knowledge.Added);
        var now = Situation.Of(site, snapshot, memory);
        var senses = site.Zones.Select((zone, i) => ZoneSense.Of(now, zone, i)).ToImmutableArray();
        var targets = senses.Select(sense => Target(now, sense)).ToImmutableArray();
        var zones = Demand(now, senses, targets);
        var circuits = site.Circuits.Select(circuit => Circuits.Of(now, circuit, zones, Supply)).ToImmutableArray();
        ImmutableArray<Command> commands =
        [
            .. zones.SelectMany(zone => Valves.Of(now, zone)),
            .. zones.SelectMany(zone => Thermostats.Of(now, zone)),
            .. circuits.SelectMany(circuit => circuit.Commands),
            .. BoilerRule.Of(now, circuits),
        ];
        commands = [.. commands, .. OutputTests.Of(now, commands)];
        var outputs = Arbitration.Resolve(site, commands);
        var (alarms, since) = Watch.Over(now, zones, outputs);
        return new Decision(
            snapshot.At, targets, [.. zones.Select(z => z.Demand)], [.. circuits.Select(c => c.Supply)],
            commands, outputs, alarms, Next(now, zones, circuits, outputs, since))
        {
            Quarters = [.. senses.Where(s => s.Closed is not null).Select(s => new ZoneQuarter(s.Zone.Id, s.Closed.GetValueOrDefault()))],
            Air = [.. senses.Select(s => Air.Told(now, s)).OfType<ZoneAir>()],
            Mornings = [.. senses.Select(s => Arrivals.Scored(now, s)).OfType<Morning>()],
        };
    }

    // After arbitration, so that every loop remembers what really went out.
    private static Memory Next(
        Situation now, ImmutableArray<ZoneStep> zones, ImmutableArray<CircuitStep> circuits,
        ImmutableArray<Command> outputs, IReadOnlyDictionary<string, DateTimeOffset> alarmsSince)
    {
        var sent = outputs.ToDictionary(o => o.Point, o => o.Value);
        return new Memory(
            now.At, now.Weather.Filtered.Degrees, now.Weather.Day.Degrees, now.Weather.Rest,
            zones.ToDictionary(z => z.Zone.Id, z => Next(now, z, sent)),
            circuits.ToDictionary(c => c.Circuit.Id, c => c.Loop with { Pump = Sent(sent, c.Circuit.Pump, c.Loop.Pump), Supply = c.Supply.Setpoint.Degrees }),
            Next(now, sent),
            alarmsSince);
    }

    private static ZoneMemory Next(Situation now, ZoneStep step, Dictionary<PointId, double> sent)
    {
        step = step with { Loop = step.Loop with { ThermostatShift = Thermostats.Shift(now, step) } };
        var valve = Sent(sent, Valves.Remembered(now, step.Zone), step.Loop.Valve);
        return valve.Equals(step.Loop.Valve) ? step.Loop : step.Loop with { Valve = valve, ValveSince = now.At };
    }

    private static BoilerMemory Next(Situation now, Dictionary<PointId, double> sent)
    {
        var released = Sent(sent, now.Site.Boiler.Release, now.Memory.Boiler.Released);
        var boiler = SourceLimits.Next(now);
        return released.Equals(boiler.Released) ? boiler : boiler with { Released = released, Since = now.At };
    }

    private static double Sent(Dictionary<PointId, double> sent, ImmutableArray<PointId> points, double before)
    {
        foreach (var point in points)
            if (sent.TryGetValue(point, out var value)) return value;
        return before;
    }
}
