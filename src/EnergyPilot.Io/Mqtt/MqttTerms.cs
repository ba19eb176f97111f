namespace EnergyPilot.Io.Mqtt;

/// <summary>What the server agreed to in CONNACK (5.0 §3.2.2.3); with 3.1.1 what holds without a word.</summary>
internal readonly record struct MqttTerms(
    TimeSpan KeepAlive, int ReceiveMaximum, uint MaximumPacketSize, MqttQos MaximumQos, bool CanRetain, bool IsSessionPresent)
{
    public static MqttTerms Of(in MqttConnack connack, MqttOptions options)
    {
        var said = connack.Properties;
        // MQTT-3.2.2-21: the server's keep-alive time replaces ours; 0 would switch it off, which leaves ours for finding dead lines.
        var keepAlive = said.Number(MqttPropertyId.ServerKeepAlive, 0);
        return new MqttTerms(
            keepAlive > 0 ? TimeSpan.FromSeconds(keepAlive) : options.KeepAlive,
            (int)said.Number(MqttPropertyId.ReceiveMaximum, ushort.MaxValue),
            said.Number(MqttPropertyId.MaximumPacketSize, uint.MaxValue),
            (MqttQos)said.Number(MqttPropertyId.MaximumQos, (uint)MqttQos.ExactlyOnce),
            said.Number(MqttPropertyId.RetainAvailable, 1) != 0,
            connack.IsSessionPresent);
    }

    /// <summary>Whether a packet may be sent to this server: MQTT-3.2.2-11, -14 and -15.</summary>
    public MqttResult Judge(byte head, int length)
    {
        if (length > MaximumPacketSize)
            return MqttResult.Failed(MqttFault.TooLarge);
        if ((head >> 1 & 3) > (int)MaximumQos)
            return MqttResult.Of(MqttReason.QosNotSupported);
        return (head & 1) != 0 && !CanRetain ? MqttResult.Of(MqttReason.RetainNotSupported) : MqttResult.Of(MqttReason.Success);
    }
}
