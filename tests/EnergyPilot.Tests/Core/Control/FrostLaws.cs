using EnergyPilot.Core.Control;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Control study, section 6, rule 3: frost overrides everything.</summary>
internal static class FrostLaws
{
    public static void A_zone_below_its_frost_limit_gets_all_heat_there_is_whatever_else_there_is(Case c) => Protects(c.Site, c.Decision);

    /// <summary>By hand to 5 °C, closed for months, a planner that wants no heat, a rest in summer: all of it at once.</summary>
    public static void A_stop_never_disables_frost_protection(Case c)
    {
        if (!c.Zones.Any(z => z.IsFreezing)) return;
        var today = DateOnly.FromDateTime(c.Site.Local(c.At));
        var closed = c.Site with { Exceptions = [new Occasion(OccasionKind.Closed, today.AddDays(-60), today.AddDays(60))] };
        var cold = new Plan(c.At, c.At.AddHours(1), PlanVerdict.Solved, [.. c.Site.Zones.Select(z => new ZonePlan(z.Id, 0, 0, []))], 0, default, default, 1);
        var snapshot = c.Snapshot with
        {
            Overrides = [.. c.Site.Zones.Select((z, i) => new Override(1000 + i, z.Id, new(5), "somebody", c.At, c.At.AddHours(4), ""))],
            Knowledge = c.Snapshot.Knowledge with { Plan = cold, Planner = new(PlannerRole.Commanding, PlannerRoleReason.Proven) },
        };
        Protects(closed, Pilot.Decide(closed, snapshot, c.Memory with { Resting = SummerState.Resting, OutdoorDay = 30, OutdoorFiltered = 30 }));
    }

    /// <summary>Every valve, thermostat, pump and release on the way to a freezing zone is at its most, at the highest priority.</summary>
    public static void Protects(Site site, Decision decision)
    {
        var outputs = decision.Outputs.ToDictionary(o => o.Point);
        foreach (var zone in Case.Views(site, decision).Where(z => z.IsFreezing))
        {
            zone.Demand.Heat.ShouldBe(Share.Full);
            var way = zone.Zone.Points.Valve.Concat(zone.Zone.Points.Thermostat);
            foreach (var output in zone.IsElectric ? way : way.Concat(zone.Circuit.Pump).Concat(site.Boiler.Release))
                (outputs[output].Value, outputs[output].Priority).ShouldBe((site.Points[output].Type.Range.High, Priority.LifeSafety), $"{zone.Zone.Id} at {zone.Demand.Room.Value} °C needs {output}");
            if (!zone.IsElectric)
                decision.Supplies.Single(s => s.Circuit == zone.Circuit.Id).Setpoint.ShouldBeGreaterThanOrEqualTo(Celsius.Min(new(60), zone.Circuit.Curve.Highest));
        }
    }
}
