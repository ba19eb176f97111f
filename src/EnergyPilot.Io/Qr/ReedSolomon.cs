namespace EnergyPilot.Io.Qr;

/// <summary>Error correction over GF(256) with the polynomial x⁸+x⁴+x³+x²+1 (ISO/IEC 18004, 7.5 and annex A).</summary>
internal static class ReedSolomon
{
    private const int Polynomial = 0x11D;

    /// <summary>So many codewords that correct errors in these.</summary>
    public static byte[] Remainder(ReadOnlySpan<byte> data, int count)
    {
        var generator = Generator(count);
        var rest = new byte[count];
        foreach (var b in data)
        {
            var factor = b ^ rest[0];
            Array.Copy(rest, 1, rest, 0, count - 1);
            rest[^1] = 0;
            for (var i = 0; i < count; i++) rest[i] ^= Product(generator[i], factor);
        }

        return rest;
    }

    // (x − 2⁰)(x − 2¹)…, the leading 1 left out.
    private static byte[] Generator(int degree)
    {
        var generator = new byte[degree];
        generator[^1] = 1;
        var root = 1;
        for (var n = 0; n < degree; n++)
        {
            for (var i = 0; i < degree; i++)
                generator[i] = (byte)(Product(generator[i], root) ^ (i + 1 < degree ? generator[i + 1] : 0));
            root = Product((byte)root, 2);
        }

        return generator;
    }

    private static byte Product(byte a, int b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
        {
            product = product << 1 ^ (product >> 7) * Polynomial;
            product ^= (b >> i & 1) * a;
        }

        return (byte)product;
    }
}
