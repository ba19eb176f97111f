namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// One value as it lies on the wire. What it means depends on its data type, which data messages leave out because the
/// birth said it: therefore reading a value takes the type.
/// </summary>
public readonly ref partial struct SparkplugValue
{
    private readonly ulong bits;
    private readonly ReadOnlySpan<byte> block;

    private SparkplugValue(SparkplugValueKind kind, ulong bits) => (Kind, this.bits) = (kind, bits);

    private SparkplugValue(SparkplugValueKind kind, ReadOnlySpan<byte> block)
    {
        Kind = kind;
        this.block = block;
    }

    /// <summary>The form of the value.</summary>
    public SparkplugValueKind Kind { get; }

    /// <summary>The bytes of text (UTF-8), bytes, or of a message; of other kinds empty. Valid as long as the payload is.</summary>
    public ReadOnlySpan<byte> Bytes => block;

    /// <summary>The table; without columns when it is none.</summary>
    public SparkplugDataSet DataSet => new(Kind == SparkplugValueKind.DataSet ? block : default);

    /// <summary>The template; empty when it is none.</summary>
    public SparkplugTemplate Template => SparkplugTemplate.Read(Kind == SparkplugValueKind.Template ? block : default);

    /// <summary>The properties of a property; none when it has another kind.</summary>
    public SparkplugProperties Properties => new(Kind == SparkplugValueKind.PropertySet ? block : default);

    /// <summary>The sets of a list of property sets; none when it has another kind.</summary>
    public SparkplugPropertySets PropertySets => new(Kind == SparkplugValueKind.PropertySetList ? block : default);

    /// <summary>A value of Int8, Int16, Int32, UInt8 or UInt16. Negative numbers become two's complement in 32 bits.</summary>
    public static SparkplugValue Of(int value) => new(SparkplugValueKind.Int, (uint)value);

    /// <summary>A value of UInt32.</summary>
    public static SparkplugValue Of(uint value) => new(SparkplugValueKind.Int, value);

    /// <summary>A value of Int64. Negative numbers become two's complement in 64 bits.</summary>
    public static SparkplugValue Of(long value) => new(SparkplugValueKind.Long, (ulong)value);

    /// <summary>A value of UInt64.</summary>
    public static SparkplugValue Of(ulong value) => new(SparkplugValueKind.Long, value);

    /// <summary>A value of Float.</summary>
    public static SparkplugValue Of(float value) => new(SparkplugValueKind.Float, BitConverter.SingleToUInt32Bits(value));

    /// <summary>A value of Double.</summary>
    public static SparkplugValue Of(double value) => new(SparkplugValueKind.Double, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A value of Boolean.</summary>
    public static SparkplugValue Of(bool value) => new(SparkplugValueKind.Boolean, value ? 1u : 0u);

    /// <summary>A value of DateTime, to the millisecond. An instant before 1970 throws.</summary>
    public static SparkplugValue Of(DateTimeOffset value) => new(SparkplugValueKind.Long, SparkplugTime.Milliseconds(value));

    /// <summary>A value of String, Text or UUID, in UTF-8.</summary>
    public static SparkplugValue OfText(ReadOnlySpan<byte> text) => new(SparkplugValueKind.Text, text);

    /// <summary>A value of Bytes, File or an array.</summary>
    public static SparkplugValue OfBytes(ReadOnlySpan<byte> bytes) => new(SparkplugValueKind.Bytes, bytes);

    /// <summary>A value of PropertySet.</summary>
    public static SparkplugValue Of(SparkplugProperties properties) => new(SparkplugValueKind.PropertySet, properties.Block);

    internal static SparkplugValue Read(SparkplugValueKind kind, scoped in ProtobufReader from) => kind switch
    {
        SparkplugValueKind.Int => new(kind, (uint)from.Number),
        <= SparkplugValueKind.Double => new(kind, from.Number),
        SparkplugValueKind.Boolean => new(kind, from.Number == 0 ? 0u : 1u),
        _ => new(kind, from.Bytes),
    };

    internal void Write(ref ProtobufWriter to, int field)
    {
        switch (Kind)
        {
            case SparkplugValueKind.None:
                break;
            case SparkplugValueKind.Int or SparkplugValueKind.Long or SparkplugValueKind.Boolean:
                to.Number(field, bits);
                break;
            case SparkplugValueKind.Float:
                to.Fixed32(field, (uint)bits);
                break;
            case SparkplugValueKind.Double:
                to.Fixed64(field, bits);
                break;
            default:
                to.Bytes(field, block);
                break;
        }
    }
}
