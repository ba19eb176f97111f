namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// A radiator valve or room thermostat with a regulation of its own: proportional, on a sensor near the radiator. It stands in
/// series with the zone valve.
/// </summary>
public sealed record LocalThermostatParameters
{
    /// <summary>A zone without one: always open.</summary>
    public static readonly LocalThermostatParameters None = new() { BandK = double.PositiveInfinity };

    /// <summary>Fully open half a band below the set-point, shut half a band above.</summary>
    public double BandK { get; init; } = 2.0;

    /// <summary>What its sensor shows too much.</summary>
    public double SensorBiasK { get; init; }

    /// <summary>How much of the radiator's excess temperature its sensor feels.</summary>
    public double EmitterInfluence { get; init; } = 0.02;

    public TimeSpan Lag { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Where the knob stands until somebody turns it.</summary>
    public double InitialSetpointC { get; init; } = 20.0;
}

/// <summary>The local thermostats of all zones; they move once a minute.</summary>
internal sealed class LocalThermostats
{
    // What a wall thermostat sees too: mostly air, some wall.
    private const double AirShare = 0.7;

    private readonly LocalThermostatParameters[] parameters;
    private readonly int[] fitted;
    private readonly double[] approach;
    private readonly double[] elementC;

    public LocalThermostats(SchoolParameters school)
    {
        parameters = [.. school.Zones.Select(zone => zone.Thermostat)];
        fitted = [.. Enumerable.Range(0, parameters.Length).Where(zone => double.IsFinite(parameters[zone].BandK))];
        approach = [.. parameters.Select(p => 1.0 - Math.Exp(-1.0 / p.Lag.TotalMinutes))];
        SetpointC = [.. parameters.Select(p => p.InitialSetpointC)];
        (elementC, Opening) = (new double[parameters.Length], new double[parameters.Length]);
        elementC.AsSpan().Fill(school.InitialTemperatureC);
        Opening.AsSpan().Fill(1.0);
        foreach (var zone in fitted)
            Turn(zone);
    }

    public double[] SetpointC { get; }

    /// <summary>1 where there is none.</summary>
    public double[] Opening { get; }

    public void Minute(Rooms rooms, Emitters emitters)
    {
        foreach (var zone in fitted)
        {
            var roomC = AirShare * rooms.AirC[zone] + (1.0 - AirShare) * rooms.FastC[zone];
            var seenC = roomC + parameters[zone].EmitterInfluence * emitters.ExcessK(zone, rooms.AirC[zone]);
            elementC[zone] += (seenC - elementC[zone]) * approach[zone];
            Turn(zone);
        }
    }

    private void Turn(int zone) => Opening[zone] = Math.Clamp(
        0.5 + (SetpointC[zone] - elementC[zone] - parameters[zone].SensorBiasK) / parameters[zone].BandK, 0.0, 1.0);
}
