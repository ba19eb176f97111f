using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>A circuit's supply, what it wishes of its pump and valve, and what its loop will remember.</summary>
internal sealed record CircuitStep(Circuit Circuit, CircuitSupply Supply, ImmutableArray<ZoneStep> Calling, ImmutableArray<Command> Commands, CircuitMemory Loop);

/// <summary>How warm a circuit's water shall be, when its pump runs, and where its mixing valve stands.</summary>
internal static class Circuits
{
    private const double MixingGain = 0.02, MixingSeconds = 300;   // opening per K; integral time
    private static readonly Celsius HottestBoiler = new(80);
    private const double FloorDrop = 5;     // K
    private static readonly Celsius FrostSupply = new(60);
    private static readonly Celsius PipesFreezeBelow = new(-3);
    private static readonly TimeSpan FrostRun = TimeSpan.FromMinutes(5);

    /// <summary>How warm the water shall be for these zones; the pilot follows the curve, the reference clock does not.</summary>
    public delegate Celsius SupplyRule(Situation now, Circuit circuit, ImmutableArray<ZoneStep> asking);

    public static CircuitStep Of(Situation now, Circuit circuit, ImmutableArray<ZoneStep> zones, SupplyRule supplyRule)
    {
        var mine = zones.Where(z => z.Zone.Circuit == circuit.Id).ToImmutableArray();
        var asking = mine.Where(z => z.Demand.Heat.Value > 0).ToImmutableArray();
        var calling = asking.Where(z => z.CallsNow(now)).ToImmutableArray();
        var supply = Supply(now, circuit, mine, asking, supplyRule);
        var before = now.Memory.Of(circuit.Id);
        var loop = before with { LastDemand = calling.IsEmpty ? before.LastDemand : now.At, Trim = TrimAndRespond.Next(now, before, mine) };
        var pump = Pump(now, circuit, calling, loop);
        var (mixing, integral) = Mixing(now, circuit, supply, calling, loop);
        return new CircuitStep(circuit, supply, calling, [.. pump, .. mixing], loop with { Mixing = integral });
    }

    /// <summary>
    /// The curve at the filtered outdoor temperature for the warmest room asking, as trim-and-respond has corrected it. While a room climbs
    /// the uncorrected curve with the boost counts: trimmed water would make every warm-up longer than its model says.
    /// </summary>
    public static Celsius ByCurve(Situation now, Circuit circuit, ImmutableArray<ZoneStep> asking)
    {
        var room = asking.Max(z => z.Target.Setpoint);
        var trim = now.Memory.Of(circuit.Id).Trim;
        var curve = circuit.Curve with { Slope = circuit.Curve.Slope * trim.Slope };
        var held = (curve.Supply(now.Weather.Filtered, room) + new Kelvin(trim.Offset)).Within(circuit.Curve.Lowest, circuit.Curve.Highest);
        return asking.Any(z => z.Demand.WarmingUp == WarmUp.Climbing)
            ? Celsius.Max(held, WarmUps.Supply(now.Site, circuit, now.Weather.Now, room))
            : held;
    }

    private static CircuitSupply Supply(Situation now, Circuit circuit, ImmutableArray<ZoneStep> mine, ImmutableArray<ZoneStep> asking, SupplyRule rule)
    {
        if (asking.IsEmpty)
            return new CircuitSupply(circuit.Id, circuit.Curve.Lowest, Share.None, Reason.Of(ReasonCode.CircuitRests));

        var power = mine.Sum(z => z.Zone.Fabric.RadiatorPower.Value);
        var demand = Share.Of(asking.Sum(z => z.Demand.Heat.Value * z.Zone.Fabric.RadiatorPower.Value) / power);
        if (circuit.Emitter == Emitter.Electric)
            return new CircuitSupply(circuit.Id, circuit.Curve.Lowest, demand, Reason.Of(ReasonCode.HeatedDirectly, Fact.Count("zones", asking.Length)));

        var frost = asking.Any(z => z.Demand.Reason.Code == ReasonCode.FrostInZone);
        var climbing = asking.Any(z => z.Demand.WarmingUp == WarmUp.Climbing);
        var isPlanned = asking.All(z => z.Demand.Reason.Code == ReasonCode.PlannedAhead);
        var setpoint = isPlanned ? Planned(now, circuit) : rule(now, circuit, asking);
        if (frost) setpoint = Celsius.Max(setpoint, Celsius.Min(FrostSupply, circuit.Curve.Highest));
        var code = frost ? ReasonCode.SupplyForFrost : isPlanned ? ReasonCode.SupplyByPlan : climbing ? ReasonCode.SupplyBoosted : ReasonCode.SupplyByCurve;
        return new CircuitSupply(circuit.Id, setpoint, demand, Reason.Of(
            code, Fact.Of("supply", setpoint), Fact.Of("outdoor", now.Weather.Filtered), Fact.Count("zones", asking.Length)));
    }

    private static Celsius Planned(Situation now, Circuit circuit) =>
        new Celsius(now.Snapshot.Knowledge.Plan?.Supply ?? 0).Within(circuit.Curve.Lowest, circuit.Curve.Highest);

    private static IEnumerable<Command> Pump(Situation now, Circuit circuit, ImmutableArray<ZoneStep> calling, CircuitMemory loop)
    {
        var overrun = now.Since(loop.LastDemand) < now.Settings.PumpOverrun;
        var reason = !calling.IsEmpty ? Reason.Of(ReasonCode.PumpRuns, Fact.Count("zones", calling.Length))
            : overrun ? Reason.Of(ReasonCode.PumpOverrun, Fact.Of("until", loop.LastDemand + now.Settings.PumpOverrun))
            : Reason.Of(ReasonCode.CircuitRests);
        var frost = calling.Any(z => z.Demand.Reason.Code == ReasonCode.FrostInZone);
        foreach (var pump in circuit.Pump)
        {
            yield return new Command(pump, !calling.IsEmpty || overrun ? 1 : 0, frost ? Priority.LifeSafety : Priority.Schedule, reason);
            if (Exercise.IsPumpTurn(now, loop))
                yield return new Command(pump, 1, Priority.EquipmentProtection, Reason.Of(ReasonCode.Exercised, Fact.Of("since", loop.LastDemand)));
            if (PipesMayFreeze(now))
                yield return new Command(pump, 1, Priority.LifeSafety, Reason.Of(ReasonCode.PumpAgainstFrost, Fact.Of("outdoor", now.Weather.Now)));
        }
    }

    // Standing water in a pipe along an outer wall freezes first: move it for five minutes of every hour.
    private static bool PipesMayFreeze(Situation now) =>
        now.Weather.Now < PipesFreezeBelow && now.At.Minute < FrostRun.TotalMinutes;

    private static (IEnumerable<Command> Commands, double Integral) Mixing(
        Situation now, Circuit circuit, CircuitSupply supply, ImmutableArray<ZoneStep> calling, CircuitMemory loop)
    {
        if (circuit.MixingValve.IsEmpty) return ([], loop.Mixing);
        var (opening, integral) = calling.IsEmpty ? (0, loop.Mixing) : Opening(now, circuit, supply.Setpoint, loop.Mixing);
        var reason = calling.IsEmpty ? Reason.Of(ReasonCode.CircuitRests) : Reason.Of(ReasonCode.MixingToSupply, Fact.Of("supply", supply.Setpoint));
        var priority = supply.Reason.Code == ReasonCode.SupplyForFrost ? Priority.LifeSafety : Priority.Schedule;
        return (circuit.MixingValve.Select(valve => new Command(valve, Math.Round(opening * 100), priority, reason)), integral);
    }

    // Radiators take boiler water as it is: its own setpoint still limits it, and a cold school would be worse. A floor and the feet on it do not: it gets the share
    // of boiler water that makes the wish if all the rest comes back only a little cooler, so that its supply is rather too cool than too hot, and never none.
    private static double Blind(Situation now, Circuit circuit, Celsius setpoint)
    {
        if (circuit.Emitter != Emitter.Floor) return 1;
        var boiler = now.Snapshot.Mean(now.Site.Boiler.Supply) is { IsReliable: true } measured ? new Celsius(measured.Value) : HottestBoiler;
        return boiler <= setpoint ? 1 : FloorDrop / ((boiler - setpoint).Difference + FloorDrop);
    }

    private static (double Opening, double Integral) Opening(Situation now, Circuit circuit, Celsius setpoint, double integral)
    {
        var supply = now.Snapshot.Mean(circuit.Supply);

        if (!supply.IsReliable) return (Blind(now, circuit, setpoint), integral);
        var error = (setpoint - new Celsius(supply.Value)).Difference;
        var seconds = Math.Clamp(now.Since(now.Memory.At).TotalSeconds, 0, 60);
        var next = Math.Clamp(integral + MixingGain * error * seconds / MixingSeconds, 0, 1);
        return (Math.Clamp(MixingGain * error + next, 0, 1), next);
    }
}
