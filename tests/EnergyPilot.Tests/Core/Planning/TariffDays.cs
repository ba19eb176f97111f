using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>Days of plans on the planner's own model: every half hour a new plan, of which the first step is done.</summary>
public sealed class TariffDays
{
    private const int Days = 4;

    [Fact]
    public void Cheap_nights_heat_the_day_for_a_tenth_less_at_the_same_comfort()
    {
        var flat = Live(PlanGoal.Energy);
        var cheap = Live(PlanGoal.Cost);

        cheap.Euro.ShouldBeLessThan(0.9 * flat.Euro);
        cheap.ColdKh.ShouldBeLessThanOrEqualTo(flat.ColdKh + 0.1);
        flat.Kwh.ShouldBeLessThan(cheap.Kwh);
        (cheap.ColdKh + flat.ColdKh).ShouldBeLessThan(0.5);
    }

    private static double Price(int hour) => hour % 24 is < 8 or >= 23 ? 0.08 : 0.30;

    private static (double Kwh, double Euro, double ColdKh) Live(PlanGoal goal)
    {
        var zone = Requests.Zone(air: 16) with { Uses = [.. Enumerable.Range(0, Days + 2).Select(d => Requests.Use(24 * d + 8, 24 * d + 16.5, 19.5, 24, 1))] };
        var request = Requests.Of(zone) with
        {
            Plant = new PlannedPlant(PlantKind.District, 1e6, 1e6, 1, 75),
            Goal = goal,
            Outlook = Requests.Prices(h => Price(h + 22), hours: 24 * (Days + 2)),
        };
        var matrices = new ZoneMatrices(zone.Model, 0.5);
        var (kwh, euro, cold) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Days * 48; i++)
        {
            var at = Requests.Evening.AddHours(i / 2.0);
            var plan = Planner.Make(request with { At = at, Zones = [zone] });
            var people = at.Hour is >= 8 and < 16 ? 1 : 0;
            (kwh, euro) = (kwh + plan.First.HeatKwh, euro + plan.First.HeatKwh * Price(at.Hour));
            zone = zone with { State = matrices.Step(zone.State, 0.12 * 3 + 11 * plan.Zones[0].Emission + 2 * people, 0.03 * 3) };
            if (at.Hour is >= 8 and < 16) cold += Math.Max(0, 19.5 - zone.State.Operative) / 2;
        }

        return (kwh, euro, cold);
    }
}
