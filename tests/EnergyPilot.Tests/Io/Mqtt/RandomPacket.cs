using System.Buffers;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Valid packets of every kind, with whatever properties they may have.</summary>
internal static class RandomPacket
{
    private static readonly string[] Texts = ["", "a", "a/b", "spBv1.0/école/DDATA/x", "☃", "zigbee2mqtt/salle 4", new('x', 200)];
    private static readonly string[] Topics = ["a", "/", "a/b", "$SYS/x", "spBv1.0/école/DDATA/x", "☃/é"];
    private static readonly string[] Filters = ["#", "+", "a/+/b", "a/#", "/", "+/+/#", "$share/g/a/#", "$SYS/#"];

    public static byte[] Next(Random random, MqttVersion version)
    {
        var kind = (MqttPacketKind)random.Next(1, version == MqttVersion.V50 ? 16 : 15);
        return kind switch
        {
            MqttPacketKind.Connect => MqttBytes.Of(Connect(random, version), version),
            MqttPacketKind.Connack => Connack(random, version),
            MqttPacketKind.Publish => MqttBytes.Of(Publish(random, version), version),
            MqttPacketKind.Puback or MqttPacketKind.Pubrec or MqttPacketKind.Pubrel or MqttPacketKind.Pubcomp =>
                MqttBytes.Of(new MqttAck(kind, Identifier(random), Reason(random, kind), Properties(random, kind, version)), version),
            MqttPacketKind.Subscribe or MqttPacketKind.Unsubscribe =>
                MqttBytes.Of(new MqttSubscribe(kind, Identifier(random), Properties(random, kind, version), Entries(random, kind)), version),
            MqttPacketKind.Suback or MqttPacketKind.Unsuback =>
                MqttBytes.Of(new MqttSuback(kind, Identifier(random), Properties(random, kind, version), new(Codes(random))), version),
            MqttPacketKind.Pingreq or MqttPacketKind.Pingresp => MqttBytes.Of(new MqttPing(kind), version),
            _ => MqttBytes.Of(new MqttFarewell(kind, Reason(random, kind), Properties(random, kind, version)), version),
        };
    }

    private static MqttConnect Connect(Random random, MqttVersion version)
    {
        var will = random.Next(2) == 1;
        var user = random.Next(2) == 1;
        var password = random.Next(2) == 1 && (user || version == MqttVersion.V50);
        var flags = (random.Next(2) << 1) | (will ? 4 | random.Next(3) << 3 | random.Next(2) << 5 : 0) | (user ? 0x80 : 0) | (password ? 0x40 : 0);
        return new MqttConnect
        {
            Version = version,
            ConnectFlags = (byte)flags,
            KeepAlive = (ushort)random.Next(65536),
            Properties = Properties(random, MqttPacketKind.Connect, version),
            ClientId = Text(random),
            WillProperties = Properties(random, MqttPacketKind.Will, version),
            WillTopic = MqttText.Of(Pick(random, Topics)),
            WillPayload = Bytes(random),
            User = Text(random),
            Password = Bytes(random),
        };
    }

    private static byte[] Connack(Random random, MqttVersion version)
    {
        var reason = version == MqttVersion.V50 ? Reason(random, MqttPacketKind.Connack) : MqttReason.NotAuthorized;
        return MqttBytes.Of(new MqttConnack(reason == MqttReason.Success && random.Next(2) == 1, reason, Properties(random, MqttPacketKind.Connack, version)), version);
    }

    private static MqttPublish Publish(Random random, MqttVersion version)
    {
        var qos = (MqttQos)random.Next(3);
        return new MqttPublish
        {
            Qos = qos,
            IsRetained = random.Next(2) == 1,
            IsDuplicate = qos != MqttQos.AtMostOnce && random.Next(2) == 1,
            Topic = MqttText.Of(Pick(random, Topics)),
            Identifier = qos == MqttQos.AtMostOnce ? (ushort)0 : Identifier(random),
            Properties = Properties(random, MqttPacketKind.Publish, version),
            Payload = Bytes(random),
        };
    }

    private static MqttProperties Properties(Random random, MqttPacketKind place, MqttVersion version)
    {
        var list = new MqttPropertyList();
        if (version == MqttVersion.V311 || random.Next(3) == 0)
            return MqttProperties.None;
        foreach (var id in Enum.GetValues<MqttPropertyId>())
            if (id != MqttPropertyId.AuthenticationData && MqttPropertyTable.Fits(id, place) && random.Next(2) == 1)
                Add(list, id, random);
        return list.Properties;
    }

    private static void Add(MqttPropertyList list, MqttPropertyId id, Random random)
    {
        switch (MqttPropertyTable.ShapeOf(id))
        {
            case MqttPropertyShape.Byte:
                list.Add(id, (uint)random.Next(2));
                break;
            case MqttPropertyShape.Text:
                list.Add(id, id == MqttPropertyId.ResponseTopic ? Pick(random, Topics) : Pick(random, Texts));
                break;
            case MqttPropertyShape.Binary:
                list.Add(id, Pick(random, Texts).Select(c => (byte)c).ToArray());
                break;
            case MqttPropertyShape.TextPair:
                list.AddUser(Pick(random, Texts), Pick(random, Texts)).AddUser("", "");
                break;
            default:
                list.Add(id, (uint)random.Next(1, 65536));
                break;
        }
    }

    private static ReadOnlySequence<byte> Entries(Random random, MqttPacketKind kind)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var filter = MqttText.Of(Pick(random, Filters)).ToArray();
            bytes.Write<byte>([0, (byte)filter.Length, .. filter]);
            if (kind == MqttPacketKind.Subscribe)
                bytes.Write<byte>([(byte)random.Next(3)]);
        }

        return new(bytes.WrittenMemory);
    }

    private static byte[] Codes(Random random) => [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(2) == 0 ? (byte)0 : (byte)0x80)];

    private static MqttReason Reason(Random random, MqttPacketKind kind)
    {
        var reasons = Enum.GetValues<MqttReason>().Where(reason => MqttReasons.Fits(kind, (byte)reason)).ToArray();
        return reasons[random.Next(reasons.Length)];
    }

    private static ushort Identifier(Random random) => (ushort)random.Next(1, 65536);

    private static ReadOnlySequence<byte> Text(Random random) => MqttText.Of(Pick(random, Texts));

    private static ReadOnlySequence<byte> Bytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private static string Pick(Random random, string[] among) => among[random.Next(among.Length)];
}
