namespace EnergyPilot.Io.Sparkplug;

/// <summary>A table: columns with a name and a type, rows with a value for each. Every row of a table that was taken has all its values.</summary>
public readonly ref struct SparkplugDataSet
{
    private const int Columns = 1;
    private const int Name = 2;
    private const int Type = 3;
    private const int Row = 4;

    private readonly ReadOnlySpan<byte> message;

    internal SparkplugDataSet(ReadOnlySpan<byte> message) => this.message = message;

    /// <summary>How many columns there are.</summary>
    public int ColumnCount => Count(Name);

    /// <summary>How many rows there are.</summary>
    public int RowCount => Count(Row);

    /// <summary>The rows in their order.</summary>
    public SparkplugRows Rows => new(message);

    // payloads-dataset-column-size, -column-num-headers, -types-num
    internal bool IsRectangular
    {
        get
        {
            var columns = ColumnCount;
            var declared = 0ul;
            var types = 0;
            var reader = new ProtobufReader(message);
            while (reader.TryRead())
            {
                declared = reader.Field == Columns ? reader.Number : declared;
                types += reader.Field == Type ? TypesIn(reader) : 0;
                if (reader.Field == Row && new SparkplugCells(reader.Bytes).Count() != columns)
                    return false;
            }

            return declared == (ulong)columns && types == columns;
        }
    }

    /// <summary>The name (UTF-8) of a column; empty when there is no such column.</summary>
    public ReadOnlySpan<byte> ColumnName(int column)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            if (reader.Field == Name && column-- == 0)
                return reader.Bytes;
        return default;
    }

    /// <summary>The type of a column; unknown when there is no such column.</summary>
    public SparkplugType ColumnType(int column)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
        {
            if (reader.Field != Type)
                continue;
            if (reader.Wire == ProtobufWire.Varint && column-- == 0)
                return (SparkplugType)(uint)reader.Number;
            var list = new ProtobufReader(reader.Bytes);
            while (list.TryReadPacked(out var type))
                if (column-- == 0)
                    return (SparkplugType)(uint)type;
        }

        return SparkplugType.Unknown;
    }

    private int Count(int field)
    {
        var count = 0;
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            count += reader.Field == field ? 1 : 0;
        return count;
    }

    private static int TypesIn(in ProtobufReader reader) =>
        reader.Wire == ProtobufWire.Varint ? 1 : ProtobufReader.CountPacked(reader.Bytes, out _);
}
