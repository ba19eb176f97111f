using EnergyPilot.Tests.Io.Fuzz;
using System.Buffers;
using System.Text;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Packets against the specification's own examples and its "MUST"s.</summary>
public sealed class CodecTests
{
    [Theory]
    [InlineData(0u, "00")]
    [InlineData(127u, "7F")]
    [InlineData(128u, "8001")]
    [InlineData(16_383u, "FF7F")]
    [InlineData(16_384u, "808001")]
    [InlineData(2_097_151u, "FFFF7F")]
    [InlineData(2_097_152u, "80808001")]
    [InlineData(268_435_455u, "FFFFFF7F")]
    public void Variable_byte_integers_are_those_of_table_1_1(uint value, string hex)
    {
        Span<byte> bytes = stackalloc byte[4];
        var writer = new MqttWriter(bytes);
        writer.VariableInteger(value);
        Convert.ToHexString(bytes[..writer.Length]).ShouldBe(hex);

        var reader = new MqttReader(new(Convert.FromHexString(hex)));
        reader.VariableInteger().ShouldBe(value);
        reader.IsDone(out _).ShouldBeTrue();
    }

    // Hand-made after the figures of the specification; 5 is version 5.0, 4 is 3.1.1.
    [Theory]
    [InlineData(4, "101000044D5154540402003C000474657374", "CONNECT, clean session, keep-alive 60 s, client \"test\"")]
    [InlineData(5, "101600044D5154540502003C0511000000 0A000474657374", "figure 3-6 with a session expiry of 10 s")]
    [InlineData(4, "20020000", "CONNACK")]
    [InlineData(5, "2003000000", "CONNACK without properties")]
    [InlineData(4, "320A0003612F62000A686579", "PUBLISH QoS 1, topic a/b, identifier 10")]
    [InlineData(4, "40020001", "PUBACK")]
    [InlineData(5, "4003000110", "PUBACK, no matching subscribers")]
    [InlineData(4, "62020001", "PUBREL")]
    [InlineData(4, "820E000A0003612F62010003632F6402", "SUBSCRIBE a/b QoS 1, c/d QoS 2 (3.1.1 figure 3.23)")]
    [InlineData(5, "820F000A000003612F62010003632F6402", "SUBSCRIBE (5.0 table 3-20)")]
    [InlineData(4, "9005000A000280", "SUBACK (3.1.1 figure 3.27)")]
    [InlineData(4, "A20C000A0003612F620003632F64", "UNSUBSCRIBE (3.1.1 figure 3.30)")]
    [InlineData(4, "B002000A", "UNSUBACK")]
    [InlineData(4, "C000", "PINGREQ")]
    [InlineData(4, "D000", "PINGRESP")]
    [InlineData(4, "E000", "DISCONNECT")]
    [InlineData(5, "E0018E", "DISCONNECT, session taken over")]
    [InlineData(5, "F0081806150003616263", "AUTH, continue, method abc")]
    public void Known_packets_are_read_and_written_alike(int version, string hex, string what)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        for (var length = 1; length <= bytes.Length; length++)
        {
            var again = new ArrayBufferWriter<byte>();
            MqttBytes.Parse(MqttBytes.InPieces(bytes, length), (MqttVersion)version, again).ShouldBe(MqttMalformed.None, what);
            again.WrittenSpan.ToArray().ShouldBe(bytes, what);
        }
    }

    [Theory]
    [InlineData(5, "0000", nameof(MqttMalformed.Kind), "kind 0")]
    [InlineData(4, "F000", nameof(MqttMalformed.Kind), "AUTH in 3.1.1")]
    [InlineData(4, "C100", nameof(MqttMalformed.Flags), "MQTT-2.2.2-1")]
    [InlineData(4, "60020001", nameof(MqttMalformed.Flags), "MQTT-3.6.1-1: PUBREL needs 0010")]
    [InlineData(4, "8006000A0001610 1", nameof(MqttMalformed.Flags), "MQTT-3.8.1-1: SUBSCRIBE needs 0010")]
    [InlineData(4, "360700016100 0161", nameof(MqttMalformed.Qos), "MQTT-3.3.1-4: QoS 3")]
    [InlineData(4, "3804000161 61", nameof(MqttMalformed.Qos), "MQTT-3.3.1-2: duplicate of QoS 0")]
    [InlineData(4, "3205000161 0000", nameof(MqttMalformed.PacketIdentifier), "MQTT-2.3.1-1")]
    [InlineData(4, "30020000", nameof(MqttMalformed.Topic), "MQTT-4.7.3-1")]
    [InlineData(4, "3003000123", nameof(MqttMalformed.Topic), "MQTT-3.3.2-2")]
    [InlineData(4, "30040002C080", nameof(MqttMalformed.Text), "MQTT-1.5.3-1: overlong")]
    [InlineData(4, "30050003EDA080", nameof(MqttMalformed.Text), "MQTT-1.5.4-1: surrogate")]
    [InlineData(4, "3003000100", nameof(MqttMalformed.Text), "MQTT-1.5.4-2: U+0000")]
    [InlineData(4, "3003000561", nameof(MqttMalformed.Truncated), "topic longer than the packet")]
    [InlineData(4, "4003000100", nameof(MqttMalformed.Trailing), "PUBACK of 3.1.1 has two bytes")]
    [InlineData(5, "4003000101", nameof(MqttMalformed.Reason), "PUBACK with a code of SUBACK")]
    [InlineData(4, "C00100", nameof(MqttMalformed.Trailing), "PINGREQ has no body")]
    [InlineData(4, "C08000", nameof(MqttMalformed.VariableInteger), "MQTT-1.5.5-1")]
    [InlineData(4, "30FFFFFFFF01", nameof(MqttMalformed.VariableInteger), "a length of five bytes")]
    [InlineData(4, "30FFFFFF7F", nameof(MqttMalformed.TooLarge), "256 MB")]
    [InlineData(4, "20020200", nameof(MqttMalformed.Flags), "MQTT-3.2.2-1")]
    [InlineData(4, "20020101", nameof(MqttMalformed.Flags), "MQTT-3.2.2-4: refused with a session")]
    [InlineData(4, "20020006", nameof(MqttMalformed.Reason), "CONNACK code 6")]
    [InlineData(4, "100F00044D51545803020 03C000474657374", nameof(MqttMalformed.ProtocolName), "MQTX")]
    [InlineData(4, "101000044D5154540302003C000474657374", nameof(MqttMalformed.ProtocolLevel), "level 3")]
    [InlineData(4, "101000044D5154540403003C000474657374", nameof(MqttMalformed.Flags), "MQTT-3.1.2-3")]
    [InlineData(4, "101000044D5154540422003C000474657374", nameof(MqttMalformed.Flags), "MQTT-3.1.2-15: retain without a will")]
    [InlineData(4, "101000044D515454041C003C000474657374", nameof(MqttMalformed.Qos), "MQTT-3.1.2-14: will QoS 3")]
    [InlineData(4, "101000044D5154540442003C000474657374", nameof(MqttMalformed.Flags), "MQTT-3.1.2-22: password without user")]
    [InlineData(4, "8202000A", nameof(MqttMalformed.Empty), "MQTT-3.8.3-3")]
    [InlineData(4, "8206000A00016103", nameof(MqttMalformed.Qos), "QoS 3 asked for")]
    [InlineData(4, "8206000A00016104", nameof(MqttMalformed.Flags), "MQTT-3-8.3-4")]
    [InlineData(5, "8207000A0000016140", nameof(MqttMalformed.Flags), "MQTT-3.8.3-5")]
    [InlineData(5, "8207000A0000016130", nameof(MqttMalformed.Flags), "retain handling 3")]
    [InlineData(5, "820F000A0000092473686172652F672F6104", nameof(MqttMalformed.Filter), "MQTT-4.8.2-2: shared filter cut short")]
    [InlineData(5, "8210000A00000A2473686172652F672F6104", nameof(MqttMalformed.Flags), "MQTT-3.8.3-4: shared and not local")]
    [InlineData(4, "8207000A0002612300", nameof(MqttMalformed.Filter), "MQTT-4.7.1-2: a#")]
    [InlineData(5, "2006000003130001", nameof(MqttMalformed.None), "server keep-alive")]
    [InlineData(5, "20090000061300011300 02", nameof(MqttMalformed.PropertyRepeated), "twice")]
    [InlineData(5, "2006000003210000", nameof(MqttMalformed.PropertyValue), "receive maximum 0")]
    [InlineData(5, "20050000022402", nameof(MqttMalformed.PropertyValue), "maximum QoS 2")]
    [InlineData(5, "20050000020101", nameof(MqttMalformed.Property), "payload format in CONNACK")]
    [InlineData(5, "20050000027F01", nameof(MqttMalformed.Property), "unknown property")]
    [InlineData(5, "20060000061300", nameof(MqttMalformed.Truncated), "properties longer than the packet")]
    [InlineData(5, "F00618041600 0161", nameof(MqttMalformed.PropertyValue), "authentication data without a method")]
    public void What_must_not_be_is_named(int version, string hex, string expected, string clause) =>
        MqttBytes.Parse(new(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))), (MqttVersion)version, new ArrayBufferWriter<byte>())
            .ToString().ShouldBe(expected, clause);

    [Fact]
    public void Packet_is_too_large_as_soon_as_its_length_is_known()
    {
        var received = new ReadOnlySequence<byte>([0x30, 0x80, 0x80, 0x40]);

        MqttFrame.TryTake(ref received, 1000, out _, out var fault).ShouldBeFalse();

        fault.ShouldBe(MqttMalformed.TooLarge);
    }

    [Fact]
    public void Every_valid_packet_is_read_as_it_was_written()
    {
        var random = new Random(11);
        for (var i = 0; i < 5_000; i++)
        {
            var version = i % 2 == 0 ? MqttVersion.V311 : MqttVersion.V50;
            var bytes = RandomPacket.Next(random, version);
            var again = new ArrayBufferWriter<byte>();
            MqttBytes.Parse(MqttBytes.InPieces(bytes, random.Next(1, 40)), version, again).ShouldBe(MqttMalformed.None, Convert.ToHexString(bytes));
            again.WrittenSpan.ToArray().ShouldBe(bytes);
        }
    }

    [Fact]
    public void Any_bytes_are_a_packet_or_malformed()
    {
        var (packets, malformed) = MqttFuzz.Run(seed: 20260112, FuzzRuns.Count);

        packets.ShouldBeGreaterThan(10_000);
        malformed.ShouldBeGreaterThan(30_000);
    }

    [Fact]
    public void Server_that_knows_only_3_1_1_is_understood()
    {
        var bytes = new ReadOnlySequence<byte>([0x20, 0x02, 0x00, 0x01]);
        MqttFrame.TryTake(ref bytes, 100, out var frame, out _).ShouldBeTrue();

        MqttConnack.TryParse(frame, MqttVersion.V50, out var connack, out _).ShouldBeTrue();

        connack.Reason.ShouldBe(MqttReason.UnsupportedProtocolVersion);
    }

    [Fact]
    public void Properties_keep_their_values()
    {
        var properties = new MqttPropertyList()
            .Add(MqttPropertyId.MessageExpiryInterval, 86_400).Add(MqttPropertyId.ContentType, "text/plain").AddUser("site", "école").Properties;

        properties.Number(MqttPropertyId.MessageExpiryInterval, 0).ShouldBe(86_400u);
        properties.Number(MqttPropertyId.TopicAlias, 7).ShouldBe(7u);
        properties.Text(MqttPropertyId.ContentType).ShouldBe("text/plain");
        foreach (var property in properties)
            if (property.Id == MqttPropertyId.UserProperty)
                (Encoding.UTF8.GetString(property.Name), Encoding.UTF8.GetString(property.Value)).ShouldBe(("site", "école"));
        Should.Throw<ArgumentException>(() => new MqttPropertyList().Add(MqttPropertyId.ContentType, 1));
        Should.Throw<ArgumentException>(() => new MqttPropertyList().Add(MqttPropertyId.ReasonString, "a\0b"));
        Should.Throw<ArgumentOutOfRangeException>(() => new MqttPropertyList().Add(MqttPropertyId.TopicAlias, 0));
    }
}
