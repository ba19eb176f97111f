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
    private readonly double[] offsetK;
    private readonly int[] wiredTo;
    private readonly bool[] stuck;

    public RoomSensors(SchoolParameters school)
    {
        seed = school.Seed;
        biasK = [.. school.Zones.Select(zone => zone.SensorBiasK)];
        (elementC, readingC, offsetK) = (new double[biasK.Length], new double[biasK.Length], new double[biasK.Length]);
        (wiredTo, stuck) = ([.. Enumerable.Range(0, biasK.Length)], new bool[biasK.Length]);
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
            var shown = wiredTo[zone];
            if (stuck[shown])
                continue;
            var noiseK = NoiseK * Chance.Normal(new Draw(seed, minute, zone, Cause.SensorNoise));
            readingC[shown] = Resolve(elementC[zone] + biasK[zone] + noiseK + offsetK[zone]);
        }
    }

    /// <summary>Each of two zones shows what the other's sensor feels.</summary>
    public void Swap(int zone, int other) => (wiredTo[zone], wiredTo[other]) = (other, zone);

    /// <summary>Every sensor at its own terminals again.</summary>
    public void Unswap(int zone, int other) => (wiredTo[zone], wiredTo[other]) = (zone, other);

    public void Offset(int zone, double kelvin) => offsetK[zone] = kelvin;

    /// <summary>What is shown for the zone stays as it is.</summary>
    public void Freeze(int zone) => stuck[zone] = true;

    public void Thaw(int zone) => stuck[zone] = false;

    private static double Resolve(double temperatureC) => Math.Round(temperatureC * StepsPerKelvin) / StepsPerKelvin;
}
