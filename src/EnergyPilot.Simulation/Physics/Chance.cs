using EnergyPilot.Core.Learning;

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
    PastElectricity,
}

/// <summary>The name of one random number: the same name always gives the same number, whatever was drawn before.</summary>
internal readonly record struct Draw(ulong Seed, long When, int Zone, Cause Cause, int Index = 0);

/// <summary>Random numbers as a pure function of their name, so a controller cannot change the luck of the day.</summary>
internal static class Chance
{
    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(in Draw draw) => SplitMix.Uniform(Bits(draw));

    /// <summary>Standard normal.</summary>
    public static double Normal(in Draw draw)
    {
        var bits = Bits(draw);
        return SplitMix.Normal(bits, SplitMix.Mix(bits + SplitMix.Golden));
    }

    private static ulong Bits(in Draw draw)
    {
        var state = SplitMix.Mix(draw.Seed + SplitMix.Golden);
        state = SplitMix.Mix(state ^ ((ulong)draw.When * SplitMix.Golden));
        return SplitMix.Mix(state ^ ((ulong)draw.Zone << 40 | (ulong)draw.Cause << 32 | (uint)draw.Index));
    }
}
