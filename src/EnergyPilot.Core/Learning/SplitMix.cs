namespace EnergyPilot.Core.Learning;

/// <summary>
/// Numbers that look random and are a function of their key alone: the finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, OOPSLA 2014).
/// </summary>
public static class SplitMix
{
    /// <summary>Odd, so that keys times this are all different; its bits are those of the golden ratio.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    private const double Unit = 1.0 / (1UL << 53);

    /// <summary>64 bits for a key.</summary>
    public static ulong Mix(ulong key)
    {
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        return key ^ (key >> 31);
    }

    /// <summary>Uniform in [0, 1), of mixed bits.</summary>
    public static double Uniform(ulong bits) => (bits >> 11) * Unit;

    /// <summary>Standard normal, of two times mixed bits (Box and Muller 1958).</summary>
    public static double Normal(ulong first, ulong second) => Math.Sqrt(-2.0 * Math.Log(((first >> 11) + 1.0) * Unit)) * Math.Cos(2.0 * Math.PI * Uniform(second));
}
