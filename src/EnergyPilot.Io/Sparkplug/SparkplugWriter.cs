using System.Buffers;
using System.Text.Unicode;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Writes a payload field by field; nothing is kept and nothing allocated but by the target itself. What the specification forbids
/// throws before a byte is written: those are mistakes of the program, not of a peer.
/// </summary>
public sealed class SparkplugWriter(IBufferWriter<byte> to)
{
    /// <summary>When the message is sent.</summary>
    public void Timestamp(DateTimeOffset at) => Number(1, SparkplugTime.Milliseconds(at));

    /// <summary>The place of the message in this node's sequence; not in commands and deaths of nodes.</summary>
    public void Sequence(byte sequence) => Number(SparkplugPayload.SequenceField, sequence);

    /// <summary>What the body is (UTF-8).</summary>
    public void Uuid(ReadOnlySpan<byte> uuid)
    {
        RequireText(uuid);
        Bytes(4, uuid);
    }

    /// <summary>Bytes with a meaning of their own.</summary>
    public void Body(ReadOnlySpan<byte> body) => Bytes(5, body);

    /// <summary>Adds a metric.</summary>
    public void Metric(in SparkplugMetric metric)
    {
        Require(metric);
        var counted = ProtobufWriter.Counting;
        metric.Write(ref counted);
        var writer = new ProtobufWriter(to.GetSpan(WithHead(counted.Length)));
        writer.Head(SparkplugMetrics.Field, counted.Length);
        metric.Write(ref writer);
        to.Advance(writer.Length);
    }

    /// <summary>How many bytes a metric will take, so that a payload can be closed before it grows too large.</summary>
    public static int SizeOf(in SparkplugMetric metric)
    {
        var counted = ProtobufWriter.Counting;
        metric.Write(ref counted);
        return WithHead(counted.Length);
    }

    private static int WithHead(int length)
    {
        var counted = ProtobufWriter.Counting;
        counted.Head(SparkplugMetrics.Field, length);
        return counted.Length + length;
    }

    private static void Require(in SparkplugMetric metric)
    {
        // payloads-name-requirement
        if (metric.Name.IsEmpty && metric.Alias is null)
            throw new ArgumentException("A metric has a name or an alias.", nameof(metric));
        // payloads-metric-datatype-value
        if (metric.Type is < SparkplugType.Unknown or > SparkplugType.DateTimeArray or SparkplugType.PropertySet or SparkplugType.PropertySetList)
            throw new ArgumentException($"{metric.Type} is not a type of metrics.", nameof(metric));
        if (metric.IsNull && metric.Value.Kind != SparkplugValueKind.None)
            throw new ArgumentException("A metric that is null has no value.", nameof(metric));
        if (metric.Value.Kind is SparkplugValueKind.PropertySet or SparkplugValueKind.PropertySetList)
            throw new ArgumentException("Property sets are values of properties.", nameof(metric));
        if (metric.Type != SparkplugType.Unknown && metric.Value.Kind != SparkplugValueKind.None && !metric.Value.Fits(metric.Type))
            throw new ArgumentException($"The value in the form {metric.Value.Kind} is no {metric.Type}.", nameof(metric));
        RequireText(metric.Name);
        if (metric.Value.Kind == SparkplugValueKind.Text)
            RequireText(metric.Value.Bytes);
        RequireTexts(metric.MetaData);
    }

    private static void RequireTexts(in SparkplugMetaData metaData)
    {
        RequireText(metaData.ContentType);
        RequireText(metaData.FileName);
        RequireText(metaData.FileType);
        RequireText(metaData.Md5);
        RequireText(metaData.Description);
    }

    private static void RequireText(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            throw new ArgumentException("The text is not UTF-8.", nameof(text));
    }

    private void Number(int field, ulong value)
    {
        // One byte of tag, at most ten of number.
        var writer = new ProtobufWriter(to.GetSpan(11));
        writer.Number(field, value);
        to.Advance(writer.Length);
    }

    private void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        // One byte of tag, at most five of length.
        var writer = new ProtobufWriter(to.GetSpan(bytes.Length + 6));
        writer.Bytes(field, bytes);
        to.Advance(writer.Length);
    }
}
