using System.Globalization;
using System.Text.Json;
using EnergyPilot.Core.Planning;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Io;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>The solver against a plain one of our own, and against HiGHS.</summary>
public sealed class InteriorPointTests
{
    // HiGHS through scipy solves linear programmes. That is enough: a convex function lies above its tangent, so with the gradient g at a point x,
    // g·x − min g·y over all allowed y bounds how much better than x anything can be.
    private const string Peer =
        """
        import json, sys
        from scipy.optimize import linprog
        for p in json.load(open(sys.argv[1])):
            r = linprog(p["c"], A_ub=p["G"], b_ub=p["h"], bounds=(None, None), method="highs")
            print(repr(r.fun) if r.status == 0 else "failed: " + r.message.replace("\n", " "))
        """;

    [Fact]
    public void Blocks_and_border_give_what_the_whole_matrix_gives() => Law.Holds(random =>
    {
        var (zones, coupling) = RandomBlocks.Next(random);
        var emissions = RandomBlocks.Emissions(zones);
        var solution = InteriorPoint.Solve(zones, coupling, emissions);

        var dense = new DenseProblem(zones, coupling);
        var (ours, theirs) = (dense.Objective(dense.Point(emissions)), dense.Objective(dense.Solve()));

        solution.Verdict.ShouldBe(PlanVerdict.Solved);
        ours.ShouldBe(theirs, 1e-5 * (1 + Math.Abs(theirs)));
        solution.Objective.ShouldBe(theirs, 1e-5 * (1 + Math.Abs(theirs)));
    }, 100);

    [Fact]
    public async Task HiGHS_finds_nothing_better()
    {
        var python = Peers.NeedPython("scipy.optimize", "python3-scipy");
        var random = new Random(20270111);
        var problems = Enumerable.Range(0, 60).Select(_ => RandomBlocks.Next(random)).ToArray();
        var solved = Array.ConvertAll(problems, p =>
        {
            var emissions = RandomBlocks.Emissions(p.Zones);
            InteriorPoint.Solve(p.Zones, p.Coupling, emissions).Verdict.ShouldBe(PlanVerdict.Solved);
            var dense = new DenseProblem(p.Zones, p.Coupling);
            var x = dense.Point(emissions);
            return (Dense: dense, X: x, Gradient: dense.Gradient(x));
        });

        var bounds = await Ask(python, solved.Select(s => new { c = s.Gradient, G = s.Dense.Rows.Select(r => r.Row), h = s.Dense.Rows.Select(r => r.Bound) }));

        bounds.Length.ShouldBe(solved.Length);
        foreach (var (s, bound) in solved.Zip(bounds))
        {
            var better = s.Gradient.Zip(s.X).Sum(p => p.First * p.Second) - double.Parse(bound, CultureInfo.InvariantCulture);
            better.ShouldBeLessThan(1e-4 * (1 + Math.Abs(s.Dense.Objective(s.X))));
            s.Dense.Rows.ShouldAllBe(r => r.Row.Zip(s.X).Sum(p => p.First * p.Second) <= r.Bound + 1e-9);
        }
    }

    [Fact]
    public void Too_few_iterations_still_leave_a_point_within_all_bounds() => Law.Holds(random =>
    {
        var (zones, coupling) = RandomBlocks.Next(random);
        var emissions = RandomBlocks.Emissions(zones);
        InteriorPoint.Solve(zones, coupling, emissions, random.Next(4)).Verdict.ShouldBe(PlanVerdict.IterationLimit);

        var dense = new DenseProblem(zones, coupling);
        var x = dense.Point(emissions);
        dense.Rows.ShouldAllBe(r => r.Row.Zip(x).Sum(p => p.First * p.Second) <= r.Bound + 1e-9);
    }, 100);

    [Fact]
    public void What_is_no_number_ends_in_a_verdict()
    {
        var zone = new ZoneBlock([double.NaN], [1], [0.1], [new SoftRow(0, -1, -1, 60, 20)], [0.7], 1);
        InteriorPoint.Solve([zone], Coupling.None, [new double[1]]).Verdict.ShouldBe(PlanVerdict.Numerical);
    }

    private static async Task<string[]> Ask(string python, object problems)
    {
        var stop = TestContext.Current.CancellationToken;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(problems), stop);
            await using var peer = PeerProcess.Start(python, "-c", Peer, file);
            return (await peer.Output(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
