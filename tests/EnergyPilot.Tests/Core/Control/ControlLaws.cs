using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What no school, weather, broken sensor, past or wish may change.</summary>
public sealed class ControlLaws
{
    [Fact]
    public void No_output_is_ever_not_a_number_or_outside_its_range() => Law.Holds(chance =>
    {
        var (site, _, decision) = Any(chance);
        foreach (var output in decision.Outputs)
            site.Points[output.Point].Type.Range.Contains(output.Value).ShouldBeTrue(output.ToString());
    });

    [Fact]
    public void Every_output_that_has_a_role_is_told_one_value() => Law.Holds(chance =>
    {
        var (site, _, decision) = Any(chance);
        decision.Outputs.Select(o => o.Point).ShouldBe(Roles(site).Order());
    });

    [Fact]
    public void The_order_of_wishes_is_irrelevant() => Law.Holds(chance =>
    {
        var (site, _, decision) = Any(chance);
        var wishes = decision.Commands.Concat(decision.Commands.Select(c => Varied(chance, c))).ToArray();
        var first = Arbitration.Resolve(site, [.. wishes]);
        chance.Shuffle(wishes);
        Arbitration.Resolve(site, [.. wishes]).ShouldBe(first);
    });

    [Fact]
    public void The_same_inputs_give_the_same_decision() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        var at = RandomWorld.At(chance);
        var (snapshot, memory) = (RandomWorld.Snapshot(chance, site, at), RandomWorld.Memory(chance, site, at));
        var first = Told(Pilot.Decide(site, snapshot, memory));
        Pilot.Decide(site, snapshot with { At = at.AddDays(40) }, memory);
        Told(Pilot.Decide(site, snapshot, memory)).ShouldBe(first);
        Told(Pilot.Decide(site with { }, snapshot, memory)).ShouldBe(first);
    }, cases: 1000);

    [Fact]
    public void A_zone_below_its_frost_limit_is_heated_whatever_else_there_is() => Law.Holds(chance =>
    {
        var (site, _, decision) = Any(chance);
        foreach (var (zone, demand) in site.Zones.Zip(decision.Demands))
        {
            if (!demand.Room.IsReliable || demand.Room.Value >= zone.Setpoints.Frost.Degrees) continue;
            var circuit = site.Circuits.Single(c => c.Id == zone.Circuit);
            foreach (var output in zone.Points.Valve.Concat(circuit.Pump).Concat(site.Boiler.Release))
                Sent(decision, output).ShouldBe(site.Points[output].Type.Range.High, $"{zone.Id} at {demand.Room.Value} needs {output}");
            decision.Supplies.Single(s => s.Circuit == circuit.Id).Setpoint.ShouldBeGreaterThanOrEqualTo(Celsius.Min(new(60), circuit.Curve.Highest));
        }
    });

    [Fact]
    public void A_zone_with_one_working_sensor_can_see() => Law.Holds(chance =>
    {
        // A memory of other temperatures would make a jump of it, which no room makes.
        var (site, snapshot, _) = Any(chance);
        var decision = Pilot.Decide(site, snapshot, Memory.Empty);
        foreach (var (zone, demand) in site.Zones.Zip(decision.Demands))
        {
            var working = zone.Points.Temperature.Select(snapshot.Of).Where(r => r.IsReliable && r.Value is >= -30 and <= 60).Select(r => r.Value).ToArray();
            demand.Room.IsReliable.ShouldBe(working.Length > 0);
            if (working.Length > 0) demand.Room.Value.ShouldBe(working.Average(), 1e-9);
        }
    });

    [Fact]
    public void Water_is_never_hotter_than_its_circuit_may_take() => Law.Holds(chance =>
    {
        var (site, _, decision) = Any(chance);
        foreach (var (circuit, supply) in site.Circuits.Zip(decision.Supplies))
            supply.Setpoint.Degrees.ShouldBeInRange(circuit.Curve.Lowest.Degrees, circuit.Curve.Highest.Degrees);
    });

    [Fact]
    public void A_wish_by_hand_holds_until_its_end_within_the_limits_and_never_longer_than_a_day() => Law.Holds(chance =>
    {
        var (site, snapshot, decision) = Any(chance);
        foreach (var target in decision.Targets)
        {
            target.Setpoint.Degrees.ShouldBeInRange(site.Control.LowestSetpoint.Degrees, site.Control.HighestSetpoint.Degrees);
            var wishes = snapshot.Overrides.Where(o => o.Zone == target.Zone && o.HoldsAt(snapshot.At) && double.IsFinite(o.Setpoint.Degrees)
                && snapshot.At < o.From + site.Control.LongestOverride).ToArray();
            target.Priority.ShouldBe(wishes.Length > 0 ? Priority.Operator : Priority.Schedule);
            if (wishes.Length > 0) target.NextChange.ShouldBeLessThanOrEqualTo(snapshot.At + site.Control.LongestOverride);
        }
    });

    [Fact]
    public void A_blind_zone_is_heated_in_cold_weather_with_water_that_is_warm() => Law.Holds(chance =>
    {
        var site = RandomSite.Of(chance);
        if (site.Outdoor.IsEmpty) return;
        var (_, _, cold) = Any(chance, site, outdoor: 2.9 - 20 * chance.NextDouble());
        foreach (var (zone, demand) in site.Zones.Zip(cold.Demands).Where(z => !z.Second.Room.IsReliable))
        {
            demand.Heat.Value.ShouldBeGreaterThanOrEqualTo(0.2);
            var valves = zone.Points.Valve.Where(v => site.Points[v].Type.Quantity == Quantity.State).ToArray();
            if (valves.Any(v => !(Winner(cold, v) is { Value: 1, Priority: not Priority.MinimumOnOff }))) continue;
            var release = Winner(cold, site.Boiler.Release[0]);
            (release.Value == 1 || release.Reason.Code == ReasonCode.BoilerMinimumOff).ShouldBeTrue($"{zone.Id}: {release}");
        }
    });

    [Fact]
    public void A_blind_zone_is_heated_when_all_that_it_can_follow_are() => Law.Holds(chance =>
    {
        var (site, _, decision) = Any(chance);
        for (var i = 0; i < site.Zones.Length; i++)
        {
            var (zone, target) = (site.Zones[i], decision.Targets[i]);
            if (decision.Demands[i].Room.IsReliable) continue;
            var others = Enumerable.Range(0, site.Zones.Length).Where(j => decision.Demands[j].Room.IsReliable && site.Zones[j].Circuit == zone.Circuit
                && decision.Targets[j].Mode == target.Mode && decision.Targets[j].Priority == target.Priority).ToArray();
            if (others.Length > 0 && others.All(j => decision.Demands[j].Heat.Value > 0)) decision.Demands[i].Heat.Value.ShouldBeGreaterThan(0);
        }
    });

    [Fact]
    public void Everything_decided_has_a_reason_whose_facts_are_numbers() => Law.Holds(chance =>
    {
        var (_, _, decision) = Any(chance);
        var reasons = decision.Targets.Select(t => t.Reason).Concat(decision.Demands.Select(d => d.Reason)).Concat(decision.Supplies.Select(s => s.Reason))
            .Concat(decision.Commands.Select(c => c.Reason)).Concat(decision.Alarms.Select(a => a.Reason));
        foreach (var reason in reasons)
        {
            Enum.IsDefined(reason.Code).ShouldBeTrue();
            reason.Facts.ShouldAllBe(f => double.IsFinite(f.Number) && f.Name.Length > 0, reason.ToString());
        }
    });

    [Fact]
    public void What_is_remembered_is_sound_whatever_was_remembered_before() => Law.Holds(chance =>
    {
        var (_, _, decision) = Any(chance);
        var memory = decision.Memory;
        double.IsFinite(memory.OutdoorFiltered).ShouldBeTrue();
        double.IsFinite(memory.OutdoorDay).ShouldBeTrue();
        foreach (var zone in memory.Zones.Values)
        {
            zone.Integral.ShouldBeInRange(0, 1);
            zone.PulseDuty.ShouldBeInRange(0, 1);
        }

        foreach (var circuit in memory.Circuits.Values) circuit.Mixing.ShouldBeInRange(0, 1);
    });

    [Fact]
    public void A_boiler_that_is_locked_out_is_a_critical_alarm() => Law.Holds(chance =>
    {
        var (site, snapshot, decision) = Any(chance);
        decision.Alarms.Any(a => a is { Subject: "boiler", Severity: Severity.Critical, Reason.Code: ReasonCode.BoilerLockedOut })
            .ShouldBe(snapshot.Any(site.Boiler.Fault));
    });

    [Fact]
    public void An_alarm_has_a_key_of_its_own_and_began_in_the_past() => Law.Holds(chance =>
    {
        var (_, snapshot, decision) = Any(chance);
        decision.Alarms.Select(a => a.Key).ShouldBeUnique();
        decision.Alarms.ShouldAllBe(a => a.Since <= snapshot.At);
    });

    private static (Site Site, Snapshot Snapshot, Decision Decision) Any(Random chance) => Any(chance, RandomSite.Of(chance), double.NaN);

    /// <summary>A decision for any snapshot and past; the outdoor temperature is given or, when not a number, any.</summary>
    private static (Site Site, Snapshot Snapshot, Decision Decision) Any(Random chance, Site site, double outdoor)
    {
        var at = RandomWorld.At(chance);
        var snapshot = RandomWorld.Snapshot(chance, site, at);
        if (double.IsFinite(outdoor))
            snapshot = snapshot with { Readings = new Dictionary<PointId, Reading>(snapshot.Readings) { [site.Outdoor[0]] = Reading.Good(outdoor, at) } };
        return (site, snapshot, Pilot.Decide(site, snapshot, RandomWorld.Memory(chance, site, at)));
    }

    private static IEnumerable<PointId> Roles(Site site) => site.Zones.SelectMany(z => z.Points.Valve)
        .Concat(site.Circuits.SelectMany(c => c.Pump.Concat(c.MixingValve))).Concat(site.Boiler.Release).Concat(site.Boiler.Setpoint);

    private static Command Varied(Random chance, Command command) => chance.Next(4) switch
    {
        0 => command with { Value = chance.Next(3) == 0 ? double.NaN : 200 * chance.NextDouble() - 50 },
        1 => command with { Priority = Enum.GetValues<Priority>()[chance.Next(7)] },
        2 => command with { Reason = Reason.Of(command.Reason.Code, Fact.Count("zones", chance.Next(5))) },
        _ => command with { Reason = Reason.Of(ReasonCode.Empty, Fact.Of("note", "abc"[..chance.Next(3)])) },
    };

    private static Command Winner(Decision decision, PointId output) => decision.Outputs.Single(o => o.Point == output);

    private static double Sent(Decision decision, PointId output) => Winner(decision, output).Value;

    /// <summary>All of a decision as text, independent of the identity of its parts.</summary>
    private static string Told(Decision decision) => string.Join('\n',
    [
        .. decision.Targets, .. decision.Demands, .. decision.Supplies, .. decision.Commands.Select(Whole), .. decision.Outputs.Select(Whole), .. decision.Alarms,
        .. decision.Memory.Zones, .. decision.Memory.Circuits, decision.Memory.Boiler, .. decision.Memory.AlarmsSince.OrderBy(a => a.Key), decision.Memory.OutdoorFiltered, decision.Memory.OutdoorDay,
    ]);

    private static object Whole(Command command) => $"{command} {string.Join(' ', command.Reason.Facts)}";
}
