using System.Collections.Immutable;

namespace EnergyPilot.Core.Planning;

/// <summary>Tells a solution in the words of a plan: temperatures, flow temperature, energy, price.</summary>
internal static class PlanReport
{
    // Colder water than this is not worth a pump.
    private const double ColdestSupply = 25;

    public static Plan Of(PlanRequest request, Ahead ahead, ZoneAhead[] zones, double[][] heats, Solution solution)
    {
        var emitted = zones.Select((z, i) => z.Emissions(ahead, heats[i])).ToArray();
        var supply = Supply(request.Plant, zones, heats, emitted);
        var plans = ImmutableArray.CreateBuilder<ZonePlan>(zones.Length);
        for (var z = 0; z < zones.Length; z++)
        {
            var duty = heats[z][0] > 0 ? HeatSource.Duty(emitted[z][0], supply, zones[z].Zone.State.Air) : 0;
            plans.Add(new ZonePlan(zones[z].Zone.Zone, heats[z][0], duty, Steps(ahead, zones[z], heats[z])));
        }

        var totals = Enumerable.Range(0, ahead.Steps).Select(j => Totals(request.Plant, ahead, zones, heats, emitted, j)).ToArray();
        return new Plan(
            request.At, ahead.End(0), solution.Verdict, plans.MoveToImmutable(), supply,
            totals.Aggregate(default(PlanTotals), (sum, t) => sum + t), totals[0], solution.Iterations);
    }

    private static double Supply(PlannedPlant plant, ZoneAhead[] zones, double[][] heats, double[][] emitted)
    {
        var supply = 0.0;
        for (var z = 0; z < zones.Length; z++)
            if (heats[z][0] > 0) supply = Math.Max(supply, HeatSource.Supply(emitted[z][0], zones[z].Zone.State.Air));
        return supply > 0 ? Math.Clamp(supply, ColdestSupply, plant.HighestSupply) : 0;
    }

    private static ImmutableArray<PlanStep> Steps(Ahead ahead, ZoneAhead zone, double[] heats)
    {
        var steps = ImmutableArray.CreateBuilder<PlanStep>(ahead.Steps);
        for (var k = 0; k < ahead.Steps; k++)
        {
            var length = ahead.Lengths[k] * Ahead.Slice;
            steps.Add(new PlanStep(ahead.End(k) - length, length, heats[k], zone.Operative(k, heats), zone.Lowest[k]));
        }

        return steps.MoveToImmutable();
    }

    private static PlanTotals Totals(PlannedPlant plant, Ahead ahead, ZoneAhead[] zones, double[][] heats, double[][] emitted, int step)
    {
        // Water is never hotter than the plant makes it, whatever is still in a radiator.
        var most = Math.Min(zones.Max(z => z.Zone.HighestEmission), HeatSource.Emission(plant.HighestSupply, HeatSource.Room));
        var hottest = Math.Min(emitted.Max(e => e[step]), most);
        var sum = default(PlanTotals);
        foreach (var slice in ahead.Of(step))
            for (var z = 0; z < zones.Length; z++)
            {
                var emission = Math.Min(emitted[z][step], most);
                var heat = zones[z].Zone.NominalW / 1000 * heats[z][step] * Ahead.SliceHours;
                sum += HeatSource.Totals(
                    plant, new EnergyPrice(slice.EuroPerKwh, slice.GramsCo2PerKwh), slice.Outdoor, heat, plant.Kind == PlantKind.HeatPump ? hottest : emission);
            }

        return sum;
    }
}
