namespace EnergyPilot.Io.Mqtt;

/// <summary>PINGREQ and PINGRESP (5.0 §3.12, §3.13): nothing but the header.</summary>
internal readonly struct MqttPing(MqttPacketKind kind) : IMqttPacket
{
    public byte Head => MqttEncoder.Head(kind, 0);

    public static bool IsValid(in MqttFrame frame, out MqttMalformed fault)
    {
        fault = frame.Body.IsEmpty ? MqttMalformed.None : MqttMalformed.Trailing;
        return frame.Body.IsEmpty;
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
    }
}
