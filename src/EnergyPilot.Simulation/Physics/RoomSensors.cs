namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// The wall thermostat of each zone: 70 % air and 30 % wall, a lag of 6 minutes, a fixed bias, noise of 0.04 K and a
/// resolution of 0.1 K. The noise of a minute depends on seed, zone and time only.
/// </summary>
internal sealed class RoomSensors
{
    private const double AirShare = 0.7;
    private const double NoiseK = 0.04;
    private const double StepsPerKelvin = 10.0;

    // One minute of a first-order lag of six.
    private static readonly double Approach = 1.0 - Math.Exp(-1.0 / 6.0);

    private readonly ulong seed;
    private readonly double[] elementC;
    private readonly double[] readingC;
    private readonly double[] biasK;

    public RoomSensors(SchoolParameters school)
    {
        seed = school.Seed;
        biasK = [.. school.Zones.Select(zone => zone.SensorBiasK)];
        (elementC, readingC) = (new double[biasK.Length], new double[biasK.Length]);
        elementC.AsSpan().Fill(school.InitialTemperatureC);
        for (var zone = 0; zone < biasK.Length; zone++)
            readingC[zone] = Resolve(school.InitialTemperatureC + biasK[zone]);
    }

    public ReadOnlySpan<double> ReadingC => readingC;

    public void Minute(long minute, Rooms rooms)
    {
        for (var zone = 0; zone < readingC.Length; zone++)
        {
            var seenC = AirShare * rooms.AirC[zone] + (1.0 - AirShare) * rooms.FastC[zone];
            elementC[zone] += (seenC - elementC[zone]) * Approach;
            var noiseK = NoiseK * Chance.Normal(new Draw(seed, minute, zone, Cause.SensorNoise));
            readingC[zone] = Resolve(elementC[zone] + biasK[zone] + noiseK);
        }
    }

    private static double Resolve(double temperatureC) => Math.Round(temperatureC * StepsPerKelvin) / StepsPerKelvin;
}
