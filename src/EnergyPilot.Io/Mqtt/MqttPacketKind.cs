namespace EnergyPilot.Io.Mqtt;

/// <summary>The kinds of control packets, by their number in the fixed header (5.0 §2.1.2).</summary>
internal enum MqttPacketKind : byte
{
    Connect = 1,
    Connack,
    Publish,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Subscribe,
    Suback,
    Unsubscribe,
    Unsuback,
    Pingreq,
    Pingresp,
    Disconnect,
    Auth,

    /// <summary>Not a packet: the place in CONNECT where the properties of the will stand.</summary>
    Will,
}
