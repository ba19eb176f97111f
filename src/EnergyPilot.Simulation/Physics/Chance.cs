namespace EnergyPilot.Simulation.Physics;

/// <summary>What a random number is drawn for; every cause has its own sequence.</summary>
internal enum Cause
{
    SensorNoise,
    Presence,
    Absence,
    Attendance,
    Airing,
    AiringStrength,
    AiringLength,
    Forgotten,
    ForgottenLength,
    TiltedNight,
    PastHour,
    PastDay,
}

/// <summary>The name of one random number: the same name always gives the same number, whatever was drawn before.</summary>
internal readonly record struct Draw(ulong Seed, long When, int Zone, Cause Cause, int Index = 0);

/// <summary>
/// Random numbers as a pure function of their name, so a controller cannot change the luck of the day. The mixing function
/// is the finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
/// </summary>
internal static class Chance
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(in Draw draw) => (Bits(draw) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal by Box and Muller (1958).</summary>
    public static double Normal(in Draw draw)
    {
        var bits = Bits(draw);
        var first = ((bits >> 11) + 1.0) * (1.0 / (1UL << 53));
        var second = (Mix(bits + GoldenGamma) >> 11) * (1.0 / (1UL << 53));
        return Math.Sqrt(-2.0 * Math.Log(first)) * Math.Cos(2.0 * Math.PI * second);
    }

    private static ulong Bits(in Draw draw)
    {
        var state = Mix(draw.Seed + GoldenGamma);
        state = Mix(state ^ ((ulong)draw.When * GoldenGamma));
        return Mix(state ^ ((ulong)draw.Zone << 40 | (ulong)draw.Cause << 32 | (uint)draw.Index));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
