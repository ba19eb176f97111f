namespace EnergyPilot.Io.Sparkplug;

/// <summary>The rows of a table, walked over where they lie.</summary>
public ref struct SparkplugRows
{
    private const int Row = 4;

    private ProtobufReader reader;

    internal SparkplugRows(ReadOnlySpan<byte> message) => reader = new ProtobufReader(message);

    /// <summary>The values of the row at hand.</summary>
    public readonly SparkplugCells Current => new(reader.Bytes);

    /// <summary>Walks from where this stands.</summary>
    public readonly SparkplugRows GetEnumerator() => this;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        while (reader.TryRead())
            if (reader.Field == Row)
                return true;
        return false;
    }
}
