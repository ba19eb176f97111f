namespace EnergyPilot.Io.Mqtt;

/// <summary>Which reason codes a packet may have (5.0 table 2-6), and what the codes of 3.1.1 mean.</summary>
internal static class MqttReasons
{
    public static bool Fits(MqttPacketKind kind, byte code) => kind switch
    {
        MqttPacketKind.Connack => code is 0 or >= 0x80 and <= 0x8A or 0x8C or 0x90 or 0x95 or 0x97 or >= 0x99 and <= 0x9D or 0x9F,
        MqttPacketKind.Puback or MqttPacketKind.Pubrec => code is 0 or 0x10 or 0x80 or 0x83 or 0x87 or 0x90 or 0x91 or 0x97 or 0x99,
        MqttPacketKind.Pubrel or MqttPacketKind.Pubcomp => code is 0 or 0x92,
        MqttPacketKind.Suback => code is <= 2 or 0x80 or 0x83 or 0x87 or 0x8F or 0x91 or 0x97 or 0x9E or 0xA1 or 0xA2,
        MqttPacketKind.Unsuback => code is 0 or 0x11 or 0x80 or 0x83 or 0x87 or 0x8F or 0x91,
        MqttPacketKind.Disconnect => code is 0 or 4 or >= 0x80 and <= 0x83 or 0x87 or 0x89 or 0x8B or >= 0x8C and <= 0x90 or >= 0x93 and <= 0xA2,
        MqttPacketKind.Auth => code is 0 or 0x18 or 0x19,
        _ => false,
    };

    /// <summary>The return codes of CONNACK, 3.1.1 §3.2.2.3.</summary>
    public static bool TryConnectCode(byte code, out MqttReason reason)
    {
        reason = code switch
        {
            0 => MqttReason.Success,
            1 => MqttReason.UnsupportedProtocolVersion,
            2 => MqttReason.ClientIdentifierNotValid,
            3 => MqttReason.ServerUnavailable,
            4 => MqttReason.BadUserNameOrPassword,
            5 => MqttReason.NotAuthorized,
            _ => MqttReason.Unspecified,
        };
        return code <= 5;
    }

    public static byte ToConnectCode(MqttReason reason) => reason switch
    {
        MqttReason.Success => 0,
        MqttReason.UnsupportedProtocolVersion => 1,
        MqttReason.ClientIdentifierNotValid => 2,
        MqttReason.BadUserNameOrPassword => 4,
        MqttReason.NotAuthorized or MqttReason.Banned => 5,
        _ => 3,
    };

    /// <summary>What to tell the peer that sent such bytes.</summary>
    public static MqttReason Of(MqttMalformed why) => why switch
    {
        MqttMalformed.TooLarge => MqttReason.PacketTooLarge,
        MqttMalformed.PropertyRepeated or MqttMalformed.PropertyValue or MqttMalformed.Empty => MqttReason.ProtocolError,
        _ => MqttReason.MalformedPacket,
    };
}
