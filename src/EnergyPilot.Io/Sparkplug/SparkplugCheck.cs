using System.Text.Unicode;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Goes once through a whole payload before anything of it is used, so that what walks over it later meets no fault halfway.
/// Allocates nothing.
/// </summary>
internal ref struct SparkplugCheck(SparkplugLimits limits)
{
    private const int DeepestEver = 64;

    private readonly int maxDepth = Math.Min(limits.MaxDepth, DeepestEver);

    public SparkplugFault Fault { get; private set; }

    /// <summary>How many metrics there are, those inside templates included.</summary>
    public int Metrics { get; private set; }

    public void Message(SparkplugShape shape, ReadOnlySpan<byte> message, int depth)
    {
        if (depth > maxDepth)
            Fail(SparkplugFault.TooDeep);
        if (shape == SparkplugShape.Metric && ++Metrics > limits.MaxMetrics)
            Fail(SparkplugFault.TooManyMetrics);
        var (keys, values) = (0, 0);
        var reader = new ProtobufReader(message);
        while (Fault == SparkplugFault.None && reader.TryRead())
        {
            keys += reader.Field == 1 ? 1 : 0;
            values += reader.Field == 2 ? 1 : 0;
            Field(shape, reader, depth);
        }

        Fail(reader.Fault);
        // payloads-propertyset-keys-array-size, payloads-propertyset-values-array-size
        if (shape == SparkplugShape.PropertySet && keys != values)
            Fail(SparkplugFault.PropertySet);
        if (shape == SparkplugShape.DataSet && Fault == SparkplugFault.None && !new SparkplugDataSet(message).IsRectangular)
            Fail(SparkplugFault.DataSet);
    }

    private void Field(SparkplugShape message, in ProtobufReader reader, int depth)
    {
        var shape = SparkplugSchema.ShapeOf(message, reader.Field);
        if (!IsWireOf(shape, reader.Wire))
        {
            Fail(SparkplugFault.WireType);
            return;
        }

        if (shape >= SparkplugShape.Payload)
            Message(shape, reader.Bytes, depth + 1);
        else if (shape == SparkplugShape.Text && !Utf8.IsValid(reader.Bytes))
            Fail(SparkplugFault.Text);
        else if (shape == SparkplugShape.NumberList && reader.Wire == ProtobufWire.LengthDelimited)
            Fail(PackedFault(reader.Bytes));
        else if (message == SparkplugShape.Payload && reader.Field == SparkplugPayload.SequenceField && reader.Number > byte.MaxValue)
            Fail(SparkplugFault.Sequence);
    }

    private static bool IsWireOf(SparkplugShape shape, ProtobufWire wire) => shape switch
    {
        SparkplugShape.Unknown => true,
        SparkplugShape.Number => wire == ProtobufWire.Varint,
        // A reader takes both forms of a list, whichever the schema asks a writer for.
        SparkplugShape.NumberList => wire is ProtobufWire.Varint or ProtobufWire.LengthDelimited,
        SparkplugShape.Fixed32 => wire == ProtobufWire.Fixed32,
        SparkplugShape.Fixed64 => wire == ProtobufWire.Fixed64,
        _ => wire == ProtobufWire.LengthDelimited,
    };

    private static SparkplugFault PackedFault(ReadOnlySpan<byte> list)
    {
        ProtobufReader.CountPacked(list, out var fault);
        return fault;
    }

    private void Fail(SparkplugFault why)
    {
        if (Fault == SparkplugFault.None)
            Fault = why;
    }
}
