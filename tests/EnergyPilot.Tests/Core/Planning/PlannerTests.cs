using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>What a plan is for.</summary>
public sealed class PlannerTests
{
    private static readonly PlannedPlant HeatPump = new(PlantKind.HeatPump, double.PositiveInfinity, double.PositiveInfinity, 0.45, 60);

    // Study: radiators without water; hours 8 to 16.5 of each day, counted from now + 2 h; boiler, flat price, 24 × ½ h and 24 × 1 h.
    private static readonly PlanRequest Vector = Requests.Of(
        Requests.Zone() with { Uses = [Requests.Use(4, 12.5), Requests.Use(28, 36.5)], RadiatorHours = 0 }) with { Steps = PlanSteps.Cut((24, 0.5), (24, 1)) };

    [Fact]
    public void Plan_of_the_study_is_found_again()
    {
        var plan = Planner.Make(Vector);
        var emissions = plan.Zones[0].Steps.Select(s => s.Emission).ToArray();

        plan.Verdict.ShouldBe(PlanVerdict.Solved);
        plan.Iterations.ShouldBeLessThanOrEqualTo(20);
        double[] study = [0, 0, 0, .06, .20, .36, .54, .69, .70, .70, .70, .70, .41, .38, .37, .36, .35, .35];
        foreach (var (ours, theirs) in emissions.Zip(study)) ours.ShouldBe(theirs, 0.011);
        emissions.Sum().ShouldBe(14.62, 0.01);
    }

    [Fact]
    public void Rooms_are_warm_when_they_are_used_and_nothing_is_heated_when_none_will_be()
    {
        Planner.Make(Requests.Of(Requests.Zone())).Zones[0].Steps.ShouldAllBe(s => s.Operative >= s.Lowest - 1e-3);
        var unused = Planner.Make(Requests.Of(Requests.Zone(air: 19) with { Uses = [], Floor = 5 }));
        unused.Verdict.ShouldBe(PlanVerdict.Solved);
        (unused.Expected.HeatKwh, unused.Supply, unused.Iterations).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void Room_that_cannot_be_warm_in_time_is_heated_with_all_there_is()
    {
        var plan = Planner.Make(Requests.Of(Requests.Zone(air: 8) with { Uses = [Requests.Use(0, 8)] }));

        plan.Verdict.ShouldBe(PlanVerdict.Solved);
        plan.Zones[0].Steps.Take(4).ShouldAllBe(s => s.Emission > 0.69);
        plan.Zones[0].Duty.ShouldBe(0.97, 0.03);
        plan.Supply.ShouldBeInRange(50, 75);
    }

    [Fact]
    public void Limit_on_power_holds_at_every_step_and_rooms_that_must_wait_share_it()
    {
        var free = Planner.Make(Requests.Of(Requests.Zone("a"), Requests.Zone("b", 8000), Requests.Zone("c", 3000)));
        var limit = 0.7 * Power(free).Max();
        var request = Requests.Of(Requests.Zone("a"), Requests.Zone("b", 8000), Requests.Zone("c", 3000)) with
        {
            Plant = new PlannedPlant(PlantKind.District, 1e6, limit, 1, 75),
        };

        var plan = Planner.Make(request);

        plan.Verdict.ShouldBe(PlanVerdict.Solved);
        Power(plan).ShouldAllBe(w => w <= limit);
        plan.Zones.ShouldAllBe(z => z.Steps.All(s => s.Operative > s.Lowest - 0.01));

        var scarce = Planner.Make(request with { Plant = request.Plant with { CapacityW = limit / 4 } });
        var misses = scarce.Zones.Select(z => z.Steps.Max(s => s.Lowest - s.Operative)).ToArray();
        Power(scarce).ShouldAllBe(w => w <= limit / 4);
        misses.Min().ShouldBeGreaterThan(1);
        (misses.Max() - misses.Min()).ShouldBeLessThan(0.2);

        double[] Power(Plan p) => [.. Enumerable.Range(0, 48).Select(j => p.Zones.Sum(z => z.Steps[j].Emission * (z.Zone.Name switch { "a" => 5000, "b" => 8000, _ => 3000 })))];
    }

    [Fact]
    public void Heat_pump_heats_longer_with_cooler_water_than_a_boiler()
    {
        var request = Requests.Of(Requests.Zone("a"), Requests.Zone("b"));
        var (boiler, pump) = (Planner.Make(request), Planner.Make(request with { Plant = HeatPump }));

        pump.Verdict.ShouldBe(PlanVerdict.Solved);
        pump.Zones[0].Steps.Max(s => s.Emission).ShouldBeLessThan(boiler.Zones[0].Steps.Max(s => s.Emission));
        pump.Zones[0].Steps.ShouldAllBe(s => s.Operative >= s.Lowest - 1e-3);
        pump.Expected.EnergyKwh.ShouldBeLessThan(PriceOf(boiler, HeatPump, request).EnergyKwh);
    }

    [Fact]
    public void Room_that_needs_hot_water_is_given_time_when_others_pay_for_its_water()
    {
        var weak = Requests.Zone("weak", 1500) with { Model = Requests.Study with { Heating = 5 } };
        var alone = Planner.Make(Requests.Of(weak) with { Plant = HeatPump });
        var together = Planner.Make(Requests.Of([weak, .. Enumerable.Range(0, 5).Select(i => Requests.Zone($"z{i}", 6000))]) with { Plant = HeatPump });

        together.Verdict.ShouldBe(PlanVerdict.Solved);
        together.Zones[0].Steps.Max(s => s.Emission).ShouldBeLessThanOrEqualTo(alone.Zones[0].Steps.Max(s => s.Emission) + 1e-3);
    }

    [Fact]
    public void Upper_bound_keeps_cheap_heat_from_overheating_a_room()
    {
        var request = Requests.Of(Requests.Zone() with { Uses = [Requests.Use(4, 16.5, highest: 20)] }) with
        {
            Goal = PlanGoal.Cost,
            Outlook = Requests.Prices(h => h < 6 ? 0.01 : 0.4),
        };

        Planner.Make(request).Zones[0].Steps.Where(s => s.Lowest > 19 && s.From < Requests.Evening.AddHours(16)).Max(s => s.Operative).ShouldBeLessThan(20.2);
    }

    [Fact]
    public void Heat_still_in_the_radiators_is_not_bought_again()
    {
        var zone = Requests.Zone(air: 18) with { Uses = [Requests.Use(-2, 8)] };
        Planner.Make(Requests.Of(zone with { RadiatorExcess = 40 })).Expected.HeatKwh.ShouldBeLessThan(Planner.Make(Requests.Of(zone)).Expected.HeatKwh - 0.3);
    }

    [Fact]
    public void Emissions_are_made_small_when_they_are_the_goal()
    {
        var hours = Enumerable.Range(0, 72).Select(h => new OutlookHour(double.NaN, double.NaN, double.NaN, h % 24 is >= 2 and < 8 ? 20 : 100));
        var request = Requests.Of(Requests.Zone()) with { Outlook = new Outlook(Requests.Evening, [.. hours]) };

        var (energy, co2) = (Planner.Make(request), Planner.Make(request with { Goal = PlanGoal.Co2 }));

        co2.Expected.GramsCo2.ShouldBeLessThan(0.9 * energy.Expected.GramsCo2);
        co2.Expected.EnergyKwh.ShouldBeGreaterThan(energy.Expected.EnergyKwh);
    }

    private static PlanTotals PriceOf(Plan plan, PlannedPlant plant, PlanRequest request) =>
        Enumerable.Range(0, 48).Aggregate(default(PlanTotals), (sum, j) => sum + plan.Zones.Aggregate(default(PlanTotals), (s, z) => s + HeatSource.Totals(
            plant, new EnergyPrice(0.1, 0), request.Otherwise.Outdoor, 5 * z.Steps[j].Emission * z.Steps[j].Length.TotalHours, plan.Zones.Max(o => o.Steps[j].Emission))));
}
