using System.Buffers;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>A message that was received, copied once and shared by all whom it waits for.</summary>
internal sealed class BrokerMessage
{
    // The objects around the bytes and the places in queues.
    private const int Overhead = 160;

    private readonly byte[] bytes;
    private readonly int topicLength;
    private readonly int propertiesLength;

    private BrokerMessage(byte[] bytes, int topicLength, int propertiesLength) =>
        (this.bytes, this.topicLength, this.propertiesLength) = (bytes, topicLength, propertiesLength);

    public MqttQos Qos { get; private init; }

    public bool IsRetained { get; private init; }

    /// <summary>The timestamp after which it is no longer delivered.</summary>
    public long Due { get; init; } = long.MaxValue;

    public ReadOnlySpan<byte> Topic => bytes.AsSpan(0, topicLength);

    /// <summary>The properties that are passed on as they came (MQTT-3.3.2-4, -15 to -20).</summary>
    public ReadOnlySpan<byte> Properties => bytes.AsSpan(topicLength, propertiesLength);

    public ReadOnlySpan<byte> Payload => bytes.AsSpan(topicLength + propertiesLength);

    /// <summary>What it costs to keep it for one client.</summary>
    public int Size => bytes.Length + Overhead;

    public static BrokerMessage Of(in MqttPublish from, TimeProvider time) =>
        new(Copy(from.Topic, from.Properties, from.Payload, out var kept), (int)from.Topic.Length, kept)
        {
            Qos = from.Qos,
            IsRetained = from.IsRetained,
            Due = DueOf(from.Properties, time),
        };

    public static BrokerMessage WillOf(in MqttConnect from) =>
        new(Copy(from.WillTopic, from.WillProperties, from.WillPayload, out var kept), (int)from.WillTopic.Length, kept)
        {
            Qos = from.WillQos,
            IsRetained = from.IsWillRetained,
        };

    /// <summary>The same with the time until which it is delivered: a will's time runs from its publication.</summary>
    public BrokerMessage Until(long due) => new(bytes, topicLength, propertiesLength) { Qos = Qos, IsRetained = IsRetained, Due = due };

    /// <summary>The timestamp after which a message with these properties is no longer delivered.</summary>
    public static long DueOf(in MqttProperties properties, TimeProvider time)
    {
        var seconds = properties.Number(MqttPropertyId.MessageExpiryInterval, uint.MaxValue);
        return seconds == uint.MaxValue ? long.MaxValue : time.GetTimestamp() + (seconds * time.TimestampFrequency);
    }

    private static byte[] Copy(in ReadOnlySequence<byte> topic, in MqttProperties properties, in ReadOnlySequence<byte> payload, out int kept)
    {
        kept = 0;
        foreach (var property in properties)
            kept += IsPassedOn(property.Id) ? LengthOf(property) : 0;
        var bytes = new byte[topic.Length + kept + payload.Length];
        topic.CopyTo(bytes);
        var (from, to) = (0, (int)topic.Length);
        foreach (var property in properties)
        {
            var length = LengthOf(property);
            if (IsPassedOn(property.Id))
            {
                properties.Block.Slice(from, length).CopyTo(bytes.AsSpan(to));
                to += length;
            }

            from += length;
        }

        payload.CopyTo(bytes.AsSpan(to));
        return bytes;
    }

    // What remains of the time is written anew for each delivery; the will's delay is not the subscribers' business.
    private static bool IsPassedOn(MqttPropertyId id) => id is not (MqttPropertyId.MessageExpiryInterval or MqttPropertyId.WillDelayInterval);

    private static int LengthOf(in MqttProperty property) => 1 + MqttPropertyTable.ShapeOf(property.Id) switch
    {
        MqttPropertyShape.Byte => 1,
        MqttPropertyShape.UInt16 => 2,
        MqttPropertyShape.UInt32 => 4,
        MqttPropertyShape.TextPair => 4 + (int)property.Name.Length + (int)property.Value.Length,
        // Variable integers do not get here: the only one is refused in what clients publish.
        _ => 2 + (int)property.Value.Length,
    };
}
