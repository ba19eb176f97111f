namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// One value with its type, which can be kept: what metrics are born with, data carry and commands ask for.
/// The default is no value: null. Tables and templates are none.
/// </summary>
public readonly partial record struct SparkplugScalar
{
    private readonly ulong bits;
    private readonly string? text;
    private readonly ReadOnlyMemory<byte> block;

    private SparkplugScalar(SparkplugType type, ulong bits) => (Type, this.bits) = (type, bits);

    /// <summary>What it is; <see cref="SparkplugType.Unknown"/> for null.</summary>
    public SparkplugType Type { get; private init; }

    /// <summary>No value now.</summary>
    public static SparkplugScalar None => default;

    /// <summary>Whether there is no value now.</summary>
    public bool IsNull => Type == SparkplugType.Unknown;

    /// <summary>The bytes of Bytes, File or an array; of others none.</summary>
    public ReadOnlyMemory<byte> Bytes => block;

    /// <summary>A Boolean.</summary>
    public static SparkplugScalar Of(bool value) => new(SparkplugType.Boolean, value ? 1u : 0u);

    /// <summary>An Int32.</summary>
    public static SparkplugScalar Of(int value) => new(SparkplugType.Int32, (ulong)value);

    /// <summary>A UInt32.</summary>
    public static SparkplugScalar Of(uint value) => new(SparkplugType.UInt32, value);

    /// <summary>An Int64.</summary>
    public static SparkplugScalar Of(long value) => new(SparkplugType.Int64, (ulong)value);

    /// <summary>A UInt64.</summary>
    public static SparkplugScalar Of(ulong value) => new(SparkplugType.UInt64, value);

    /// <summary>A Float.</summary>
    public static SparkplugScalar Of(float value) => new(SparkplugType.Float, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A Double.</summary>
    public static SparkplugScalar Of(double value) => new(SparkplugType.Double, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A DateTime, to the millisecond. An instant before 1970 throws.</summary>
    public static SparkplugScalar Of(DateTimeOffset value) => new(SparkplugType.DateTime, SparkplugTime.Milliseconds(value));

    /// <summary>A String.</summary>
    public static SparkplugScalar Of(string value) => new(value, SparkplugType.String);

    /// <summary>Bytes, which must not change from now on.</summary>
    public static SparkplugScalar OfBytes(ReadOnlyMemory<byte> value) => new(value, SparkplugType.Bytes);

    /// <summary>Whether it is true; false when it is no Boolean.</summary>
    public bool TryBoolean(out bool value)
    {
        value = Type == SparkplugType.Boolean && bits != 0;
        return Type == SparkplugType.Boolean;
    }

    /// <summary>The number of an integer type; false when there is none or it is above 2^63 − 1.</summary>
    public bool TryInteger(out long value)
    {
        value = (long)bits;
        return Type is >= SparkplugType.Int8 and <= SparkplugType.UInt32 || (Type == SparkplugType.UInt64 && value >= 0);
    }

    /// <summary>The number of any numeric type, whole ones beyond 2^53 rounded; false when there is none.</summary>
    public bool TryNumber(out double value)
    {
        var isNumber = Type is >= SparkplugType.Int8 and <= SparkplugType.Double;
        value = Type switch
        {
            SparkplugType.Float or SparkplugType.Double => BitConverter.UInt64BitsToDouble(bits),
            SparkplugType.UInt64 => bits,
            _ => isNumber ? (long)bits : 0,
        };
        return isNumber;
    }

    /// <summary>The text of String, Text or UUID; false when it is none.</summary>
    public bool TryText(out string value)
    {
        value = text ?? "";
        return text is not null;
    }

    /// <summary>The instant of a DateTime; false when it is none or lies beyond the year 9999.</summary>
    public bool TryTime(out DateTimeOffset value)
    {
        value = default;
        return Type == SparkplugType.DateTime && SparkplugTime.TryRead(bits, out value);
    }

    /// <inheritdoc/>
    public override string ToString() => Type switch
    {
        SparkplugType.Unknown => "null",
        SparkplugType.Boolean => bits != 0 ? "true" : "false",
        SparkplugType.DateTime => TryTime(out var at) ? at.ToString("O", null) : $"{bits} ms",
        _ when text is not null => text,
        _ when TryInteger(out var whole) => FormattableString.Invariant($"{whole}"),
        _ when TryNumber(out var number) => FormattableString.Invariant($"{number}"),
        _ => $"{block.Length} bytes",
    };

    private SparkplugScalar(string value, SparkplugType type) => (Type, text) = (type, value);

    private SparkplugScalar(ReadOnlyMemory<byte> value, SparkplugType type) => (Type, block) = (type, value);
}
