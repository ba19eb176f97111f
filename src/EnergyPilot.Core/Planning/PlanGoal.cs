namespace EnergyPilot.Core.Planning;

/// <summary>What a plan makes small.</summary>
public enum PlanGoal
{
    /// <summary>Energy of the source, each kWh alike.</summary>
    Energy,

    /// <summary>Euros, by the outlook's prices.</summary>
    Cost,

    /// <summary>Emissions, by the outlook's grams per kWh.</summary>
    Co2,
}
