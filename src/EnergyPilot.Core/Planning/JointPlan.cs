namespace EnergyPilot.Core.Planning;

/// <summary>Poses a request as quadratic programmes and solves them: one per zone where nothing couples the zones, else one for all.</summary>
internal sealed class JointPlan(PlanRequest request, Ahead ahead, ZoneAhead[] zones)
{
    // The study's 60 per kelvin and step make a cold room dearer than any heat; bending lets zones that must be cold share it.
    private const double TooCold = 60, TooWarm = 10, Bend = 20;

    // Water times heat is not convex; each pass replaces it by a convex bound that touches it where the last pass ended, so each pass is cheaper.
    private const int Passes = 3;
    private const double Settled = 2e-3;
    private const double SmallestLimit = 1e-4;

    private readonly PlannedPlant plant = request.Plant;
    private readonly double mean = request.Zones.Average(z => z.NominalW);
    private readonly double rank = Rank(request, ahead);
    private readonly double highest = request.Zones.Max(z => Highest(z, request.Plant));

    /// <summary>Fills in the emissions of each zone and step.</summary>
    public Solution Solve(double[][] emissions)
    {
        var heated = Enumerable.Range(0, zones.Length).Where(z => Wants(zones[z])).ToArray();
        if (heated.Length == 0) return new Solution(PlanVerdict.Solved, 0, 0);
        var blocks = Array.ConvertAll(heated, z => Block(zones[z]));
        var found = Array.ConvertAll(heated, z => emissions[z]);
        var limits = Limits(blocks);
        return plant.Kind == PlantKind.HeatPump ? SolveShared(blocks, limits, found)
            : limits.Length > 0 ? InteriorPoint.Solve(blocks, new Coupling(limits, [], []), found)
            : SolveEach(blocks, found);
    }

    // A zone that stays above its band on its own wants nothing: the best is 0, without solving.
    private static bool Wants(ZoneAhead zone)
    {
        for (var k = 0; k < zone.Free.Length; k++)
            if (zone.Free[k] < zone.Lowest[k]) return true;
        return false;
    }

    private static Solution SolveEach(ZoneBlock[] blocks, double[][] found)
    {
        var worst = new Solution(PlanVerdict.Solved, 0, 0);
        for (var z = 0; z < blocks.Length; z++)
        {
            var one = InteriorPoint.Solve([blocks[z]], Coupling.None, [found[z]]);
            worst = new Solution(
                one.Verdict > worst.Verdict ? one.Verdict : worst.Verdict, Math.Max(one.Iterations, worst.Iterations), worst.Objective + one.Objective);
        }

        return worst;
    }

    private Solution SolveShared(ZoneBlock[] blocks, double[] limits, double[][] found)
    {
        var power = blocks.Sum(b => b.Power);
        var least = blocks.Min(b => b.Power);
        var ratios = Enumerable.Repeat(1 / power, ahead.Steps).ToArray();
        var solution = default(Solution);
        for (var (pass, iterations) = (0, 0); pass < Passes; pass++)
        {
            var before = solution.Objective;
            solution = InteriorPoint.Solve(blocks, SharedWater(limits, ratios), found);
            iterations += solution.Iterations;
            solution = solution with { Iterations = iterations };
            if (solution.Verdict == PlanVerdict.Numerical || blocks.Length == 1 || Math.Abs(before - solution.Objective) < Settled * solution.Objective) break;
            for (var j = 0; j < ahead.Steps; j++)
            {
                var (heat, hottest) = (0.0, 0.0);
                for (var z = 0; z < blocks.Length; z++)
                    (heat, hottest) = (heat + blocks[z].Power * found[z][j], Math.Max(hottest, found[z][j]));
                if (hottest > 1e-3) ratios[j] = Math.Clamp(hottest / heat, 1 / power, 1 / least);
            }
        }

        return solution;
    }

    // Q·m ≤ ½·(ratio·Q² + m²/ratio), with equality where m/Q is the ratio.
    private Coupling SharedWater(double[] limits, double[] ratios)
    {
        var (heat, hottest) = (new double[ahead.Steps], new double[ahead.Steps]);
        for (var j = 0; j < ahead.Steps; j++)
        {
            var slope = 0.0;
            foreach (var slice in ahead.Of(j))
                slope += HeatSource.PerSlice * slice.Weight * HeatSource.Chord(plant, slice.Outdoor, highest).PerEmission / rank;
            (heat[j], hottest[j]) = (slope * ratios[j], slope / ratios[j]);
        }

        return new Coupling(limits, heat, hottest);
    }

    private ZoneBlock Block(ZoneAhead zone)
    {
        var power = zone.Zone.NominalW / mean;
        var (cost, curve) = (new double[ahead.Steps], new double[ahead.Steps]);
        var own = Own(zone);
        var bend = 2 * power * (plant.Kind == PlantKind.CondensingBoiler ? HeatSource.Condensing : HeatSource.Straight);
        for (var j = 0; j < ahead.Steps; j++)
            foreach (var slice in ahead.Of(j))
            {
                cost[j] += power * HeatSource.PerSlice * slice.Weight * Relative(slice);
                curve[j] += bend * slice.Weight;
            }

        return new ZoneBlock(zone.Response, cost, curve, [.. Rows(zone, power, own)], own, power);
    }

    private double Relative(SliceAhead slice) =>
        plant.Kind == PlantKind.HeatPump ? HeatSource.Chord(plant, slice.Outdoor, highest).Fixed / rank : 1;

    // Cold radiators take more than they emit, so the first half hour may have more: a room in a hurry gets the hottest water at once.
    private double[] Own(ZoneAhead zone)
    {
        var own = new double[ahead.Steps];
        Array.Fill(own, Highest(zone.Zone, plant));
        if (ahead.Lengths[0] == 1) own[0] = Math.Max(own[0], zone.Heat(own[0]));
        return own;
    }

    private IEnumerable<SoftRow> Rows(ZoneAhead zone, double power, double[] own)
    {
        var dear = power * ahead.Dearest;
        for (var k = 0; k < ahead.Steps; k++)
        {
            var weight = dear * ahead.Lengths[k];
            if (zone.Free[k] < zone.Lowest[k])
                yield return new SoftRow(k, -1, zone.Free[k] - zone.Lowest[k], TooCold * weight, Bend * weight);
            var most = zone.Free[k];
            for (var j = 0; j <= k; j++) most += own[j] * zone.Response[k * ahead.Steps + j];
            if (most > zone.Highest[k])
                yield return new SoftRow(k, 1, zone.Highest[k] - zone.Free[k], TooWarm * weight, Bend / 4 * weight);
        }
    }

    // What the plant gives per step, in units of the mean zone; nothing where no step can reach its limit.
    // A limit on drawn power counts at the worst efficiency of the step, so it holds whatever the water.
    private double[] Limits(ZoneBlock[] blocks)
    {
        var most = blocks.Sum(b => b.Power * b.Highest.Max());
        var limits = new double[ahead.Steps];
        for (var j = 0; j < limits.Length; j++)
        {
            var coldest = double.PositiveInfinity;
            foreach (var slice in ahead.Of(j)) coldest = Math.Min(coldest, slice.Outdoor);
            var heat = Math.Min(HeatSource.Capacity(plant, coldest), plant.PowerLimitW / HeatSource.EnergyPerHeat(plant, coldest, highest));
            limits[j] = Math.Clamp(heat / mean, SmallestLimit, 2 * most);
        }

        return limits.Min() < most ? limits : [];
    }

    private static double Highest(PlannedZone zone, PlannedPlant plant) =>
        Math.Max(Math.Min(zone.HighestEmission, HeatSource.Emission(plant.HighestSupply, HeatSource.Room)), SmallestLimit);

    // Energy per heat of an ordinary hour: costs are counted in it, so that penalties keep their proportion with any plant.
    private static double Rank(PlanRequest request, Ahead ahead) =>
        request.Plant.Kind == PlantKind.HeatPump
            ? ahead.Slices.Average(s => HeatSource.EnergyPerHeat(request.Plant, s.Outdoor, 0.35))
            : 1;
}
