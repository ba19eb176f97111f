namespace EnergyPilot.Core.Learning;

/// <summary>The temperatures of a zone's three masses [°C].</summary>
public readonly record struct ZoneState(double Air, double Fast, double Deep)
{
    /// <summary>What people feel: half air, half surrounding surfaces.</summary>
    public double Operative => (Air + Fast) / 2;
}

/// <summary>What acts on a zone during one step.</summary>
/// <param name="Outdoor">Outdoor air [°C].</param>
/// <param name="Emission">Of the radiators, 1 at their nominal 75/65/20 °C (EN 442).</param>
/// <param name="SunEast">Sun on an east window, 1 at 500 W/m² horizontal and straight before it; likewise the others.</param>
/// <param name="People">1 while people are there.</param>
/// <param name="Disturbance">What the model does not explain [K/h].</param>
public readonly record struct ZoneDrive(
    double Outdoor, double Emission, double SunEast, double SunSouth, double SunWest, double People, double Disturbance);
