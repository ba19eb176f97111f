namespace EnergyPilot.Io.Sparkplug;

/// <summary>A list of property sets, walked over where it lies.</summary>
public ref struct SparkplugPropertySets
{
    private ProtobufReader reader;

    internal SparkplugPropertySets(ReadOnlySpan<byte> message) => reader = new ProtobufReader(message);

    /// <summary>The set at hand.</summary>
    public readonly SparkplugProperties Current => new(reader.Bytes);

    /// <summary>Walks from where this stands.</summary>
    public readonly SparkplugPropertySets GetEnumerator() => this;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        while (reader.TryRead())
            if (reader.Field == 1)
                return true;
        return false;
    }
}
