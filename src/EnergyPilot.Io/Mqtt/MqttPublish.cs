using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>PUBLISH (5.0 §3.3): a message, in either direction.</summary>
internal readonly struct MqttPublish : IMqttPacket
{
    private const int RetainFlag = 0x01, DuplicateFlag = 0x08;

    public MqttQos Qos { get; init; }

    public bool IsRetained { get; init; }

    public bool IsDuplicate { get; init; }

    public ReadOnlySequence<byte> Topic { get; init; }

    /// <summary>0 for QoS 0, which has none.</summary>
    public ushort Identifier { get; init; }

    public MqttProperties Properties { get; init; }

    public ReadOnlySequence<byte> Payload { get; init; }

    public byte Head => MqttEncoder.Head(MqttPacketKind.Publish, (IsDuplicate ? DuplicateFlag : 0) | (int)Qos << 1 | (IsRetained ? RetainFlag : 0));

    /// <summary>The first byte of a PUBLISH that is sent again (MQTT-3.3.1-1).</summary>
    public static byte Again(byte head) => (byte)(head | DuplicateFlag);

    public static bool TryParse(in MqttFrame frame, MqttVersion version, out MqttPublish packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        var qos = (MqttQos)(frame.Flags >> 1 & 3);
        var topic = reader.Text();
        packet = new MqttPublish
        {
            Qos = qos,
            IsRetained = (frame.Flags & RetainFlag) != 0,
            IsDuplicate = (frame.Flags & DuplicateFlag) != 0,
            Topic = topic,
            Identifier = qos == MqttQos.AtMostOnce ? (ushort)0 : reader.PacketIdentifier(),
            Properties = version == MqttVersion.V50 ? MqttProperties.Read(ref reader, MqttPacketKind.Publish) : default,
            Payload = reader.Rest(),
        };
        // §3.3.2.1: without a name there must be an alias.
        var isAliased = topic.IsEmpty && reader.IsGood && packet.Properties.Contains(MqttPropertyId.TopicAlias);
        if (!isAliased && !MqttTopic.IsName(topic))
            reader.Fail(MqttMalformed.Topic);
        return reader.IsDone(out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.Binary(Topic);
        if (Qos != MqttQos.AtMostOnce)
            to.UInt16(Identifier);
        if (version == MqttVersion.V50)
            to.Properties(Properties);
        to.Raw(Payload);
    }
}
