using System.Buffers;
using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>A payload as plain facts that outlive its bytes, can be compared as text, and written.</summary>
internal sealed record PayloadFacts(ulong? Timestamp, byte? Sequence, string Uuid, string Body, params MetricFacts[] Metrics)
{
    /// <summary>Takes a payload that must be good.</summary>
    public static PayloadFacts Read(ReadOnlySpan<byte> bytes)
    {
        SparkplugPayload.TryParse(bytes, SparkplugLimits.Birth, out var payload, out var fault).ShouldBeTrue($"{fault}: {Convert.ToHexString(bytes)}");
        return Of(payload);
    }

    public static PayloadFacts Of(in SparkplugPayload payload) =>
        new(payload.Timestamp, payload.Sequence, Encoding.UTF8.GetString(payload.Uuid), Convert.ToHexString(payload.Body), MetricFacts.All(payload.Metrics));

    public byte[] Bytes()
    {
        var to = new ArrayBufferWriter<byte>();
        var writer = new SparkplugWriter(to);
        if (Timestamp is { } at && SparkplugTime.TryRead(at, out var instant))
            writer.Timestamp(instant);
        if (Sequence is { } sequence)
            writer.Sequence(sequence);
        if (Uuid.Length > 0)
            writer.Uuid(Encoding.UTF8.GetBytes(Uuid));
        if (Body.Length > 0)
            writer.Body(Convert.FromHexString(Body));
        foreach (var metric in Metrics)
            metric.Write(writer);
        return to.WrittenSpan.ToArray();
    }

    public override string ToString() => $"{Timestamp} #{Sequence} {Uuid} {Body}\n{string.Join('\n', Metrics.AsEnumerable())}";
}
