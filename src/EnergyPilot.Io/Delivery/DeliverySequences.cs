using System.Buffers;

namespace EnergyPilot.Io.Delivery;

/// <summary>
/// Sequence numbers as bytes: each the difference to the one before (the first to 0), zigzag-coded so that small ones of either sign are short,
/// seven bits a byte, lowest first (as in Protocol Buffers' sint64). One or two bytes a sample.
/// </summary>
public static class DeliverySequences
{
    /// <summary>The most bytes that one number takes.</summary>
    public const int MostBytes = 10;

    /// <summary>Appends a number.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="before">The number before; 0 for the first.</param>
    /// <param name="sequence">The number.</param>
    public static void Write(IBufferWriter<byte> to, long before, long sequence)
    {
        var difference = unchecked(sequence - before);
        var rest = unchecked((ulong)(difference << 1) ^ (ulong)(difference >> 63));
        var span = to.GetSpan(MostBytes);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7) span[length++] = (byte)(rest | 0x80);
        span[length++] = (byte)rest;
        to.Advance(length);
    }

    /// <summary>Reads them all; false when the bytes are no such thing or are more than <paramref name="sequences"/> holds.</summary>
    /// <param name="bytes">What was written.</param>
    /// <param name="sequences">Where the numbers go.</param>
    /// <param name="count">How many there were.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Span<long> sequences, out int count)
    {
        count = 0;
        long last = 0;
        while (!bytes.IsEmpty)
        {
            if (count == sequences.Length || !TryNumber(ref bytes, out var zigzag)) return false;
            last = unchecked(last + ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)));
            sequences[count++] = last;
        }

        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> bytes, out ulong number)
    {
        number = 0;
        for (var i = 0; i < bytes.Length && i < MostBytes; i++)
        {
            // The tenth byte has room for one bit.
            if (i == MostBytes - 1 && bytes[i] > 1) return false;
            number |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
