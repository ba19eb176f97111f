using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What leaves the control, and what it keeps: numbers within their ranges, each with a reason, whatever came in.</summary>
internal static class OutputLaws
{
    public static void No_output_is_ever_not_a_number_or_outside_its_range(Case c)
    {
        foreach (var output in c.Decision.Outputs)
            c.Site.Points[output.Point].Type.Range.Contains(output.Value).ShouldBeTrue(output.ToString());
    }

    public static void Every_output_that_has_a_role_is_told_one_value(Case c)
    {
        var roles = c.Site.Zones.SelectMany(z => z.Points.Valve.Concat(z.Points.Thermostat))
            .Concat(c.Site.Circuits.SelectMany(k => k.Pump.Concat(k.MixingValve))).Concat(c.Site.Boiler.Release).Concat(c.Site.Boiler.Setpoint).ToArray();
        string.Join(' ', roles.Except(c.Decision.Outputs.Select(o => o.Point))).ShouldBe("", "is told nothing");
        c.Decision.Outputs.Length.ShouldBe(roles.Length);
    }

    public static void The_order_of_wishes_is_irrelevant(Case c)
    {
        var chance = new Random(c.Seed);
        var wishes = c.Decision.Commands.Concat(c.Decision.Commands.Select(w => Varied(chance, w))).ToArray();
        var first = Arbitration.Resolve(c.Site, [.. wishes]);
        chance.Shuffle(wishes);
        Arbitration.Resolve(c.Site, [.. wishes]).ShouldBe(first);
    }

    public static void The_same_inputs_give_the_same_decision(Case c)
    {
        // Told is dear.
        if (c.Seed % 10 != 0) return;
        var first = Told(c.Decision);
        Pilot.Decide(c.Site, c.Snapshot with { At = c.At.AddDays(40) }, c.Memory);
        Told(Pilot.Decide(c.Site, c.Snapshot, c.Memory)).ShouldBe(first);
        Told(Pilot.Decide(c.Site with { }, c.Snapshot, c.Memory)).ShouldBe(first);
    }

    public static void Everything_decided_has_a_reason_whose_facts_are_numbers(Case c)
    {
        var d = c.Decision;
        var reasons = d.Targets.Select(t => t.Reason).Concat(d.Demands.Select(r => r.Reason)).Concat(d.Supplies.Select(s => s.Reason))
            .Concat(d.Commands.Select(k => k.Reason)).Concat(d.Alarms.Select(a => a.Reason));
        foreach (var reason in reasons)
        {
            Enum.IsDefined(reason.Code).ShouldBeTrue();
            foreach (var fact in reason.Facts) (double.IsFinite(fact.Number) && fact.Name.Length > 0).ShouldBeTrue($"{reason.Code}: {fact}");
        }
    }

    public static void What_is_remembered_is_sound_whatever_was_remembered_before(Case c)
    {
        var memory = c.Decision.Memory;
        double.IsFinite(memory.OutdoorFiltered + memory.OutdoorDay).ShouldBeTrue();
        foreach (var (id, zone) in memory.Zones) zone.IsSound.ShouldBeTrue($"{id}: {zone}");
        foreach (var (id, circuit) in memory.Circuits) (circuit.IsSound && double.IsFinite(circuit.Supply)).ShouldBeTrue($"{id}: {circuit}");
    }

    public static void Trim_and_slope_of_a_curve_stay_within_their_limits(Case c)
    {
        Within(c.Decision);
        if (c.Seed % 2 != 0) return;

        // Near an end of both, after a week of asking for more of the same, and with rooms that still do.
        foreach (var (offset, slope, duty, missing) in (ReadOnlySpan<(double, double, double, double)>)[(11, 1.295, 1, 0.5), (-17.8, 0.505, 0, -0.5)])
        {
            var trim = new TrimMemory(offset, c.At.AddMinutes(-20), slope, 40 * offset, 40, c.At.AddDays(-8));
            var zone = ZoneMemory.New with { Integral = 0.9 * duty, PulseDuty = duty };
            var rooms = c.Zones.SelectMany(z => z.Zone.Points.Temperature.Select(p => (p, Room: z.Target.Setpoint.Degrees - missing))).ToDictionary(r => r.p, r => r.Room);
            Within(c.But(c.Saying(rooms.Keys, p => rooms[p]), c.Memory with
            {
                Circuits = c.Site.Circuits.ToDictionary(k => k.Id, _ => CircuitMemory.Start with { Trim = trim }),
                Zones = c.Site.Zones.ToDictionary(z => z.Id, _ => zone),
            }).Decision);
        }

        static void Within(Decision decision)
        {
            foreach (var circuit in decision.Memory.Circuits.Values)
            {
                circuit.Trim.Offset.ShouldBeInRange(-18, 12);
                circuit.Trim.Slope.ShouldBeInRange(0.5, 1.3);
            }
        }
    }

    public static void A_boiler_that_is_locked_out_is_a_critical_alarm(Case c) =>
        c.Decision.Alarms.Any(a => a is { Subject: "boiler", Severity: Severity.Critical, Reason.Code: ReasonCode.BoilerLockedOut }).ShouldBe(c.Snapshot.Any(c.Site.Boiler.Fault));

    public static void An_alarm_has_a_key_of_its_own_and_began_in_the_past(Case c)
    {
        c.Decision.Alarms.Select(a => a.Key).ShouldBeUnique();
        c.Decision.Alarms.ShouldAllBe(a => a.Since <= c.At);
    }

    private static Command Varied(Random chance, Command command) => chance.Next(4) switch
    {
        0 => command with { Value = chance.Next(3) == 0 ? double.NaN : 200 * chance.NextDouble() - 50 },
        1 => command with { Priority = Enum.GetValues<Priority>()[chance.Next(7)] },
        2 => command with { Reason = Reason.Of(command.Reason.Code, Fact.Count("zones", chance.Next(5))) },
        _ => command with { Reason = Reason.Of(ReasonCode.Empty, Fact.Of("note", "abc"[..chance.Next(3)])) },
    };

    /// <summary>All of a decision as text, independent of the identity of its parts.</summary>
    private static string Told(Decision decision) => string.Join('\n',
    [
        .. decision.Targets, .. decision.Demands, .. decision.Supplies, .. decision.Commands.Select(Whole), .. decision.Outputs.Select(Whole), .. decision.Alarms, .. decision.Quarters, .. decision.Mornings,
        .. decision.Memory.Zones, .. decision.Memory.Circuits, decision.Memory.Boiler, .. decision.Memory.AlarmsSince.OrderBy(a => a.Key), decision.Memory.OutdoorFiltered, decision.Memory.OutdoorDay,
    ]);

    private static object Whole(Command command) => $"{command} {string.Join(' ', command.Reason.Facts)}";
}
