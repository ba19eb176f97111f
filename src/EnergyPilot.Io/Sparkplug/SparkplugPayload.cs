namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// A payload of Sparkplug B, checked as a whole before anything of it is used and left in the bytes that were received:
/// it is valid as long as they are, and reading it allocates nothing.
/// </summary>
public readonly ref struct SparkplugPayload
{
    internal const int SequenceField = 3;

    private readonly ReadOnlySpan<byte> message;

    private SparkplugPayload(ReadOnlySpan<byte> message, int metrics)
    {
        this.message = message;
        MetricCount = metrics;
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            switch (reader.Field)
            {
                case 1:
                    Timestamp = reader.Number;
                    break;
                case SequenceField:
                    Sequence = (byte)reader.Number;
                    break;
                case 4:
                    Uuid = reader.Bytes;
                    break;
                case 5:
                    Body = reader.Bytes;
                    break;
            }
    }

    /// <summary>When it was sent, in milliseconds (<see cref="SparkplugTime"/>); null when absent.</summary>
    public ulong? Timestamp { get; }

    /// <summary>Its place in the sender's sequence; null when absent, as in commands and deaths of nodes.</summary>
    public byte? Sequence { get; }

    /// <summary>What the body is (UTF-8); empty when absent.</summary>
    public ReadOnlySpan<byte> Uuid { get; }

    /// <summary>Bytes with a meaning of their own; empty when absent.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>How many metrics there are, those inside templates included.</summary>
    public int MetricCount { get; }

    /// <summary>The metrics in their order.</summary>
    public SparkplugMetrics Metrics => new(message);

    /// <summary>Takes a payload; false with the reason when it is none or beyond the limits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, SparkplugLimits limits, out SparkplugPayload payload, out SparkplugFault fault)
    {
        payload = default;
        fault = SparkplugFault.TooLarge;
        if (bytes.Length > limits.MaxBytes)
            return false;
        var check = new SparkplugCheck(limits);
        check.Message(SparkplugShape.Payload, bytes, 0);
        fault = check.Fault;
        if (fault == SparkplugFault.None)
            payload = new SparkplugPayload(bytes, check.Metrics);
        return fault == SparkplugFault.None;
    }
}
