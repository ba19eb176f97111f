namespace EnergyPilot.Io.Sparkplug;

/// <summary>The parameters of a template, walked over where they lie; a parameter reads like a property.</summary>
public ref struct SparkplugParameters
{
    private const int Parameter = 3;
    private const int Name = 1;
    private const int Type = 2;

    private ProtobufReader reader;

    internal SparkplugParameters(ReadOnlySpan<byte> message) => reader = new ProtobufReader(message);

    /// <summary>The parameter at hand.</summary>
    public readonly SparkplugProperty Current
    {
        get
        {
            var read = default(SparkplugProperty);
            var parameter = new ProtobufReader(reader.Bytes);
            while (parameter.TryRead())
                read = parameter.Field switch
                {
                    Name => read with { Key = parameter.Bytes },
                    Type => read with { Type = (SparkplugType)(uint)parameter.Number },
                    >= SparkplugSchema.PropertyValue and <= SparkplugSchema.PropertyValue + 5 =>
                        read with { Value = SparkplugValue.Read((SparkplugValueKind)(parameter.Field - SparkplugSchema.PropertyValue + 1), parameter) },
                    _ => read,
                };
            return read;
        }
    }

    /// <summary>Walks from where this stands.</summary>
    public readonly SparkplugParameters GetEnumerator() => this;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        while (reader.TryRead())
            if (reader.Field == Parameter)
                return true;
        return false;
    }
}
