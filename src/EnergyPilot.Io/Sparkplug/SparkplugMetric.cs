namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// One metric of a payload: read, it points into the payload's bytes and is valid as long as they are; to be written, into the
/// caller's. What is absent is null, empty, or <see cref="SparkplugType.Unknown"/>, because absent is what an optional field of this wire means.
/// </summary>
public readonly ref struct SparkplugMetric
{
    // Fields are set one by one: a copy of the whole for each of them would cost more than reading it.
    internal SparkplugMetric(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            switch (reader.Field)
            {
                case 1:
                    Name = reader.Bytes;
                    break;
                case 2:
                    Alias = reader.Number;
                    break;
                case 3:
                    Timestamp = reader.Number;
                    break;
                case 4:
                    Type = (SparkplugType)(uint)reader.Number;
                    break;
                case 8:
                    MetaData = SparkplugMetaData.Read(reader.Bytes);
                    break;
                case 9:
                    Properties = new(reader.Bytes);
                    break;
                // Several values: the last counts, as in every Protocol Buffers reader.
                case >= SparkplugSchema.MetricValue and <= SparkplugSchema.MetricValue + 8:
                    Value = SparkplugValue.Read((SparkplugValueKind)(reader.Field - SparkplugSchema.MetricValue + 1), reader);
                    break;
                case 5 or 6 or 7:
                    IsHistorical = reader.Field == 5 ? reader.Number != 0 : IsHistorical;
                    IsTransient = reader.Field == 6 ? reader.Number != 0 : IsTransient;
                    IsNull = reader.Field == 7 ? reader.Number != 0 : IsNull;
                    break;
            }

        if (IsNull)
            Value = default;
    }

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
