namespace EnergyPilot.Io.Mqtt;

/// <summary>DISCONNECT (5.0 §3.14) and AUTH (§3.15): a reason and its properties; DISCONNECT of 3.1.1 is empty.</summary>
internal readonly struct MqttFarewell(MqttPacketKind kind, MqttReason reason, MqttProperties properties) : IMqttPacket
{
    public MqttPacketKind Kind => kind;

    public MqttReason Reason => reason;

    public MqttProperties Properties => properties;

    public byte Head => MqttEncoder.Head(kind, 0);

    public static bool TryParse(in MqttFrame frame, MqttVersion version, out MqttFarewell packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        var code = (byte)MqttReason.Success;
        var properties = MqttProperties.None;
        if (version == MqttVersion.V311 && frame.Kind == MqttPacketKind.Auth)
            reader.Fail(MqttMalformed.Kind);
        // §3.14.2.1, §3.15.2.1: nothing at all is success; without a property length there are no properties.
        if (version == MqttVersion.V50 && reader.HasMore)
        {
            code = reader.Byte();
            if (!MqttReasons.Fits(frame.Kind, code))
                reader.Fail(MqttMalformed.Reason);
            if (reader.HasMore)
                properties = MqttProperties.Read(ref reader, frame.Kind);
        }

        packet = new MqttFarewell(frame.Kind, (MqttReason)code, properties);
        return reader.IsDone(out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        if (version == MqttVersion.V311 || (reason == MqttReason.Success && properties.Block.IsEmpty))
            return;
        to.Byte((byte)reason);
        if (!properties.Block.IsEmpty)
            to.Properties(properties);
    }
}
