using System.Collections.Immutable;
using EnergyPilot.Core.Planning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>What holds for every plan.</summary>
public sealed class PlannerLaws
{
    private const int Cases = 80;

    [Fact]
    public void Plan_keeps_every_limit_and_has_only_numbers() => Law.Holds(random =>
    {
        var request = RandomRequest.Next(random);
        var plan = Planner.Make(request);

        plan.IsUsable.ShouldBeTrue();
        foreach (var (zone, asked) in plan.Zones.Zip(request.Zones))
        {
            zone.Zone.ShouldBe(asked.Zone);
            var first = asked.HighestEmission * (1 + 2 * asked.RadiatorHours);
            zone.Steps.ShouldAllBe(s => s.Emission >= 0 && s.Emission <= (s.From == plan.At ? first : asked.HighestEmission) && double.IsFinite(s.Operative) && s.Length > TimeSpan.Zero);
            zone.Emission.ShouldBe(zone.Steps[0].Emission);
            zone.Duty.ShouldBeInRange(0, 1);
        }

        plan.Supply.ShouldBeInRange(0, request.Plant.HighestSupply);
        double.IsFinite(plan.Expected.Euro + plan.Expected.GramsCo2 + plan.First.Euro).ShouldBeTrue();
        for (var j = 0; j < plan.Zones[0].Steps.Length; j++)
        {
            var heat = plan.Zones.Zip(request.Zones).Sum(p => p.First.Steps[j].Emission * p.Second.NominalW);
            heat.ShouldBeLessThanOrEqualTo((request.Plant.Kind == PlantKind.HeatPump ? 1.2 : 1) * request.Plant.CapacityW * (1 + 1e-9));
        }

        (plan.First.EnergyKwh / 0.5 * 1000).ShouldBeLessThanOrEqualTo(request.Plant.PowerLimitW * (1 + 1e-9));
    }, Cases);

    [Fact]
    public void Nonsense_is_refused() => Law.Holds(random =>
    {
        var plan = Planner.Make(RandomRequest.Spoilt(RandomRequest.Next(random), random));
        (plan.Verdict, plan.Zones.Length, plan.Supply, plan.IsUsable).ShouldBe((PlanVerdict.Refused, 0, 0.0, false));
    }, Cases);

    [Fact]
    public void Same_request_gives_the_same_plan_in_whatever_order_its_zones_stand() => Law.Holds(random =>
    {
        var request = RandomRequest.Next(random);
        var plan = Told(request);

        Told(request).ShouldBe(plan);
        Told(request with { Zones = [.. request.Zones.Reverse()] }).ShouldBe(plan);
    }, Cases);

    [Fact]
    public void Hour_that_becomes_dearer_never_gets_more_heat() => Law.Holds(random =>
    {
        var hour = random.Next(24);
        double[] prices = [.. Enumerable.Range(0, 72).Select(_ => 0.1 + 0.2 * random.NextDouble())];
        var request = Requests.Of(Requests.Zone(air: 12 + 6 * random.NextDouble()), Requests.Zone("b", 3000)) with
        {
            Goal = PlanGoal.Cost,
            Plant = new PlannedPlant((PlantKind)random.Next(3), 4000 + random.Next(8000), double.PositiveInfinity, 0.5, 60),
        };

        var before = Heat(Planner.Make(request with { Outlook = Requests.Prices(h => prices[h]) }), hour);
        var after = Heat(Planner.Make(request with { Outlook = Requests.Prices(h => h == hour ? 2 * prices[h] : prices[h]) }), hour);

        after.ShouldBeLessThanOrEqualTo(before + 0.02);
    }, Cases);

    [Fact]
    public void Colder_room_never_expects_less_heat() => Law.Holds(random =>
    {
        var air = 8 + 12 * random.NextDouble();
        var (warm, cold) = (Planner.Make(Requests.Of(Requests.Zone(air: air))), Planner.Make(Requests.Of(Requests.Zone(air: air - 1))));
        cold.Expected.HeatKwh.ShouldBeGreaterThanOrEqualTo(warm.Expected.HeatKwh - 0.01);
    }, Cases);

    private static double Heat(Plan plan, int hour) => plan.Zones.Sum(z => z.Steps
        .Where(s => s.From >= Requests.Evening.AddHours(hour) && s.From + s.Length <= Requests.Evening.AddHours(hour + 1)).Sum(s => s.Emission * (z.Zone.Name == "b" ? 0.6 : 1)));

    private static string Told(PlanRequest request)
    {
        var plan = Planner.Make(request);
        var zones = plan.Zones.OrderBy(z => z.Zone.Name, StringComparer.Ordinal).Select(z => $"{z.Zone} {z.Duty:R} {string.Join(' ', z.Steps.Select(s => $"{s.Emission:R} {s.Operative:R}"))}");
        return $"{plan.Verdict} {plan.Supply:R} {plan.Iterations} {string.Join('\n', zones)}";
    }
}
