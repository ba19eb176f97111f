namespace EnergyPilot.Io.Sparkplug;

/// <summary>One property of a metric.</summary>
public readonly ref struct SparkplugProperty
{
    /// <summary>Its name (UTF-8).</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>What its value is.</summary>
    public SparkplugType Type { get; init; }

    /// <summary>Whether there is no value now.</summary>
    public bool IsNull { get; init; }

    /// <summary>The value; none where <see cref="IsNull"/> says so.</summary>
    public SparkplugValue Value { get; init; }

    internal static SparkplugProperty Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        var read = new SparkplugProperty { Key = key };
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            read = reader.Field switch
            {
                1 => read with { Type = (SparkplugType)(uint)reader.Number },
                2 => read with { IsNull = reader.Number != 0 },
                >= SparkplugSchema.PropertyValue and <= SparkplugSchema.PropertyValue + 7 =>
                    read with { Value = SparkplugValue.Read(KindAt(reader.Field - SparkplugSchema.PropertyValue), reader) },
                _ => read,
            };
        return read.IsNull ? read with { Value = default } : read;
    }

    internal void Write(ref ProtobufWriter to)
    {
        to.Number(1, (ulong)Type);
        to.Flag(2, IsNull);
        var isBasic = Value.Kind <= SparkplugValueKind.Text;
        Value.Write(ref to, SparkplugSchema.PropertyValue - 1 + (int)(isBasic ? Value.Kind : Value.Kind - Missing));
    }

    // Of the kinds of value, properties lack bytes, data sets and templates.
    private const int Missing = SparkplugValueKind.PropertySet - SparkplugValueKind.Bytes;

    private static SparkplugValueKind KindAt(int place)
    {
        var kind = (SparkplugValueKind)(place + 1);
        return kind <= SparkplugValueKind.Text ? kind : kind + Missing;
    }
}
