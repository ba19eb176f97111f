namespace EnergyPilot.Io.Mqtt;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP (5.0 §3.4 to §3.7), which are alike.</summary>
internal readonly struct MqttAck(MqttPacketKind kind, ushort identifier, MqttReason reason, MqttProperties properties) : IMqttPacket
{
    public MqttPacketKind Kind => kind;

    public ushort Identifier => identifier;

    public MqttReason Reason => reason;

    public MqttProperties Properties => properties;

    // MQTT-3.6.1-1
    public byte Head => MqttEncoder.Head(kind, kind == MqttPacketKind.Pubrel ? 0b0010 : 0);

    public static bool TryParse(in MqttFrame frame, MqttVersion version, out MqttAck packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        var identifier = reader.PacketIdentifier();
        var code = (byte)MqttReason.Success;
        var properties = MqttProperties.None;
        // §3.4.2.1: without a reason code it is success; without a property length there are no properties.
        if (version == MqttVersion.V50 && reader.HasMore)
        {
            code = reader.Byte();
            if (!MqttReasons.Fits(frame.Kind, code))
                reader.Fail(MqttMalformed.Reason);
            if (reader.HasMore)
                properties = MqttProperties.Read(ref reader, frame.Kind);
        }

        packet = new MqttAck(frame.Kind, identifier, (MqttReason)code, properties);
        return reader.IsDone(out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.UInt16(identifier);
        if (version == MqttVersion.V311 || (reason == MqttReason.Success && properties.Block.IsEmpty))
            return;
        to.Byte((byte)reason);
        if (!properties.Block.IsEmpty)
            to.Properties(properties);
    }
}
