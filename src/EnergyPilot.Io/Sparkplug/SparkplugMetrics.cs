namespace EnergyPilot.Io.Sparkplug;

/// <summary>The metrics of a payload or a template, walked over where they lie.</summary>
public ref struct SparkplugMetrics
{
    // The same number in a payload and in a template.
    internal const int Field = 2;

    private ProtobufReader reader;

    internal SparkplugMetrics(ReadOnlySpan<byte> message) => reader = new ProtobufReader(message);

    /// <summary>The metric at hand.</summary>
    public readonly SparkplugMetric Current => new(reader.Bytes);

    /// <summary>Walks from where this stands.</summary>
    public readonly SparkplugMetrics GetEnumerator() => this;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        while (reader.TryRead())
            if (reader.Field == Field)
                return true;
        return false;
    }
}
