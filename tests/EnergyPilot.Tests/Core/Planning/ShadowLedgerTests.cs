using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

public sealed class ShadowLedgerTests
{
    private static readonly PlannedZone Zone = Requests.Zone(air: 17);
    private static readonly EnergyPrice Price = new(0.1, 200);

    [Fact]
    public void Rules_that_heat_all_night_are_shown_what_a_plan_would_have_saved()
    {
        var (ledger, real) = (ShadowLedger.Empty, Zone.State);
        for (var i = 0; i < 24; i++)
        {
            var at = Requests.Evening.AddHours(i / 2.0);
            var plan = Planner.Make(Requests.Of(Zone with { State = ledger.Of(Zone.Zone)?.State ?? real }) with { At = at });
            real = new ZoneMatrices(Zone.Model, 0.5).Step(real, 0.12 * 3 + 11 * 0.4, 0.03 * 3);
            ledger = ledger.After(plan, PlannedPlant.Boiler, Price, [Happened(0.4, real)], TimeSpan.FromMinutes(30));
        }

        ledger.Ruled.HeatKwh.ShouldBe(24, 1e-9);
        ledger.Planned.HeatKwh.ShouldBeLessThan(0.8 * ledger.Ruled.HeatKwh);
        ledger.Planned.Euro.ShouldBe(ledger.Planned.EnergyKwh * 0.1, 1e-9);
        ledger.PlannedColdKh.ShouldBeLessThan(0.1);
    }

    [Fact]
    public void Plan_that_does_what_the_rules_do_saves_nothing()
    {
        var plan = Planner.Make(Requests.Of(Zone with { Uses = [Requests.Use(-2, 8)] }));
        plan.Zones[0].Emission.ShouldBeGreaterThan(0);
        var ledger = ShadowLedger.Empty.After(plan, PlannedPlant.Boiler, Price, [Happened(plan.Zones[0].Emission, Zone.State)], TimeSpan.FromMinutes(30));

        ledger.Planned.ShouldBe(ledger.Ruled);
        ledger.Planned.HeatKwh.ShouldBe(plan.First.HeatKwh, 1e-9);
    }

    [Fact]
    public void Without_a_plan_or_with_figures_that_are_none_nothing_is_counted()
    {
        var refused = Planner.Make(Requests.Of(Zone with { NominalW = double.NaN }));
        var plan = Planner.Make(Requests.Of(Zone));
        ShadowLedger.Empty.After(refused, PlannedPlant.Boiler, Price, [Happened(0.4, Zone.State)], TimeSpan.FromMinutes(30)).ShouldBeSameAs(ShadowLedger.Empty);
        ShadowLedger.Empty.After(plan, PlannedPlant.Boiler, Price, [Happened(double.NaN, Zone.State)], TimeSpan.FromMinutes(30)).ShouldBeSameAs(ShadowLedger.Empty);
    }

    [Fact]
    public void Settled_twins_begin_where_the_zones_are() =>
        ShadowLedger.Empty.Settled([Happened(0, Zone.State)]).Of(Zone.Zone).ShouldBe(new ShadowTwin(Zone.Zone, Zone.State, 0.2));

    [Fact]
    public void Heat_that_a_plan_puts_into_cold_radiators_reaches_the_twin_later_and_in_full()
    {
        var plan = Planner.Make(Requests.Of(Zone with { Uses = [Requests.Use(-2, 8)] }));
        var (quick, slow) = (Course(radiatorHours: 0), Course(radiatorHours: 0.5));

        slow[0].ShouldBeLessThan(quick[0] / 1.5);
        slow.Sum().ShouldBe(quick.Sum(), 1e-3 * quick.Sum());

        double[] Course(double radiatorHours)
        {
            var (ledger, idle) = (ShadowLedger.Empty, plan with { Zones = [plan.Zones[0] with { Emission = 0 }] });
            return [.. Enumerable.Range(0, 40).Select(i =>
            {
                ledger = ledger.After(i == 0 ? plan : idle, PlannedPlant.Boiler, Price, [Happened(0, Zone.State) with { Emission = 0, RadiatorHours = radiatorHours }], TimeSpan.FromMinutes(30));
                return ledger.Twins[0].Emission;
            })];
        }
    }

    private static ShadowStep Happened(double emission, ZoneState observed) =>
        new(Zone.Zone, Zone.Model, new ZoneDrive(3, emission, 0, 0, 0, 0, 0), observed, 5000, 12, 0.2, 0.5);
}
