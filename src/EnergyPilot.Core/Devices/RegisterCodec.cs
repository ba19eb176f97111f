using System.Buffers.Binary;

namespace EnergyPilot.Core.Devices;

/// <summary>Turns registers into a value in the canonical unit of the point's quantity, and back. What does not fit throws; nothing wraps round.</summary>
public static class RegisterCodec
{
    private const int WordBits = 16;

    /// <summary>How many 16-bit words a number of this format takes; a bit travels in one.</summary>
    public static int Words(this RegisterFormat format) => format switch
    {
        RegisterFormat.Bit or RegisterFormat.U16 or RegisterFormat.I16 => 1,
        RegisterFormat.U32 or RegisterFormat.I32 or RegisterFormat.F32 => 2,
        RegisterFormat.U64 or RegisterFormat.I64 or RegisterFormat.F64 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The value in the canonical unit; not a number when the device says that it has none.</summary>
    /// <param name="encoding">How the device writes it.</param>
    /// <param name="words">The registers as they came, lowest address first; more than needed are ignored.</param>
    /// <exception cref="ArgumentException">There are fewer words than the format takes.</exception>
    public static double Decode(RegisterEncoding encoding, ReadOnlySpan<ushort> words)
    {
        var raw = Gather(encoding, words);
        if (encoding.NotAvailable.Contains(raw)) return double.NaN;
        if (encoding.Bits != BitRange.All)
            return encoding.Unit.ToCanonical(((raw & encoding.Bits.Mask) >> encoding.Bits.First) * encoding.Scale + encoding.Offset);
        var number = encoding.Format switch
        {
            RegisterFormat.Bit => raw == 0 ? 0.0 : 1.0,
            RegisterFormat.I16 => unchecked((short)raw),
            RegisterFormat.I32 => unchecked((int)raw),
            RegisterFormat.I64 => unchecked((long)raw),
            RegisterFormat.F32 => BitConverter.UInt32BitsToSingle(checked((uint)raw)),
            RegisterFormat.F64 => BitConverter.UInt64BitsToDouble(raw),
            _ => raw,
        };
        return encoding.Unit.ToCanonical(number * encoding.Scale + encoding.Offset);
    }

    /// <summary>
    /// Writes a value of the canonical unit as the device wants it; whole formats take the nearest step. Not a number becomes
    /// the first pattern that means "no value". Where only some bits count, the others stay as they stand in <paramref name="words"/>.
    /// </summary>
    /// <exception cref="OverflowException">The value does not fit the format, or there is no pattern for "no value".</exception>
    /// <exception cref="ArgumentException">There is less room than the format takes.</exception>
    public static void Encode(RegisterEncoding encoding, double value, Span<ushort> words)
    {
        var scaled = (encoding.Unit.FromCanonical(value) - encoding.Offset) / encoding.Scale;
        var raw = double.IsNaN(scaled) ? NoValue(encoding) : encoding.Format switch
        {
            RegisterFormat.Bit => scaled >= 0.5 ? 1UL : 0UL,
            RegisterFormat.U16 => checked((ushort)Math.Round(scaled)),
            RegisterFormat.I16 => unchecked((ushort)checked((short)Math.Round(scaled))),
            RegisterFormat.U32 => checked((uint)Math.Round(scaled)),
            RegisterFormat.I32 => unchecked((uint)checked((int)Math.Round(scaled))),
            RegisterFormat.U64 => checked((ulong)Math.Round(scaled)),
            RegisterFormat.I64 => unchecked((ulong)checked((long)Math.Round(scaled))),
            RegisterFormat.F32 => BitConverter.SingleToUInt32Bits(Narrow(scaled)),
            RegisterFormat.F64 => BitConverter.DoubleToUInt64Bits(scaled),
            _ => throw new ArgumentException($"Unknown format {encoding.Format}", nameof(encoding)),
        };
        Scatter(encoding, encoding.Bits == BitRange.All ? raw : Among(encoding, raw, words), words);
    }

    /// <summary>The bits of a single register that count, as the register stands on the wire.</summary>
    public static ushort Mask(RegisterEncoding encoding)
    {
        Span<ushort> words = stackalloc ushort[1];
        Scatter(encoding, encoding.Bits.Mask & ushort.MaxValue, words);
        return words[0];
    }

    private static ulong Among(RegisterEncoding encoding, ulong bits, ReadOnlySpan<ushort> words)
    {
        var shifted = bits << encoding.Bits.First;
        if (bits > encoding.Bits.Mask >> encoding.Bits.First) throw new OverflowException($"The value does not fit {encoding.Bits.Count} bits");
        return Gather(encoding, words) & ~encoding.Bits.Mask | shifted;
    }

    private static ulong NoValue(RegisterEncoding encoding) => encoding switch
    {
        { NotAvailable.IsEmpty: false } => encoding.NotAvailable[0],
        { Format: RegisterFormat.F32 } => BitConverter.SingleToUInt32Bits(float.NaN),
        { Format: RegisterFormat.F64 } => BitConverter.DoubleToUInt64Bits(double.NaN),
        _ => throw new OverflowException($"{encoding.Format} has no way to say that there is no value"),
    };

    private static float Narrow(double value)
    {
        var narrow = (float)value;
        return float.IsFinite(narrow) || !double.IsFinite(value) ? narrow : throw new OverflowException("The value does not fit 32 bits");
    }

    private static ulong Gather(RegisterEncoding encoding, ReadOnlySpan<ushort> words)
    {
        var count = encoding.Format.Words();
        if (words.Length < count) throw new ArgumentException($"{encoding.Format} takes {count} registers", nameof(words));
        var raw = 0UL;
        for (var i = 0; i < count; i++) raw = raw << WordBits | InOrder(encoding.Order, words[HighestFirst(encoding.Order, i, count)]);
        return raw;
    }

    private static void Scatter(RegisterEncoding encoding, ulong raw, Span<ushort> words)
    {
        var count = encoding.Format.Words();
        if (words.Length < count) throw new ArgumentException($"{encoding.Format} takes {count} registers", nameof(words));
        for (var i = count - 1; i >= 0; i--, raw >>= WordBits)
            words[HighestFirst(encoding.Order, i, count)] = InOrder(encoding.Order, unchecked((ushort)raw));
    }

    /// <summary>Where the word with the i-th highest bits stands.</summary>
    private static int HighestFirst(WordOrder order, int i, int count) =>
        order is WordOrder.Little or WordOrder.LittleByteSwapped ? count - 1 - i : i;

    private static ushort InOrder(WordOrder order, ushort word) =>
        order is WordOrder.BigByteSwapped or WordOrder.LittleByteSwapped ? BinaryPrimitives.ReverseEndianness(word) : word;
}
