namespace EnergyPilot.Core.Planning;

/// <summary>
/// The model-predictive planner: over the coming hours, the cheapest heat that keeps every zone within its band, for all zones of a plant together.
/// Comfort is soft (a plan always exists), limits of the plant are hard.
/// </summary>
public static class Planner
{
    /// <summary>Makes a plan; never throws and never gives a number that is none.</summary>
    public static Plan Make(PlanRequest request) => None(request, PlanVerdict.Refused);

    private static Plan None(PlanRequest request, PlanVerdict verdict) =>
        new(request.At, request.At, verdict, [], 0, default, default, 0);
}
