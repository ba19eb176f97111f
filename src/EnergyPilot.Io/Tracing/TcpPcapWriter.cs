using System.Buffers.Binary;

namespace EnergyPilot.Io.Tracing;

/// <summary>
/// Writes traced frames as a capture file for Wireshark or tcpdump: the classic format (magic 0xA1B2C3D4, microseconds, LINKTYPE_RAW),
/// each frame as one TCP segment of a made-up connection between 192.0.2.1 (the gateway) and 192.0.2.2 (the bus), with right
/// checksums and sequence numbers. Port 502 is dissected as Modbus TCP. RTU frames go over <see cref="RtuPort"/>: in Wireshark
/// "Decode As, TCP port 5020, Modbus RTU" - a link type of their own could not tell requests from answers.
/// Sources: tcpdump.org's pcap file format and link types; RFC 791, 9293 and 5737 (addresses for documentation).
/// </summary>
/// <param name="to">The file; it is left open.</param>
/// <param name="serverPort">Port of the bus's side.</param>
public sealed class TcpPcapWriter(Stream to, ushort serverPort)
{
    /// <summary>Modbus TCP.</summary>
    public const ushort ModbusPort = 502;

    /// <summary>Stands for a serial line.</summary>
    public const ushort RtuPort = 5020;

    private const ushort GatewayPort = 49152;
    private const uint Gateway = 0xC000_0201;
    private const uint Server = 0xC000_0202;
    private const int LinkTypeRaw = 101;
    private const int RecordHead = 16;
    private const int IpHead = 20;
    private const int TcpHead = 20;
    private const byte PushAndAck = 0x18;
    private const byte Tcp = 6;

    private readonly byte[] record = new byte[RecordHead + IpHead + TcpHead + FrameTrace.LongestFrame];
    private uint sentBytes = 1;
    private uint receivedBytes = 1;
    private bool begun;

    /// <summary>Writes a whole capture.</summary>
    public static void Write(Stream to, ushort serverPort, IEnumerable<TracedFrame> frames)
    {
        var writer = new TcpPcapWriter(to, serverPort);
        writer.Begin();
        foreach (var frame in frames)
            writer.Add(frame);
    }

    /// <summary>Writes the head of the file, once; <see cref="Add"/> does it when needed.</summary>
    public void Begin()
    {
        if (begun)
            return;
        begun = true;
        Span<byte> head = stackalloc byte[24];
        head.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(head[20..], LinkTypeRaw);
        to.Write(head);
    }

    /// <summary>Adds a frame; bytes beyond <see cref="FrameTrace.LongestFrame"/> are cut.</summary>
    public void Add(TracedFrame frame)
    {
        Begin();
        var bytes = frame.Bytes.Span[..Math.Min(frame.Bytes.Length, FrameTrace.LongestFrame)];
        var length = IpHead + TcpHead + bytes.Length;
        var packet = record.AsSpan(RecordHead, length);
        var sent = frame.Direction == FrameDirection.Sent;
        bytes.CopyTo(packet[(IpHead + TcpHead)..]);
        WriteIp(packet, sent);
        WriteTcp(packet, sent);
        if (sent)
            sentBytes += (uint)bytes.Length;
        else
            receivedBytes += (uint)bytes.Length;

        var ticks = frame.At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        BinaryPrimitives.WriteUInt32LittleEndian(record, unchecked((uint)(ticks / TimeSpan.TicksPerSecond)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), (uint)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), length);
        to.Write(record.AsSpan(0, RecordHead + length));
    }

    private static void WriteIp(Span<byte> packet, bool sent)
    {
        var head = packet[..IpHead];
        head.Clear();
        head[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)packet.Length);
        head[8] = 64;
        head[9] = Tcp;
        BinaryPrimitives.WriteUInt32BigEndian(head[12..], sent ? Gateway : Server);
        BinaryPrimitives.WriteUInt32BigEndian(head[16..], sent ? Server : Gateway);
        BinaryPrimitives.WriteUInt16BigEndian(head[10..], Fold(Sum(head)));
    }

    private void WriteTcp(Span<byte> packet, bool sent)
    {
        var segment = packet[IpHead..];
        segment[..TcpHead].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(segment, sent ? GatewayPort : serverPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], sent ? serverPort : GatewayPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sent ? sentBytes : receivedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], sent ? receivedBytes : sentBytes);
        segment[12] = TcpHead / 4 << 4;
        segment[13] = PushAndAck;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], ushort.MaxValue);
        // The sum goes over the addresses, the protocol and the length too (RFC 9293, 3.1).
        var sum = Sum(segment) + Sum(packet[12..IpHead]) + Tcp + (uint)segment.Length;
        BinaryPrimitives.WriteUInt16BigEndian(segment[16..], Fold(sum));
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return bytes.Length % 2 == 0 ? sum : sum + (uint)(bytes[^1] << 8);
    }

    private static ushort Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
