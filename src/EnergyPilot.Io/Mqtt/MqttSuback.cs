using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>SUBACK (5.0 §3.9) and UNSUBACK (§3.11): one reason code per filter; UNSUBACK of 3.1.1 has none.</summary>
internal readonly struct MqttSuback(MqttPacketKind kind, ushort identifier, MqttProperties properties, ReadOnlySequence<byte> codes) : IMqttPacket
{
    public MqttPacketKind Kind => kind;

    public ushort Identifier => identifier;

    public MqttProperties Properties => properties;

    public ReadOnlySequence<byte> Codes => codes;

    public byte Head => MqttEncoder.Head(kind, 0);

    public static bool TryParse(in MqttFrame frame, MqttVersion version, out MqttSuback packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        var identifier = reader.PacketIdentifier();
        var properties = version == MqttVersion.V50 ? MqttProperties.Read(ref reader, frame.Kind) : default;
        var hasCodes = version == MqttVersion.V50 || frame.Kind == MqttPacketKind.Suback;
        packet = new MqttSuback(frame.Kind, identifier, properties, hasCodes ? reader.Rest() : default);
        if (hasCodes)
            CheckCodes(ref reader, packet, version);
        return reader.IsDone(out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.UInt16(identifier);
        if (version == MqttVersion.V50)
            to.Properties(properties);
        if (version == MqttVersion.V50 || kind == MqttPacketKind.Suback)
            to.Raw(codes);
    }

    private static void CheckCodes(ref MqttReader reader, in MqttSuback packet, MqttVersion version)
    {
        if (packet.Codes.IsEmpty)
            reader.Fail(MqttMalformed.Empty);
        foreach (var part in packet.Codes)
            foreach (var code in part.Span)
                // 3.1.1 MQTT-3.9.3-2
                if (version == MqttVersion.V311 ? code is not (<= 2 or 0x80) : !MqttReasons.Fits(packet.Kind, code))
                    reader.Fail(MqttMalformed.Reason);
    }
}
