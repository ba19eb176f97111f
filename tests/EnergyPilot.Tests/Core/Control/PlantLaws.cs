using EnergyPilot.Core.Control;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Control study, section 6, rule 2, and the limits of a heat source: how hot the water may be, and for whom it is heated.</summary>
internal static class PlantLaws
{
    public static void Water_is_never_hotter_or_colder_than_its_circuit_may_take(Case c)
    {
        foreach (var (circuit, supply) in c.Site.Circuits.Zip(c.Decision.Supplies))
            supply.Setpoint.Degrees.ShouldBeInRange(circuit.Curve.Lowest.Degrees, circuit.Curve.Highest.Degrees);
    }

    public static void Electric_circuits_never_release_the_boiler(Case c)
    {
        var isAskedByWater = c.Zones.Any(z => !z.IsElectric && z.Demand.Heat.Value > 0);
        foreach (var wish in c.Decision.Commands.Where(w => c.Site.Boiler.Release.Contains(w.Point) && w.Priority != Priority.MinimumOnOff))
            if (!isAskedByWater) wish.Value.ShouldBe(0, wish.ToString());
    }

    public static void A_return_limit_lowers_the_water_and_never_under_frost(Case c)
    {
        if (c.Site.Boiler.Setpoint.IsEmpty || !double.IsFinite(c.Site.Boiler.ReturnLimit.Degrees)) return;
        var free = c.But(c.Snapshot, c.Memory with { Boiler = c.Memory.Boiler with { Cut = 0, CutAt = c.At } }).Decision;
        var cut = c.But(c.Snapshot, c.Memory with { Boiler = c.Memory.Boiler with { Cut = 12, CutAt = c.At } }).Decision;
        var (without, with) = (Water(free), Water(cut));
        var isFrost = c.Zones.Any(z => z.Demand.Reason.Code == ReasonCode.FrostInZone && !z.IsElectric);
        if (isFrost) with.ShouldBe(without);
        else if (without > 37) with.ShouldBeInRange(without - 12.06, without - 11.94);
        else with.ShouldBeLessThanOrEqualTo(without);

        double Water(Decision d) => d.Commands.Where(w => c.Site.Boiler.Setpoint.Contains(w.Point)).Max(w => w.Value);
    }
}
