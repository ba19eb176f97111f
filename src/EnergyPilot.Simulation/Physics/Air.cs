namespace EnergyPilot.Simulation.Physics;

/// <summary>Properties of room air at about 20 °C and sea level.</summary>
internal static class Air
{
    /// <summary>1.2 kg/m³ × 1005 J/kg·K.</summary>
    public const double HeatCapacityJPerM3K = 1206.0;

    public const double HeatCapacityWhPerM3K = HeatCapacityJPerM3K / 3600.0;

    public const double OutdoorCo2Ppm = 420.0;
}
