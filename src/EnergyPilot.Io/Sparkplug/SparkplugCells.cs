namespace EnergyPilot.Io.Sparkplug;

/// <summary>The values of a row, one per column, walked over where they lie.</summary>
public ref struct SparkplugCells
{
    private ProtobufReader reader;

    internal SparkplugCells(ReadOnlySpan<byte> row) => reader = new ProtobufReader(row);

    /// <summary>The value at hand; none when the cell is empty.</summary>
    public readonly SparkplugValue Current
    {
        get
        {
            var value = default(SparkplugValue);
            var cell = new ProtobufReader(reader.Bytes);
            while (cell.TryRead())
                if (cell.Field is >= SparkplugSchema.CellValue and <= SparkplugSchema.CellValue + 5)
                    value = SparkplugValue.Read((SparkplugValueKind)(cell.Field - SparkplugSchema.CellValue + 1), cell);
            return value;
        }
    }

    /// <summary>Walks from where this stands.</summary>
    public readonly SparkplugCells GetEnumerator() => this;

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        while (reader.TryRead())
            if (reader.Field == 1)
                return true;
        return false;
    }

    internal int Count()
    {
        var count = 0;
        while (MoveNext())
            count++;
        return count;
    }
}
