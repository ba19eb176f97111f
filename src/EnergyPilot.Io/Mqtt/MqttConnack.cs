namespace EnergyPilot.Io.Mqtt;

/// <summary>CONNACK (5.0 §3.2): the server's answer to CONNECT.</summary>
internal readonly struct MqttConnack(bool isSessionPresent, MqttReason reason, MqttProperties properties) : IMqttPacket
{
    public bool IsSessionPresent => isSessionPresent;

    public MqttReason Reason => reason;

    public MqttProperties Properties => properties;

    public byte Head => MqttEncoder.Head(MqttPacketKind.Connack, 0);

    public static bool TryParse(in MqttFrame frame, MqttVersion version, out MqttConnack packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        // MQTT-3.2.2-1: the other seven bits are reserved.
        var flags = reader.Byte();
        if (flags > 1)
            reader.Fail(MqttMalformed.Flags);
        var code = reader.Byte();
        var reason = (MqttReason)code;
        // A server that knows only 3.1.1 answers in its own form that it does not know our version (3.1.1 MQTT-3.1.2-2).
        if (version == MqttVersion.V311 || (frame.Body.Length == 2 && code == 1))
        {
            if (!MqttReasons.TryConnectCode(code, out reason))
                reader.Fail(MqttMalformed.Reason);
            packet = new MqttConnack(flags == 1, reason, MqttProperties.None);
            return Concluded(ref reader, packet, out fault);
        }

        if (!MqttReasons.Fits(MqttPacketKind.Connack, code))
            reader.Fail(MqttMalformed.Reason);
        packet = new MqttConnack(flags == 1, reason, MqttProperties.Read(ref reader, MqttPacketKind.Connack));
        return Concluded(ref reader, packet, out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.Byte(isSessionPresent ? (byte)1 : (byte)0);
        to.Byte(version == MqttVersion.V50 ? (byte)reason : MqttReasons.ToConnectCode(reason));
        if (version == MqttVersion.V50)
            to.Properties(properties);
    }

    // MQTT-3.2.2-6: who refuses has no session.
    private static bool Concluded(ref MqttReader reader, in MqttConnack packet, out MqttMalformed fault)
    {
        if (packet.IsSessionPresent && packet.Reason != MqttReason.Success)
            reader.Fail(MqttMalformed.Flags);
        return reader.IsDone(out fault);
    }
}
