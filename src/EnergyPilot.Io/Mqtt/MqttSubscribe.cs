using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>SUBSCRIBE (5.0 §3.8) and UNSUBSCRIBE (§3.10): filters, the former each with options.</summary>
internal readonly struct MqttSubscribe(MqttPacketKind kind, ushort identifier, MqttProperties properties, ReadOnlySequence<byte> entries) : IMqttPacket
{
    public MqttPacketKind Kind => kind;

    public ushort Identifier => identifier;

    public MqttProperties Properties => properties;

    /// <summary>The list as it is written.</summary>
    public ReadOnlySequence<byte> Entries => entries;

    // MQTT-3.8.1-1, MQTT-3.10.1-1
    public byte Head => MqttEncoder.Head(kind, 0b0010);

    public static MqttSubscribe Subscribe(ushort identifier, MqttSubscription wish, MqttVersion version) =>
        new(MqttPacketKind.Subscribe, identifier, wish.Properties, Entry(wish.Filter, [wish.Options(version)]));

    public static MqttSubscribe Unsubscribe(ushort identifier, MqttFilter filter) =>
        new(MqttPacketKind.Unsubscribe, identifier, MqttProperties.None, Entry(filter, []));

    public static bool TryParse(in MqttFrame frame, MqttVersion version, out MqttSubscribe packet, out MqttMalformed fault)
    {
        var reader = new MqttReader(frame.Body);
        var identifier = reader.PacketIdentifier();
        var properties = version == MqttVersion.V50 ? MqttProperties.Read(ref reader, frame.Kind) : default;
        packet = new MqttSubscribe(frame.Kind, identifier, properties, reader.Rest());
        if (reader.IsGood)
            CheckEntries(ref reader, packet, version);
        return reader.IsDone(out fault);
    }

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.UInt16(identifier);
        if (version == MqttVersion.V50)
            to.Properties(properties);
        to.Raw(entries);
    }

    /// <summary>Takes the next filter and its options off the front of the list.</summary>
    public static bool TryNext(ref MqttReader list, MqttPacketKind kind, out ReadOnlySequence<byte> filter, out byte options)
    {
        (filter, options) = (default, 0);
        if (!list.HasMore)
            return false;
        filter = list.Text();
        if (kind == MqttPacketKind.Subscribe)
            options = list.Byte();
        return list.IsGood;
    }

    private static void CheckEntries(ref MqttReader reader, in MqttSubscribe packet, MqttVersion version)
    {
        // MQTT-3.8.3-2, MQTT-3.10.3-2
        if (packet.Entries.IsEmpty)
            reader.Fail(MqttMalformed.Empty);
        var list = new MqttReader(packet.Entries);
        while (TryNext(ref list, packet.Kind, out var filter, out var options))
        {
            if (!MqttFilter.IsFilter(filter))
                list.Fail(MqttMalformed.Filter);
            CheckOptions(ref list, filter, options, version);
        }

        if (!list.IsGood)
            reader.Fail(list.Fault);
    }

    private static void CheckOptions(ref MqttReader list, in ReadOnlySequence<byte> filter, byte options, MqttVersion version)
    {
        if ((options & 3) == 3)
            list.Fail(MqttMalformed.Qos);
        // MQTT-3.8.3-5, 3.1.1 MQTT-3-8.3-4; retain handling 3 is a protocol error.
        var reserved = version == MqttVersion.V50 ? 0xC0 : 0xFC;
        if ((options & reserved) != 0 || (options & 0x30) == 0x30)
            list.Fail(MqttMalformed.Flags);
        // MQTT-3.8.3-4: "not mine" and "any one of us" contradict each other.
        if ((options & 4) != 0 && IsShared(filter))
            list.Fail(MqttMalformed.Flags);
    }

    private static bool IsShared(in ReadOnlySequence<byte> filter)
    {
        Span<byte> start = stackalloc byte[7];
        if (filter.Length < start.Length)
            return false;
        filter.Slice(0, start.Length).CopyTo(start);
        return MqttFilter.IsShared(start);
    }

    private static ReadOnlySequence<byte> Entry(MqttFilter filter, ReadOnlySpan<byte> options)
    {
        var entry = new byte[2 + filter.Utf8.Length + options.Length];
        var writer = new MqttWriter(entry);
        writer.Binary(filter.Utf8);
        writer.Raw(options);
        return new ReadOnlySequence<byte>(entry);
    }
}
