using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace EnergyPilot.Core.Planning;

/// <summary>
/// The model-predictive planner: over the coming hours, the cheapest heat that keeps every zone within its band, for all zones of a plant together.
/// Comfort is soft, so that a plan always exists, and dearer than any energy; limits of the plant are hard.
/// Zones meet where the plant's capacity or power is limited and where the hottest zone makes the water that a heat pump heats for all.
/// </summary>
public static class Planner
{
    // Less than this share of nominal is the solver's rounding, not a wish.
    private const double Nothing = 0.002;

    /// <summary>Makes a plan; never throws and never gives a number that is none.</summary>
    public static Plan Make(PlanRequest request)
    {
        if (!RequestCheck.Passes(request)) return None(request, PlanVerdict.Refused);
        if (request.Zones.IsEmpty) return None(request, PlanVerdict.Solved);

        // In one order whatever the request's: sums round alike, and so does the plan.
        int[] order = [.. Enumerable.Range(0, request.Zones.Length).OrderBy(z => request.Zones[z].Zone.Name, StringComparer.Ordinal)];
        var plan = Ordered(request with { Zones = [.. order.Select(z => request.Zones[z])] });
        if (!plan.IsUsable) return plan;
        var zones = new ZonePlan[order.Length];
        for (var z = 0; z < order.Length; z++) zones[order[z]] = plan.Zones[z];
        return plan with { Zones = ImmutableCollectionsMarshal.AsImmutableArray(zones) };
    }

    private static Plan Ordered(PlanRequest request)
    {
        var ahead = new Ahead(request);
        var zones = request.Zones.Select(z => new ZoneAhead(z, ahead)).ToArray();
        var emissions = Array.ConvertAll(zones, _ => new double[ahead.Steps]);
        var solution = new JointPlan(request, ahead, zones).Solve(emissions);
        if (solution.Verdict == PlanVerdict.Numerical) return None(request, PlanVerdict.Numerical);
        foreach (var steps in emissions)
            for (var j = 0; j < steps.Length; j++) steps[j] = steps[j] < Nothing ? 0 : steps[j];
        var plan = PlanReport.Of(request, ahead, zones, emissions, solution);
        return plan.Zones.All(z => z.Steps.All(s => double.IsFinite(s.Emission) && double.IsFinite(s.Operative))) ? plan : None(request, PlanVerdict.Numerical);
    }

    private static Plan None(PlanRequest request, PlanVerdict verdict) =>
        new(request.At, request.At, verdict, ImmutableArray<ZonePlan>.Empty, 0, default, default, 0);
}
