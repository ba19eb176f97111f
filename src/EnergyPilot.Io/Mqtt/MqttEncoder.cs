using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>Puts the fixed header before a packet.</summary>
internal static class MqttEncoder
{
    public static byte Head(MqttPacketKind kind, int flags) => (byte)((int)kind << 4 | flags);

    public static void Write<T>(IBufferWriter<byte> to, in T packet, MqttVersion version)
        where T : struct, IMqttPacket
    {
        var length = LengthOf(packet, version);
        Write(to.GetSpan(length), packet, version);
        to.Advance(length);
    }

    /// <summary>Writes the packet and returns its length; the span must be long enough.</summary>
    public static int Write<T>(Span<byte> to, in T packet, MqttVersion version)
        where T : struct, IMqttPacket
    {
        var writer = new MqttWriter(to);
        writer.Byte(packet.Head);
        writer.VariableInteger((uint)BodyOf(packet, version));
        packet.WriteBody(ref writer, version);
        return writer.Length;
    }

    /// <summary>The length of the whole packet in bytes.</summary>
    public static int LengthOf<T>(in T packet, MqttVersion version)
        where T : struct, IMqttPacket
    {
        var body = BodyOf(packet, version);
        var header = MqttWriter.Counting;
        header.Byte(0);
        header.VariableInteger((uint)body);
        return header.Length + body;
    }

    private static int BodyOf<T>(in T packet, MqttVersion version)
        where T : struct, IMqttPacket
    {
        var body = MqttWriter.Counting;
        packet.WriteBody(ref body, version);
        return body.Length;
    }
}
