using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>CONNECT (5.0 §3.1): who the client is and what it asks for.</summary>
internal readonly struct MqttConnect : IMqttPacket
{
    private const int CleanStartFlag = 0x02, WillFlag = 0x04, WillRetainFlag = 0x20, PasswordFlag = 0x40, UserFlag = 0x80;
    private const int WillQosMask = 0x18;

    // "MQTT"
    private const uint ProtocolName = 0x4D515454;

    public MqttVersion Version { get; init; }

    public byte ConnectFlags { get; init; }

    /// <summary>In seconds; 0 is none.</summary>
    public ushort KeepAlive { get; init; }

    public MqttProperties Properties { get; init; }

    public ReadOnlySequence<byte> ClientId { get; init; }

    public MqttProperties WillProperties { get; init; }

    public ReadOnlySequence<byte> WillTopic { get; init; }

    public ReadOnlySequence<byte> WillPayload { get; init; }

    public ReadOnlySequence<byte> User { get; init; }

    public ReadOnlySequence<byte> Password { get; init; }

    public bool IsCleanStart => (ConnectFlags & CleanStartFlag) != 0;

    public bool HasWill => (ConnectFlags & WillFlag) != 0;

    public MqttQos WillQos => (MqttQos)((ConnectFlags & WillQosMask) >> 3);

    public bool IsWillRetained => (ConnectFlags & WillRetainFlag) != 0;

    public bool HasUser => (ConnectFlags & UserFlag) != 0;

    public bool HasPassword => (ConnectFlags & PasswordFlag) != 0;

    public byte Head => MqttEncoder.Head(MqttPacketKind.Connect, 0);

    public static MqttConnect Of(MqttOptions options, string clientId)
    {
        var flags = options.SessionExpiry > TimeSpan.Zero ? 0 : CleanStartFlag;
        if (options.User.Length > 0)
            flags |= UserFlag;
        if (options.Password.Length > 0)
            flags |= PasswordFlag;
        var wanted = options.WillOf?.Invoke() ?? options.Will;
        if (wanted is { } will)
            flags |= WillFlag | (int)will.Qos << 3 | (will.Retain ? WillRetainFlag : 0);
        return new MqttConnect
        {
            Version = options.Version,
            ConnectFlags = (byte)flags,
            KeepAlive = (ushort)options.KeepAlive.TotalSeconds,
            Properties = options.ConnectProperties(),
            ClientId = MqttText.Of(clientId),
            WillProperties = wanted?.Properties ?? MqttProperties.None,
            WillTopic = wanted?.Topic.Utf8 ?? default,
            WillPayload = new ReadOnlySequence<byte>(wanted?.Payload ?? default),
            User = MqttText.Of(options.User),
            Password = MqttText.Of(options.Password),
        };
    }

    public static bool TryParse(in MqttFrame frame, out MqttConnect packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        packet = default;
        // MQTT-3.1.2-1
        if (reader.UInt16() != 4 || reader.UInt32() != ProtocolName)
            reader.Fail(MqttMalformed.ProtocolName);
        var version = (MqttVersion)reader.Byte();
        if (version is not (MqttVersion.V311 or MqttVersion.V50))
            reader.Fail(MqttMalformed.ProtocolLevel);
        var flags = reader.Byte();
        CheckFlags(ref reader, flags, version);
        if (reader.IsGood)
            packet = ReadFields(ref reader, flags, version);
        return reader.IsDone(out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.UInt16(4);
        to.UInt32(ProtocolName);
        to.Byte((byte)Version);
        to.Byte(ConnectFlags);
        to.UInt16(KeepAlive);
        if (Version == MqttVersion.V50)
            to.Properties(Properties);
        to.Binary(ClientId);
        if (HasWill)
            WriteWill(ref to);
        if (HasUser)
            to.Binary(User);
        if (HasPassword)
            to.Binary(Password);
    }

    private void WriteWill(ref MqttWriter to)
    {
        if (Version == MqttVersion.V50)
            to.Properties(WillProperties);
        to.Binary(WillTopic);
        to.Binary(WillPayload);
    }

    private static void CheckFlags(ref MqttReader reader, byte flags, MqttVersion version)
    {
        // MQTT-3.1.2-3: bit 0 is reserved.
        if ((flags & 0x01) != 0)
            reader.Fail(MqttMalformed.Flags);
        // MQTT-3.1.2-12
        if ((flags & WillQosMask) == WillQosMask)
            reader.Fail(MqttMalformed.Qos);
        // MQTT-3.1.2-11, -13: no will, no settings of it.
        if ((flags & WillFlag) == 0 && (flags & (WillQosMask | WillRetainFlag)) != 0)
            reader.Fail(MqttMalformed.Flags);
        // 3.1.1 MQTT-3.1.2-22; 5.0 allows a password alone.
        if (version == MqttVersion.V311 && (flags & (UserFlag | PasswordFlag)) == PasswordFlag)
            reader.Fail(MqttMalformed.Flags);
    }

    private static MqttConnect ReadFields(ref MqttReader reader, byte flags, MqttVersion version)
    {
        var isV50 = version == MqttVersion.V50;
        // Initializers run in this order, which is the order of the fields in the packet (MQTT-3.1.3-1).
        return new MqttConnect
        {
            Version = version,
            ConnectFlags = flags,
            KeepAlive = reader.UInt16(),
            Properties = isV50 ? MqttProperties.Read(ref reader, MqttPacketKind.Connect) : default,
            ClientId = reader.Text(),
            WillProperties = isV50 && (flags & WillFlag) != 0 ? MqttProperties.Read(ref reader, MqttPacketKind.Will) : default,
            WillTopic = (flags & WillFlag) != 0 ? WillTopicName(ref reader) : default,
            WillPayload = (flags & WillFlag) != 0 ? reader.Binary() : default,
            User = (flags & UserFlag) != 0 ? reader.Text() : default,
            Password = (flags & PasswordFlag) != 0 ? reader.Binary() : default,
        };
    }

    private static ReadOnlySequence<byte> WillTopicName(ref MqttReader reader)
    {
        var topic = reader.Text();
        if (!MqttTopic.IsName(topic))
            reader.Fail(MqttMalformed.Topic);
        return topic;
    }
}
