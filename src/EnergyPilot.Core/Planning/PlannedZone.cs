using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Planning;

/// <summary>A zone as it stands when the plan is made.</summary>
/// <param name="Zone">Which.</param>
/// <param name="Model">Learned.</param>
/// <param name="State">Observed [°C].</param>
/// <param name="RadiatorExcess">How much warmer its radiators are than the room [K]: heat that is on its way whatever is decided now.</param>
/// <param name="Disturbance">What the model does not explain [K/h]; fades with a time constant of two hours.</param>
/// <param name="NominalW">Heat at emission 1, the radiators' 75/65/20 °C (EN 442) [W].</param>
/// <param name="Floor">Lowest operative temperature out of use [°C].</param>
/// <param name="Uses">When people are there, in any order; where two meet, the stricter bound holds.</param>
/// <param name="HighestEmission">Most that is planned, of nominal; 0.7 leaves the loops room to correct upwards.</param>
public sealed record PlannedZone(
    ZoneId Zone, ZoneModel Model, ZoneState State, double RadiatorExcess, double Disturbance,
    double NominalW, double Floor, ImmutableArray<PlannedUse> Uses, double HighestEmission = 0.7)
{
    /// <summary>In how many hours its radiators would lose their heat at their first rate [h]; 0 for none that keep any.</summary>
    public double RadiatorHours { get; init; } = 25.0 / 60;
}

/// <summary>A stretch of time with its own comfort band.</summary>
/// <param name="From">When the band begins; half an hour before people come, so that walls are warm with the air.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Lowest">Operative temperature [°C].</param>
/// <param name="Highest">Operative temperature [°C]; infinite for none.</param>
/// <param name="People">1 when people will be there, 0 for a band without them.</param>
public readonly record struct PlannedUse(DateTimeOffset From, DateTimeOffset Until, double Lowest, double Highest, double People);
