namespace EnergyPilot.Core.Planning;

/// <summary>How a solution ended.</summary>
internal readonly record struct Solution(PlanVerdict Verdict, int Iterations, double Objective);

/// <summary>
/// Convex quadratic programmes of coupled zones by a primal-dual interior-point method with predictor and corrector:
/// Mehrotra, S., "On the implementation of a primal-dual interior point method", SIAM Journal on Optimization 2 (1992) 575-601, doi:10.1137/0802028.
/// It starts within all bounds and stays there, so whatever it returns may be used. Same numbers in, same numbers out.
/// </summary>
internal static class InteriorPoint
{
    public const int MostIterations = 40;
    private const double Precision = 1e-6, ToTheBoundary = 0.995;

    // Where a step this short is all that is possible, further ones bring nothing.
    private const double Stuck = 1e-9;

    /// <summary>Emissions, per zone and step, that make the objective small.</summary>
    public static Solution Solve(ZoneBlock[] zones, Coupling coupling, double[][] emissions, int mostIterations = MostIterations)
    {
        var start = Start(zones, coupling);
        var blocks = Array.ConvertAll(zones, z => new BlockIterate(z, Math.Min(start, z.Highest.Min() / 2), coupling.Heat.Length > 0, !coupling.IsNone));
        var shared = new SharedIterate(coupling, blocks, start);
        Pairs[] pairs = [.. blocks.SelectMany(b => b.All), shared.Limit];
        var solution = Iterate(blocks, shared, pairs, mostIterations);
        for (var z = 0; z < zones.Length; z++) blocks[z].Low.X.CopyTo(emissions[z], 0);
        Keep(zones, coupling.Limits, emissions);
        return solution;
    }

    // The last digit of a limit that binds is rounding's.
    private static void Keep(ZoneBlock[] zones, double[] limits, double[][] emissions)
    {
        for (var j = 0; j < limits.Length; j++)
        {
            var heat = 0.0;
            for (var z = 0; z < zones.Length; z++) heat += zones[z].Power * emissions[z][j];
            if (heat <= limits[j]) continue;
            foreach (var steps in emissions) steps[j] *= limits[j] / heat * (1 - 1e-12);
        }
    }

    private static Solution Iterate(BlockIterate[] blocks, SharedIterate shared, Pairs[] pairs, int mostIterations)
    {
        var count = pairs.Sum(p => p.Count);
        var scale = 1 + blocks.Max(b => b.Block.Cost.Max());
        for (var iteration = 0; ; iteration++)
        {
            var residual = shared.Stationarity(blocks);
            foreach (var block in blocks) residual = Math.Max(residual, block.Stationarity(shared.Pull));
            var gap = pairs.Sum(p => p.Products(0));
            var objective = blocks.Sum(b => b.Objective()) + shared.Objective();
            if (gap <= Precision * (1 + Math.Abs(objective)) && residual <= Precision * scale) return new Solution(PlanVerdict.Solved, iteration, objective);
            if (iteration == mostIterations) return new Solution(PlanVerdict.IterationLimit, iteration, objective);
            if (!Array.TrueForAll(blocks, b => b.Factor()) || !shared.Factor(blocks)) return new Solution(Ending(gap, objective), iteration, objective);

            Direction(blocks, shared, pairs, 0, 0);
            var reach = pairs.Aggregate(1.0, (limit, p) => p.Longest(limit));
            var ratio = pairs.Sum(p => p.Products(reach)) / gap;
            Direction(blocks, shared, pairs, ratio * ratio * ratio * gap / count, 1);
            var length = Math.Min(1, ToTheBoundary * pairs.Aggregate(2.0, (limit, p) => p.Longest(limit)));
            if (!(length > Stuck)) return new Solution(Ending(gap, objective), iteration, objective);
            foreach (var p in pairs) p.Move(length);
            shared.Move(length);
        }
    }

    // Arithmetic that gives out within a thousandth of the best has done its work.
    private static PlanVerdict Ending(double gap, double objective) =>
        gap <= 1e-3 * (1 + Math.Abs(objective)) ? PlanVerdict.IterationLimit : PlanVerdict.Numerical;

    private static void Direction(BlockIterate[] blocks, SharedIterate shared, Pairs[] pairs, double target, double corrector)
    {
        foreach (var p in pairs) p.Aim(target, corrector);
        var limit = shared.LimitRight();
        foreach (var block in blocks) block.Equation(limit);
        shared.Solve(blocks);
        foreach (var block in blocks) block.Follow(shared.HottestStep);
    }

    // Half of what the narrowest limit leaves when all zones emit alike.
    private static double Start(ZoneBlock[] zones, Coupling coupling)
    {
        var start = zones.Max(z => z.Highest.Max()) / 2;
        var power = zones.Sum(z => z.Power);
        foreach (var limit in coupling.Limits) start = Math.Min(start, limit / (2 * power));
        return start;
    }
}
