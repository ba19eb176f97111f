namespace EnergyPilot.Simulation.Weather;

/// <summary>A change applied to every hour of a typical year, for what-if winters.</summary>
public sealed record WeatherVariant
{
    /// <summary>The typical year as it is.</summary>
    public static readonly WeatherVariant Typical = new();

    /// <summary>The cold winter of the control study: three kelvin below the typical year.</summary>
    public static readonly WeatherVariant ColdWinter = new() { TemperatureOffsetK = -3.0 };

    public double TemperatureOffsetK { get; init; }

    public double IrradianceFactor { get; init; } = 1.0;

    public double WindFactor { get; init; } = 1.0;
}
