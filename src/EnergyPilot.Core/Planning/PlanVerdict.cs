namespace EnergyPilot.Core.Planning;

/// <summary>How planning ended. Only the first two leave something to follow.</summary>
public enum PlanVerdict
{
    /// <summary>The best plan.</summary>
    Solved,

    /// <summary>A plan that keeps every limit, though not proven the best within the iterations allowed.</summary>
    IterationLimit,

    /// <summary>The arithmetic broke down: no plan.</summary>
    Numerical,

    /// <summary>A figure of the request is not a number or makes no sense: no plan.</summary>
    Refused,
}
