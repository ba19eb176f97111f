namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// Most readings are a whole number of some decimal step, because a register held it: then the whole number says the value to
/// the last bit and takes two bytes. A form is how the value follows from the whole number; what fits none is kept as its 64 bits.
/// </summary>
internal static class NumberForm
{
    /// <summary>The value's own 64 bits.</summary>
    public const int Bits = 0;

    /// <summary>The 32 bits of a single-precision number.</summary>
    public const int Single = 1;

    // Dividing by ten and multiplying by a tenth differ in the last bit; decoders do the one or the other.
    private static readonly double[] Divisors = [1, 10, 100, 1000, 10_000];
    private static readonly double[] Factors = [0.1, 0.01, 0.001, 0.0001];
    private const double LargestWhole = 1L << 48;

    public static int Count => 2 + Divisors.Length + Factors.Length;

    /// <summary>The value of a whole number in a form.</summary>
    public static double Of(int form, long whole) => form switch
    {
        Bits => BitConverter.Int64BitsToDouble(whole),
        Single => BitConverter.Int32BitsToSingle((int)whole),
        _ when form - 2 < Divisors.Length => whole / Divisors[form - 2],
        _ => whole * Factors[form - 2 - Divisors.Length],
    };

    /// <summary>The form and whole number that give this very value: the form of the last time if it still fits, else the shortest.</summary>
    public static (int Form, long Whole) Find(double value, int usual)
    {
        if (usual > Single && TryWhole(value, usual, out var whole)) return (usual, whole);
        for (var form = 2; form < Count; form++)
            if (TryWhole(value, form, out whole)) return (form, whole);
        return IsSame((float)value, value) ? (Single, BitConverter.SingleToInt32Bits((float)value)) : (Bits, BitConverter.DoubleToInt64Bits(value));
    }

    private static bool TryWhole(double value, int form, out long whole)
    {
        whole = 0;
        var scaled = Math.Round(form - 2 < Divisors.Length ? value * Divisors[form - 2] : value / Factors[form - 2 - Divisors.Length]);
        if (!(Math.Abs(scaled) <= LargestWhole)) return false;
        whole = (long)scaled;
        return IsSame(Of(form, whole), value);
    }

    private static bool IsSame(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
