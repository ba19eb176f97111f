using System.Text;

namespace EnergyPilot.Io.Sparkplug;

// From type to type, to the wire and from it.
public readonly partial record struct SparkplugScalar
{
    /// <summary>
    /// The same value as another type: numbers where they fit (a Double becomes a Float with its precision), text as Text or UUID,
    /// bytes as File or an array, null as null. False when it would be another value.
    /// </summary>
    public bool TryAs(SparkplugType type, out SparkplugScalar value)
    {
        value = IsNull ? this : this with { Type = type };
        if (IsNull || Type == type)
            return true;
        switch (type)
        {
            case >= SparkplugType.Int8 and <= SparkplugType.UInt32:
                return TryInteger(out var whole) && IsIn(type, whole);
            case SparkplugType.UInt64:
                return TryInteger(out var positive) && positive >= 0;
            case SparkplugType.Float or SparkplugType.Double:
                var isNumber = TryNumber(out var number);
                number = type == SparkplugType.Float ? (float)number : number;
                value = new(type, BitConverter.DoubleToUInt64Bits(number));
                return isNumber;
            case SparkplugType.String or SparkplugType.Text or SparkplugType.Uuid:
                return text is not null && (type != SparkplugType.Uuid || Guid.TryParseExact(text, "D", out _));
            default:
                return IsOfBytes(type) && IsOfBytes(Type);
        }
    }

    /// <summary>Whether a value of that type can be kept like this.</summary>
    internal static bool IsOf(SparkplugType type) => type is (>= SparkplugType.Int8 and <= SparkplugType.Uuid) || IsOfBytes(type);

    /// <summary>The value for the wire; text is written to <paramref name="scratch"/>, which grows as needed.</summary>
    internal SparkplugValue Value(ref byte[] scratch)
    {
        switch (Type)
        {
            case SparkplugType.Unknown:
                return default;
            case SparkplugType.Boolean:
                return SparkplugValue.Of(bits != 0);
            case >= SparkplugType.Int8 and <= SparkplugType.Int32 or SparkplugType.UInt8 or SparkplugType.UInt16:
                return SparkplugValue.Of((int)(long)bits);
            case SparkplugType.UInt32:
                return SparkplugValue.Of((uint)bits);
            case SparkplugType.Int64 or SparkplugType.UInt64 or SparkplugType.DateTime:
                return SparkplugValue.Of(bits);
            case SparkplugType.Float:
                return SparkplugValue.Of((float)BitConverter.UInt64BitsToDouble(bits));
            case SparkplugType.Double:
                return SparkplugValue.Of(BitConverter.UInt64BitsToDouble(bits));
            default:
                return text is null ? SparkplugValue.OfBytes(block.Span) : SparkplugValue.OfText(Utf8(text, ref scratch));
        }
    }

    /// <summary>Takes a value from the wire, with a copy of text and bytes; false when it is none of that type.</summary>
    internal static bool TryRead(SparkplugType type, in SparkplugValue value, out SparkplugScalar scalar)
    {
        scalar = default;
        switch (type)
        {
            case SparkplugType.Boolean when value.TryBoolean(out var boolean):
                scalar = Of(boolean);
                return true;
            case SparkplugType.UInt64 or SparkplugType.DateTime when value.TryUnsigned(type, out var unsigned):
                scalar = new(type, unsigned);
                return true;
            case >= SparkplugType.Int8 and <= SparkplugType.UInt32 when value.TryInteger(type, out var whole):
                scalar = new(type, (ulong)whole);
                return true;
            case SparkplugType.Float or SparkplugType.Double when value.TryNumber(type, out var number):
                scalar = new(type, BitConverter.DoubleToUInt64Bits(number));
                return true;
            case SparkplugType.String or SparkplugType.Text or SparkplugType.Uuid when value.Fits(type):
                scalar = new(Encoding.UTF8.GetString(value.Bytes), type);
                return true;
            default:
                if (!IsOfBytes(type) || value.Kind != SparkplugValueKind.Bytes)
                    return false;
                scalar = new(value.Bytes.ToArray(), type);
                return true;
        }
    }

    private static bool IsOfBytes(SparkplugType type) =>
        type is SparkplugType.Bytes or SparkplugType.File or (>= SparkplugType.Int8Array and <= SparkplugType.DateTimeArray);

    private static bool IsIn(SparkplugType type, long value) => type switch
    {
        SparkplugType.Int8 => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        SparkplugType.Int16 => value is >= short.MinValue and <= short.MaxValue,
        SparkplugType.Int32 => value is >= int.MinValue and <= int.MaxValue,
        SparkplugType.UInt8 => value is >= 0 and <= byte.MaxValue,
        SparkplugType.UInt16 => value is >= 0 and <= ushort.MaxValue,
        SparkplugType.UInt32 => value is >= 0 and <= uint.MaxValue,
        _ => true,
    };

    private static ReadOnlySpan<byte> Utf8(string text, ref byte[] scratch)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (scratch.Length < most)
            scratch = new byte[most];
        return scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, scratch));
    }
}
