using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>A packet cut from the stream: its first byte and the bytes behind the fixed header, where they were received.</summary>
internal readonly struct MqttFrame(byte head, ReadOnlySequence<byte> body)
{
    public byte Head => head;

    public ReadOnlySequence<byte> Body => body;

    public MqttPacketKind Kind => (MqttPacketKind)(head >> 4);

    public int Flags => head & 0x0F;

    /// <summary>
    /// Takes the next packet off the front of what was received. False without a fault: more bytes are needed, and
    /// they will be no more than <paramref name="most"/> bytes in all, as the length is judged as soon as it is known.
    /// </summary>
    public static bool TryTake(ref ReadOnlySequence<byte> received, int most, out MqttFrame frame, out MqttMalformed fault)
    {
        frame = default;
        fault = MqttMalformed.None;
        var reader = new SequenceReader<byte>(received);
        if (!reader.TryRead(out var head))
            return false;
        fault = CheckHead(head);
        if (fault != MqttMalformed.None || !TryReadLength(ref reader, out var length, out fault))
            return false;
        if (reader.Consumed + length > most)
        {
            fault = MqttMalformed.TooLarge;
            return false;
        }

        if (reader.Remaining < length)
            return false;
        frame = new MqttFrame(head, reader.UnreadSequence.Slice(0, length));
        received = received.Slice(reader.Consumed + length);
        return true;
    }

    // MQTT-2.1.3-1, 3.1.1 MQTT-2.2.2-1: reserved flags have one value per kind.
    private static MqttMalformed CheckHead(byte head)
    {
        var flags = head & 0x0F;
        switch ((MqttPacketKind)(head >> 4))
        {
            case 0:
                return MqttMalformed.Kind;
            case MqttPacketKind.Publish:
                // MQTT-3.3.1-4: not both QoS bits; MQTT-3.3.1-2: QoS 0 is never a duplicate.
                return (flags & 0b0110) == 0b0110 || (flags & 0b1110) == 0b1000 ? MqttMalformed.Qos : MqttMalformed.None;
            case MqttPacketKind.Pubrel or MqttPacketKind.Subscribe or MqttPacketKind.Unsubscribe:
                return flags == 0b0010 ? MqttMalformed.None : MqttMalformed.Flags;
            default:
                return flags == 0 ? MqttMalformed.None : MqttMalformed.Flags;
        }
    }

    private static bool TryReadLength(ref SequenceReader<byte> reader, out long length, out MqttMalformed fault)
    {
        length = 0;
        fault = MqttMalformed.None;
        for (var shift = 0; shift < 28; shift += 7)
        {
            if (!reader.TryRead(out var next))
                return false;
            length |= (long)(next & 0x7F) << shift;
            if (next >= 0x80)
                continue;
            // MQTT-1.5.5-1. 3.1.1 does not forbid needless bytes, but nobody sends them.
            fault = next == 0 && shift > 0 ? MqttMalformed.VariableInteger : MqttMalformed.None;
            return fault == MqttMalformed.None;
        }

        fault = MqttMalformed.VariableInteger;
        return false;
    }
}
