namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// One metric of a payload: read, it points into the payload's bytes and is valid as long as they are; to be written, into the
/// caller's. What is absent is null, empty, or <see cref="SparkplugType.Unknown"/>, because absent is what an optional field of this wire means.
/// </summary>
public readonly ref struct SparkplugMetric
{
    /// <summary>The name (UTF-8, folders divided by slashes); empty where an alias stands for it.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The number that a birth gave to the name.</summary>
    public ulong? Alias { get; init; }

    /// <summary>When it was measured, in milliseconds (<see cref="SparkplugTime"/>).</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>What the value is; said in births, as a rule not in data. A number that the specification does not know is kept as it is.</summary>
    public SparkplugType Type { get; init; }

    /// <summary>Whether it is late data, not the present value.</summary>
    public bool IsHistorical { get; init; }

    /// <summary>Whether it should not be stored.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether there is no value now.</summary>
    public bool IsNull { get; init; }

    /// <summary>What is said about large or binary values.</summary>
    public SparkplugMetaData MetaData { get; init; }

    /// <summary>Unit, range, quality and whatever else is said about the metric.</summary>
    public SparkplugProperties Properties { get; init; }

    /// <summary>The value; none where <see cref="IsNull"/> says so.</summary>
    public SparkplugValue Value { get; init; }

    internal static SparkplugMetric Read(ReadOnlySpan<byte> message)
    {
        var read = default(SparkplugMetric);
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            read = reader.Field switch
            {
                1 => read with { Name = reader.Bytes },
                2 => read with { Alias = reader.Number },
                3 => read with { Timestamp = reader.Number },
                4 => read with { Type = (SparkplugType)(uint)reader.Number },
                5 => read with { IsHistorical = reader.Number != 0 },
                6 => read with { IsTransient = reader.Number != 0 },
                7 => read with { IsNull = reader.Number != 0 },
                8 => read with { MetaData = SparkplugMetaData.Read(reader.Bytes) },
                9 => read with { Properties = new(reader.Bytes) },
                // Several values: the last counts, as in every Protocol Buffers reader.
                >= SparkplugSchema.MetricValue and <= SparkplugSchema.MetricValue + 8 =>
                    read with { Value = SparkplugValue.Read((SparkplugValueKind)(reader.Field - SparkplugSchema.MetricValue + 1), reader) },
                _ => read,
            };
        return read.IsNull ? read with { Value = default } : read;
    }

    internal void Write(ref ProtobufWriter to)
    {
        to.Optional(1, Name);
        to.Optional(2, Alias);
        to.Optional(3, Timestamp);
        to.Optional(4, Type == SparkplugType.Unknown ? null : (ulong)Type);
        to.Flag(5, IsHistorical);
        to.Flag(6, IsTransient);
        to.Flag(7, IsNull);
        WriteMetaData(ref to);
        to.Optional(9, Properties.Block);
        Value.Write(ref to, SparkplugSchema.MetricValue - 1 + (int)Value.Kind);
    }

    private void WriteMetaData(ref ProtobufWriter to)
    {
        var counted = ProtobufWriter.Counting;
        MetaData.Write(ref counted);
        if (counted.Length == 0)
            return;
        to.Head(8, counted.Length);
        MetaData.Write(ref to);
    }
}
