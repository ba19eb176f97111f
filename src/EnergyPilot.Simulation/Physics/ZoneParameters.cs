namespace EnergyPilot.Simulation.Physics;

/// <summary>Windows of a zone that look in one direction; azimuth clockwise from north.</summary>
public sealed record GlazedFacade(double AzimuthDeg, double GlassAreaM2);

/// <summary>
/// One thermal zone: three masses (air with furniture, fast, deep), its envelope, radiator and sensor.
/// Defaults are those of the control study's building; README.md of this folder has the equations.
/// </summary>
public sealed record ZoneParameters
{
    /// <summary>Heat loss coefficient of the study's building: windows, opaque parts and infiltration together.</summary>
    public const double StudyUaWPerM2K = 2.16;

    /// <summary>39 kW of radiators at 75/65/20 on 400 m².</summary>
    public const double StudyRadiatorWPerM2 = 97.5;

    public required string Name { get; init; }

    public required double FloorAreaM2 { get; init; }

    public double HeightM { get; init; } = 3.0;

    /// <summary>Index into <see cref="SchoolParameters.Circuits"/>.</summary>
    public int Circuit { get; init; }

    /// <summary>Radiator output at 75/65/20 °C; of a heated floor at 40/35/20 °C; of electric panels what they draw.</summary>
    public required double RadiatorNominalW { get; init; }

    public IReadOnlyList<GlazedFacade> Windows { get; init; } = [];

    public double WindowUWPerM2K { get; init; } = 2.8;

    /// <summary>Share of the facade's irradiance that ends in the room: g-value × frame × blinds.</summary>
    public double SolarFactor { get; init; } = 0.29;

    /// <summary>Walls, roof and ground, from the surface of the deep mass to the outdoor air.</summary>
    public double OpaqueUaWPerK { get; init; }

    /// <summary>Air changes per hour through cracks at a wind of 4 m/s; scaled by 0.7 + 0.075·wind.</summary>
    public double InfiltrationPerHour { get; init; } = 0.325;

    /// <summary>Heat capacity of air and furniture as a multiple of the air's.</summary>
    public double FurnitureFactor { get; init; } = 5.0;

    public double FastCapacityJPerM2K { get; init; } = 60_000.0;

    public double DeepCapacityJPerM2K { get; init; } = 150_000.0;

    public double AirToFastWPerM2K { get; init; } = 8.1;

    public double FastToDeepWPerM2K { get; init; } = 4.0;

    public double LightsWPerM2 { get; init; } = 6.0;

    public double SensorBiasK { get; init; }

    /// <summary>The zone's own thermostat or radiator valve, in series with the zone valve.</summary>
    public LocalThermostatParameters Thermostat { get; init; } = LocalThermostatParameters.None;

    /// <summary>Extra air changes per hour while the fault <see cref="SchoolFaultKind.WindowJammedOpen"/> is present.</summary>
    public double JammedWindowPerHour { get; init; } = 4.0;

    public double VolumeM3 => FloorAreaM2 * HeightM;

    /// <summary>
    /// A zone as the study builds it: <see cref="StudyUaWPerM2K"/> in total, of which the opaque parts are what windows and
    /// infiltration leave over, and <see cref="StudyRadiatorWPerM2"/> of radiators.
    /// </summary>
    public static ZoneParameters Ordinary(string name, double floorAreaM2, double heightM, params IReadOnlyList<GlazedFacade> windows)
    {
        var zone = new ZoneParameters
        {
            Name = name,
            FloorAreaM2 = floorAreaM2,
            HeightM = heightM,
            RadiatorNominalW = StudyRadiatorWPerM2 * floorAreaM2,
            Windows = windows,
        };
        var lightUa = zone.WindowUWPerM2K * zone.GlassAreaM2 + zone.InfiltrationPerHour * zone.VolumeM3 * Air.HeatCapacityWhPerM3K;
        return zone with { OpaqueUaWPerK = Math.Max(0.0, StudyUaWPerM2K * floorAreaM2 - lightUa) };
    }

    internal double GlassAreaM2 => Windows.Sum(window => window.GlassAreaM2);
}
