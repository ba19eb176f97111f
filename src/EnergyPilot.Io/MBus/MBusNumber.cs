using System.Buffers.Binary;

namespace EnergyPilot.Io.MBus;

/// <summary>Numbers on the wire, least significant byte first. Source: EN 13757-3, annex A, types A (BCD), B, C, D (binary) and H (real).</summary>
internal static class MBusNumber
{
    /// <summary>Type A: digits; a highest digit of F is a minus sign. False for other hexadecimal digits, which displays use for errors.</summary>
    public static bool TryBcd(ReadOnlySpan<byte> sent, out double value)
    {
        long digits = 0;
        var negative = false;
        value = 0;
        for (var i = sent.Length - 1; i >= 0; i--)
        {
            var (high, low) = (sent[i] >> 4, sent[i] & 0xF);
            if (high == 0xF && i == sent.Length - 1)
                (high, negative) = (0, true);
            if (high > 9 || low > 9)
                return false;
            digits = 100 * digits + 10 * high + low;
        }

        value = negative ? -digits : digits;
        return true;
    }

    /// <summary>Type B: two's complement of 1 to 8 bytes. False for the lowest value, which means "invalid".</summary>
    public static bool TrySigned(ReadOnlySpan<byte> sent, out double value)
    {
        var shift = 64 - 8 * sent.Length;
        var number = (long)(Bits(sent) << shift) >> shift;
        value = number;
        return number != long.MinValue >> shift;
    }

    /// <summary>Types C and D: unsigned, of 1 to 8 bytes.</summary>
    public static double Unsigned(ReadOnlySpan<byte> sent) => Bits(sent);

    /// <summary>Type H. False for what is not a finite number.</summary>
    public static bool TryReal(ReadOnlySpan<byte> sent, out double value)
    {
        value = BinaryPrimitives.ReadSingleLittleEndian(sent);
        return double.IsFinite(value);
    }

    /// <summary>False when the digits do not suffice.</summary>
    public static bool TryWriteBcd(long number, Span<byte> to)
    {
        var digits = Math.Abs((decimal)number);
        for (var i = 0; i < to.Length; i++)
        {
            var pair = (int)(digits % 100);
            to[i] = (byte)(pair / 10 << 4 | pair % 10);
            digits = decimal.Truncate(digits / 100);
        }

        if (digits > 0 || number < 0 && to[^1] >> 4 != 0)
            return false;
        if (number < 0)
            to[^1] |= 0xF0;
        return true;
    }

    /// <summary>Two's complement; false when the bytes do not suffice or would mean "invalid".</summary>
    public static bool TryWriteSigned(long number, Span<byte> to)
    {
        Write(number, to);
        return TrySigned(to, out _) && Extended(to) == number;
    }

    /// <summary>False when the number is negative or the bytes do not suffice.</summary>
    public static bool TryWriteUnsigned(long number, Span<byte> to)
    {
        Write(number, to);
        return number >= 0 && Bits(to) == (ulong)number;
    }

    private static void Write(long number, Span<byte> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = (byte)(number >> 8 * i);
    }

    private static long Extended(ReadOnlySpan<byte> sent)
    {
        var shift = 64 - 8 * sent.Length;
        return (long)(Bits(sent) << shift) >> shift;
    }

    private static ulong Bits(ReadOnlySpan<byte> sent)
    {
        ulong bits = 0;
        for (var i = sent.Length - 1; i >= 0; i--)
            bits = bits << 8 | sent[i];
        return bits;
    }
}
