namespace EnergyPilot.Simulation.Weather;

/// <summary>The outdoor air and the sun at one instant. Irradiances in W/m²; wind in m/s at 10 m.</summary>
public readonly record struct WeatherSample(
    double TemperatureC,
    double GlobalHorizontalWPerM2,
    double DirectNormalWPerM2,
    double DiffuseHorizontalWPerM2,
    double WindMPerS);
