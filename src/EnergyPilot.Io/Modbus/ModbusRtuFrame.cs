using System.Buffers.Binary;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The frame of the serial line: unit, PDU, CRC-16 with its low byte first
/// (MODBUS over Serial Line Specification and Implementation Guide V1.02, 2.5.1 and 6.2).
/// </summary>
public static class ModbusRtuFrame
{
    /// <summary>Longest frame in bytes.</summary>
    public const int MaxLength = 256;

    /// <summary>Shortest frame in bytes: unit, function, CRC.</summary>
    public const int MinLength = 4;

    // 0xA001 is the reflected polynomial x^16 + x^15 + x^2 + 1.
    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The CRC-16 of the bytes, starting from 0xFFFF.</summary>
    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var next in bytes)
            crc = (ushort)(crc >> 8 ^ Table[(crc ^ next) & 0xFF]);
        return crc;
    }

    /// <summary>Writes a frame and returns its length in bytes.</summary>
    public static int Encode(byte unit, ReadOnlySpan<byte> pdu, Span<byte> frame)
    {
        frame[0] = unit;
        pdu.CopyTo(frame[1..]);
        return AppendCrc(frame, 1 + pdu.Length);
    }

    /// <summary>Appends the CRC of the first <paramref name="length"/> bytes and returns the new length.</summary>
    public static int AppendCrc(Span<byte> frame, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(frame[length..], Crc(frame[..length]));
        return length + 2;
    }

    /// <summary>Takes a whole frame apart; false when it is too short, too long or its CRC is wrong.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> frame, out byte unit, out ReadOnlySpan<byte> pdu)
    {
        unit = 0;
        pdu = [];
        if (frame.Length is < MinLength or > MaxLength || !HasGoodCrc(frame))
            return false;
        unit = frame[0];
        pdu = frame[1..^2];
        return true;
    }

    /// <summary>Whether the last two bytes are the CRC of those before.</summary>
    public static bool HasGoodCrc(ReadOnlySpan<byte> frame) =>
        frame.Length >= 2 && Crc(frame[..^2]) == BinaryPrimitives.ReadUInt16LittleEndian(frame[^2..]);

    /// <summary>
    /// Length of the answer frame that begins like this, from its function code and byte count.
    /// 0: more bytes are needed to tell; -1: no answer begins so.
    /// </summary>
    public static int AnswerLength(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2)
            return 0;
        return start[1] switch
        {
            >= ModbusFunction.Exception => 5,
            ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs or ModbusFunction.ReadHoldingRegisters
                or ModbusFunction.ReadInputRegisters or ModbusFunction.ReadWriteMultipleRegisters => CountedLength(start, 2, 5),
            ModbusFunction.WriteSingleCoil or ModbusFunction.WriteSingleRegister
                or ModbusFunction.WriteMultipleCoils or ModbusFunction.WriteMultipleRegisters => 8,
            ModbusFunction.MaskWriteRegister => 10,
            ModbusFunction.EncapsulatedInterface => IdentificationLength(start),
            _ => -1,
        };
    }

    /// <summary>Length of the request frame that begins like this; 0 and -1 as for <see cref="AnswerLength"/>.</summary>
    public static int RequestLength(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2)
            return 0;
        return start[1] switch
        {
            >= ModbusFunction.ReadCoils and <= ModbusFunction.WriteSingleRegister => 8,
            ModbusFunction.WriteMultipleCoils or ModbusFunction.WriteMultipleRegisters => CountedLength(start, 6, 9),
            ModbusFunction.MaskWriteRegister => 10,
            ModbusFunction.ReadWriteMultipleRegisters => CountedLength(start, 10, 13),
            ModbusFunction.EncapsulatedInterface => 7,
            _ => -1,
        };
    }

    private static int CountedLength(ReadOnlySpan<byte> start, int at, int around)
    {
        if (start.Length <= at)
            return 0;
        var length = around + start[at];
        return length <= MaxLength ? length : -1;
    }

    // The objects have to be walked: nothing else tells where they end.
    private static int IdentificationLength(ReadOnlySpan<byte> start)
    {
        const int CountAt = 7;
        if (start.Length > 2 && start[2] != ModbusFunction.IdentificationInterface)
            return -1;
        if (start.Length <= CountAt)
            return 0;
        var at = CountAt + 1;
        for (var objects = start[CountAt]; objects > 0; objects--)
        {
            if (start.Length <= at + 1)
                return at + 4 > MaxLength ? -1 : 0;
            at += 2 + start[at + 1];
        }

        return at + 2 <= MaxLength ? at + 2 : -1;
    }

    private static ushort Remainder(int value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? value >> 1 ^ 0xA001 : value >> 1;
        return (ushort)value;
    }
}
