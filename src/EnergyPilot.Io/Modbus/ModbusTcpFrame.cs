using System.Buffers.Binary;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The frame of Modbus TCP: transaction, protocol 0, length, unit, PDU
/// (MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3).
/// </summary>
public static class ModbusTcpFrame
{
    /// <summary>Bytes before the PDU.</summary>
    public const int HeaderLength = 7;

    /// <summary>Longest frame in bytes.</summary>
    public const int MaxLength = HeaderLength + ModbusPdu.MaxLength;

    /// <summary>Writes a frame and returns its length in bytes.</summary>
    public static int Encode(ushort transaction, byte unit, ReadOnlySpan<byte> pdu, Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)(pdu.Length + 1));
        frame[6] = unit;
        pdu.CopyTo(frame[HeaderLength..]);
        return HeaderLength + pdu.Length;
    }

    /// <summary>Reads the header once its seven bytes are there; whether it makes sense is for <see cref="ModbusTcpHeader.Fault"/> to say.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> received, out ModbusTcpHeader header)
    {
        header = default;
        if (received.Length < HeaderLength)
            return false;
        header = new ModbusTcpHeader(
            BinaryPrimitives.ReadUInt16BigEndian(received),
            BinaryPrimitives.ReadUInt16BigEndian(received[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(received[4..]),
            received[6]);
        return true;
    }
}
