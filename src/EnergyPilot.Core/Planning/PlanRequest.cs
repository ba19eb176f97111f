using System.Collections.Immutable;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Sky;

namespace EnergyPilot.Core.Planning;

/// <summary>All that a plan follows from: the same request gives the same plan.</summary>
/// <param name="At">Beginning of the first step.</param>
/// <param name="Zones">All zones of one plant; their order does not matter.</param>
/// <param name="Plant">What heats them.</param>
/// <param name="Goal">What is made small.</param>
/// <param name="Outlook">Weather and prices; where it knows nothing, the figures below hold.</param>
/// <param name="Otherwise">Persistence and constant price.</param>
/// <param name="Place">Where the sun is seen from.</param>
public sealed record PlanRequest(
    DateTimeOffset At, ImmutableArray<PlannedZone> Zones, PlannedPlant Plant, PlanGoal Goal, Outlook Outlook, WhenUnknown Otherwise, Place Place)
{
    /// <summary>The steps into which the time to come is cut.</summary>
    public ImmutableArray<TimeSpan> Steps { get; init; } = PlanSteps.Default;
}

/// <summary>What is taken for an hour of which the outlook knows nothing.</summary>
/// <param name="Outdoor">Now or as a mean of the last day [°C].</param>
/// <param name="EuroPerKwh">Price of the source's energy, above 0.</param>
/// <param name="GramsCo2PerKwh">Emissions of the source's energy.</param>
public readonly record struct WhenUnknown(double Outdoor, double EuroPerKwh, double GramsCo2PerKwh);
