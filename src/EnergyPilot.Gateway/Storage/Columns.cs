using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Columns of numbers as few bytes, exact to the last bit: what a sensor says is a short decimal or a single-precision number that
/// moves little, so its steps are small whole numbers. What is neither is kept as it is.
/// </summary>
internal static class Columns
{
    private const byte Constant = 0, Decimals = 1, Single = 8, Plain = 9, WithGaps = 0x80;
    private static readonly double[] Scales = [1, 10, 100, 1000, 10_000];

    public static void Write(ArrayBufferWriter<byte> sink, ReadOnlySpan<long> column)
    {
        var before = 0L;
        foreach (var number in column)
        {
            WriteNumber(sink, number - before);
            before = number;
        }
    }

    /// <summary>Not-a-number counts as a gap, whatever its bits.</summary>
    public static void Write(ArrayBufferWriter<byte> sink, ReadOnlySpan<double> column)
    {
        var known = new double[column.Length];
        var count = 0;
        foreach (var value in column)
            if (!double.IsNaN(value)) known[count++] = value;
        var values = known.AsSpan(0, count);
        var form = FormOf(values);
        Put(sink, count == column.Length ? form : (byte)(form | WithGaps));
        if (count < column.Length)
            foreach (var value in column) Put(sink, double.IsNaN(value) ? (byte)1 : (byte)0);
        WriteAs(sink, form, values);
    }

    /// <summary>One whole number, small ones in one byte (zigzag, then seven bits to a byte).</summary>
    public static void WriteNumber(ArrayBufferWriter<byte> sink, long number)
    {
        var left = (ulong)((number << 1) ^ (number >> 63));
        for (; left >= 0x80; left >>= 7) Put(sink, (byte)(left | 0x80));
        Put(sink, (byte)left);
    }

    public static bool TryRead(ref ReadOnlySpan<byte> bytes, Span<long> column)
    {
        var (before, at) = (0L, 0);
        for (var i = 0; i < column.Length; i++)
        {
            if (!TryReadNumber(bytes, ref at, out var step)) return false;
            column[i] = before = unchecked(before + step);
        }

        bytes = bytes[at..];
        return true;
    }

    public static bool TryRead(ref ReadOnlySpan<byte> bytes, Span<double> column)
    {
        if (bytes.IsEmpty) return false;
        var (form, hasGaps) = ((byte)(bytes[0] & ~WithGaps), (bytes[0] & WithGaps) != 0);
        bytes = bytes[1..];
        if (!hasGaps) return TryReadAs(ref bytes, form, column);
        if (bytes.Length < column.Length) return false;
        var gaps = bytes[..column.Length];
        bytes = bytes[column.Length..];
        var known = new double[gaps.Count((byte)0)];
        if (!TryReadAs(ref bytes, form, known)) return false;
        var next = 0;
        for (var i = 0; i < column.Length; i++) column[i] = gaps[i] == 0 ? known[next++] : double.NaN;
        return true;
    }

    public static bool TryReadNumber(ref ReadOnlySpan<byte> bytes, out long number)
    {
        var at = 0;
        if (!TryReadNumber(bytes, ref at, out number)) return false;
        bytes = bytes[at..];
        return true;
    }

    // Most numbers are one byte, and a year of one point has half a million of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out long number)
    {
        if ((uint)at >= (uint)bytes.Length || bytes[at] >= 0x80) return TryReadLong(bytes, ref at, out number);
        var one = bytes[at++];
        number = (one >> 1) ^ -(one & 1);
        return true;
    }

    private static bool TryReadLong(ReadOnlySpan<byte> bytes, ref int at, out long number)
    {
        var whole = 0UL;
        number = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var one = bytes[at++];
            whole |= (ulong)(one & 0x7F) << shift;
            if (one >= 0x80) continue;
            number = (long)(whole >> 1) ^ -(long)(whole & 1);
            return true;
        }

        return false;
    }

    private static byte FormOf(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return Plain;
        if (!values.ContainsAnyExcept(values[0]) && Same(values)) return Constant;
        for (var i = 0; i < Scales.Length; i++)
            if (AreDecimals(values, Scales[i])) return (byte)(Decimals + i);
        foreach (var value in values)
            if (!IsSame((float)value, value)) return Plain;
        return Single;
    }

    // 0.0 and -0.0 are equal and not the same.
    private static bool Same(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (!IsSame(value, values[0])) return false;
        return true;
    }

    private static bool AreDecimals(ReadOnlySpan<double> values, double scale)
    {
        foreach (var value in values)
            if (!(Math.Abs(value) < 1e14 / scale) || !IsSame(Math.Round(value * scale) / scale, value)) return false;
        return true;
    }

    private static bool IsSame(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static void WriteAs(ArrayBufferWriter<byte> sink, byte form, ReadOnlySpan<double> values)
    {
        var before = 0L;
        foreach (var value in values)
        {
            var number = form is >= Decimals and < Single ? (long)Math.Round(value * Scales[form - Decimals])
                : form == Single ? BitConverter.SingleToInt32Bits((float)value) : 0;
            if (form is Constant or Plain) PutPlain(sink, value);
            else WriteNumber(sink, number - before);
            if (form == Constant) return;
            before = number;
        }
    }

    private static bool TryReadAs(ref ReadOnlySpan<byte> bytes, byte form, Span<double> values)
    {
        if (values.IsEmpty) return true;
        if (form is Constant or Plain)
        {
            var known = form == Constant ? 1 : values.Length;
            if (bytes.Length < known * sizeof(double)) return false;
            for (var i = 0; i < known; i++) values[i] = BitConverter.ToDouble(bytes[(i * sizeof(double))..]);
            values[known..].Fill(values[0]);
            bytes = bytes[(known * sizeof(double))..];
            return true;
        }

        if (form > Single || (form < Single && form - Decimals >= Scales.Length)) return false;
        var (before, at, scale) = (0L, 0, form == Single ? 1 : Scales[form - Decimals]);
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryReadNumber(bytes, ref at, out var step)) return false;
            before = unchecked(before + step);
            values[i] = form == Single ? BitConverter.Int32BitsToSingle((int)before) : before / scale;
        }

        bytes = bytes[at..];
        return true;
    }

    private static void PutPlain(ArrayBufferWriter<byte> sink, double value)
    {
        BitConverter.TryWriteBytes(sink.GetSpan(sizeof(double)), value);
        sink.Advance(sizeof(double));
    }

    private static void Put(ArrayBufferWriter<byte> sink, byte one)
    {
        sink.GetSpan(1)[0] = one;
        sink.Advance(1);
    }

    /// <summary>CRC-32C of some bytes: a day that was packed is read again years later.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
