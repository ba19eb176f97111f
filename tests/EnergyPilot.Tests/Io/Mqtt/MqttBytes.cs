using System.Buffers;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Packets as bytes, whole or in pieces.</summary>
internal static class MqttBytes
{
    public static byte[] Of<T>(in T packet, MqttVersion version)
        where T : struct, IMqttPacket
    {
        var to = new ArrayBufferWriter<byte>();
        MqttEncoder.Write(to, packet, version);
        return to.WrittenSpan.ToArray();
    }

    /// <summary>Takes the one packet that the bytes are and parses it; gives what the parser understood, written again.</summary>
    public static MqttMalformed Parse(ReadOnlySequence<byte> bytes, MqttVersion version, IBufferWriter<byte> again)
    {
        if (!MqttFrame.TryTake(ref bytes, 1 << 20, out var frame, out var fault))
            return fault == MqttMalformed.None ? MqttMalformed.Truncated : fault;
        switch (frame.Kind)
        {
            case MqttPacketKind.Connect:
                return MqttConnect.TryParse(frame, out var connect, out fault) ? Write(again, connect, connect.Version) : fault;
            case MqttPacketKind.Connack:
                return MqttConnack.TryParse(frame, version, out var connack, out fault) ? Write(again, connack, version) : fault;
            case MqttPacketKind.Publish:
                return MqttPublish.TryParse(frame, version, out var publish, out fault) ? Write(again, publish, version) : fault;
            case MqttPacketKind.Puback or MqttPacketKind.Pubrec or MqttPacketKind.Pubrel or MqttPacketKind.Pubcomp:
                return MqttAck.TryParse(frame, version, out var ack, out fault) ? Write(again, ack, version) : fault;
            case MqttPacketKind.Subscribe or MqttPacketKind.Unsubscribe:
                return MqttSubscribe.TryParse(frame, version, out var subscribe, out fault) ? Write(again, subscribe, version) : fault;
            case MqttPacketKind.Suback or MqttPacketKind.Unsuback:
                return MqttSuback.TryParse(frame, version, out var suback, out fault) ? Write(again, suback, version) : fault;
            case MqttPacketKind.Pingreq or MqttPacketKind.Pingresp:
                return MqttPing.IsValid(frame, out fault) ? Write(again, new MqttPing(frame.Kind), version) : fault;
            default:
                return MqttFarewell.TryParse(frame, version, out var farewell, out fault) ? Write(again, farewell, version) : fault;
        }
    }

    /// <summary>The same bytes in segments of the given length.</summary>
    public static ReadOnlySequence<byte> InPieces(byte[] bytes, int length)
    {
        var first = new Piece(bytes.AsMemory(0, Math.Min(length, bytes.Length)), 0);
        var last = first;
        for (var at = length; at < bytes.Length; at += length)
            last = last.Append(bytes.AsMemory(at, Math.Min(length, bytes.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static MqttMalformed Write<T>(IBufferWriter<byte> to, in T packet, MqttVersion version)
        where T : struct, IMqttPacket
    {
        MqttEncoder.Write(to, packet, version);
        return MqttMalformed.None;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
