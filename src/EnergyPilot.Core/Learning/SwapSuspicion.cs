using System.Collections.Immutable;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// Finds pairs of rooms whose sensors (or valves) an installer has swapped: the temperature of the one follows the radiators of the other, and
/// the other way round. For each ordered pair a regression over the quarters of some days explains how fast a room warms up,
/// ΔT = β0 + β1·(outdoor − T) + β2·own emission + β3·the other's emission; rooms next to each other share a little heat, so the other's share
/// must be several times one's own.
/// </summary>
public static class SwapSuspicion
{
    /// <summary>Fewer common quarters say nothing: three days.</summary>
    public const int FewestQuarters = 3 * 96;

    private const int Terms = 4;
    private const double Foreign = 3;              // times one's own
    private const double Noticeable = 1.0;         // K/h at nominal emission
    private const double Certain = 6;              // standard errors
    private static readonly TimeSpan QuarterHour = TimeSpan.FromHours(Observer.Hours);

    /// <summary>The pairs, each once, lower index first.</summary>
    /// <param name="zones">The quarters of every zone, in time order.</param>
    public static ImmutableArray<(int First, int Second)> Of(IReadOnlyList<Quarter[]> zones)
    {
        var pairs = ImmutableArray.CreateBuilder<(int, int)>();
        for (var i = 0; i < zones.Count; i++)
            for (var j = i + 1; j < zones.Count; j++)
                if (AreSwapped(Response.Of(zones[i], zones[j]), Response.Of(zones[j], zones[i]))) pairs.Add((i, j));
        return pairs.ToImmutable();
    }

    // One room clearly follows the other's radiators. Such a pair runs away, until one valve never shuts and the other never opens: of the second room
    // it is then enough that it follows its own radiators hardly better than the other's, or not at all.
    private static bool AreSwapped(Response first, Response second) =>
        (first.IsForeign && second.IsNotItsOwn) || (second.IsForeign && first.IsNotItsOwn);

    /// <summary>How a room answers to its own radiators and to another room's [K/h at nominal emission], and how sure the second is.</summary>
    private readonly record struct Response(double Own, double Other, double Error, bool IsKnown)
    {
        public bool IsForeign => IsKnown && Other > Noticeable && Other > Certain * Error && Other > Foreign * Math.Max(Own, 0);

        public bool IsNotItsOwn => IsKnown && (Own < Noticeable || Own < 2 * Other);

        public static Response Of(Quarter[] room, Quarter[] other)
        {
            var normal = new double[Terms * Terms];
            var right = new double[Terms];
            var (squares, count) = (0.0, 0);
            Span<double> x = stackalloc double[Terms];
            for (int k = 1, o = 0; k < room.Length; k++)
            {
                while (o < other.Length && other[o].End < room[k].End) o++;
                if (o == other.Length) break;
                if (!Counts(room[k - 1], room[k]) || other[o].End != room[k].End || !double.IsFinite(other[o].Drive.Emission)) continue;
                var rate = (room[k].Room - room[k - 1].Room) / Observer.Hours;
                (x[0], x[1], x[2], x[3]) = (1, room[k].Drive.Outdoor - room[k - 1].Room, room[k].Drive.Emission, other[o].Drive.Emission);
                Add(normal, right, x, rate);
                (squares, count) = (squares + rate * rate, count + 1);
            }

            return count >= FewestQuarters ? Solved(normal, right, squares, count) : default;
        }
    }

    private static bool Counts(in Quarter before, in Quarter quarter) =>
        quarter.Worth == QuarterWorth.Good && before.Worth == QuarterWorth.Good && quarter.End - before.End == QuarterHour
        && double.IsFinite(quarter.Room + before.Room + quarter.Drive.Outdoor + quarter.Drive.Emission);

    private static void Add(double[] normal, double[] right, ReadOnlySpan<double> x, double y)
    {
        for (var r = 0; r < Terms; r++)
        {
            right[r] += x[r] * y;
            for (var c = 0; c < Terms; c++) normal[r * Terms + c] += x[r] * x[c];
        }
    }

    private static Response Solved(double[] normal, double[] right, double squares, int count)
    {
        // A room that never heated has an empty column; a grain keeps the equations solvable, and its figure uncertain.
        for (var i = 0; i < Terms; i++) normal[i * Terms + i] += 1e-9 * count;
        if (!Cholesky.Factor(normal, Terms)) return default;
        var solution = right.ToArray();
        Cholesky.Solve(normal, solution);
        var explained = 0.0;
        for (var i = 0; i < Terms; i++) explained += solution[i] * right[i];
        var error = Math.Sqrt(Math.Max(squares - explained, 0) / (count - Terms) * Variance(normal, Terms - 1));
        return new Response(solution[2], solution[3], error, true);
    }

    // One figure of the inverse.
    private static double Variance(double[] factor, int index)
    {
        var column = new double[Terms];
        column[index] = 1;
        Cholesky.Solve(factor, column);
        return column[index];
    }
}
