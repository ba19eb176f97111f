using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Seasons;

/// <summary>What a simulated season cost and how it felt.</summary>
/// <param name="Name">Of the control that ran it.</param>
/// <param name="GasKwh">On the gross calorific value.</param>
/// <param name="HeatKwh">That left the boiler.</param>
/// <param name="ElectricityKwh">Pumps, boiler, lights and all else on the meter.</param>
/// <param name="BurnerStarts">Of the whole season.</param>
/// <param name="Zones">In the site's order.</param>
/// <param name="Days">In order.</param>
/// <param name="ColdestWeek">Hour by hour.</param>
internal sealed record SeasonResult(
    string Name, double GasKwh, double HeatKwh, double ElectricityKwh, int BurnerStarts,
    ImmutableArray<ZoneSeason> Zones, ImmutableArray<DaySummary> Days, ImmutableArray<HourSample> ColdestWeek)
{
    public double HeatedAreaM2 => Zones.Sum(z => z.Zone.FloorArea.Value);

    public double GasKwhPerM2 => GasKwh / HeatedAreaM2;

    /// <summary>Mean over the zones that people use.</summary>
    public double ColdKelvinHours => Zones.Where(z => z.OccupiedHours > 0).Select(z => z.ColdKelvinHours).DefaultIfEmpty(0).Average();

    public int LateMornings => Zones.Sum(z => z.LateMornings);
}

/// <summary>A zone's season.</summary>
/// <param name="HeatKwh">Given by its radiators.</param>
/// <param name="OccupiedHours">With people in it.</param>
/// <param name="ColdKelvinHours">Felt temperature below the comfort band, times hours, while people are there.</param>
/// <param name="HotKelvinHours">The same above the band.</param>
/// <param name="Mornings">Days with people.</param>
/// <param name="LateMornings">Of these, how many began late.</param>
/// <param name="MeanOccupied">Mean felt temperature while people are there [°C].</param>
internal sealed record ZoneSeason(
    Zone Zone, double HeatKwh, double OccupiedHours, double ColdKelvinHours, double HotKelvinHours,
    int Mornings, int LateMornings, double MeanOccupied);

/// <summary>One day of a season.</summary>
internal sealed record DaySummary(DateOnly Day, double GasKwh, double OutdoorMean);

/// <summary>One hour of a season: outdoors and each zone, felt [°C].</summary>
internal sealed record HourSample(DateTimeOffset At, double Outdoor, ImmutableArray<double> Zones);

/// <summary>
/// The band in which people are comfortable: from 1 K below the comfort setpoint (a room that holds 19 °C at its sensor is a
/// little cooler by its walls) to 24 °C. A morning is late when a zone is more than half a kelvin below the band as people come.
/// </summary>
internal static class ComfortBand
{
    public const double BelowK = 1, AboveC = 24, LateK = 0.5;
}
