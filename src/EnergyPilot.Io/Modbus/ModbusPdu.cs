using System.Buffers.Binary;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Protocol data units: requests are written, answers are checked against their request before a value is taken.
/// Layouts are those of the Modbus Application Protocol V1.1b3, chapter 6: big-endian words, bits packed from bit 0 up.
/// </summary>
public static class ModbusPdu
{
    /// <summary>Longest protocol data unit in bytes (V1.1b3, 4.1).</summary>
    public const int MaxLength = 253;

    /// <summary>Most registers in one read (functions 3 and 4).</summary>
    public const int MaxReadRegisters = 125;

    /// <summary>Most registers in one write (function 16).</summary>
    public const int MaxWriteRegisters = 123;

    /// <summary>Most registers written while reading (function 23).</summary>
    public const int MaxWriteWhileReading = 121;

    /// <summary>Most bits in one read (functions 1 and 2).</summary>
    public const int MaxReadBits = 2000;

    /// <summary>Most bits in one write (function 15).</summary>
    public const int MaxWriteBits = 1968;

    internal static int BytesForBits(int bits) => (bits + 7) / 8;

    /// <summary>Function, address and one word: the whole request of functions 1 to 6, the head of 15 and 16.</summary>
    internal static int WriteHead(Span<byte> pdu, byte function, ushort address, ushort word)
    {
        pdu[0] = function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[3..], word);
        return 5;
    }

    internal static int PackRegisters(ReadOnlySpan<ushort> values, Span<byte> to)
    {
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(to[(2 * i)..], values[i]);
        return 2 * values.Length;
    }

    internal static void UnpackRegisters(ReadOnlySpan<byte> from, Span<ushort> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadUInt16BigEndian(from[(2 * i)..]);
    }

    internal static int PackBits(ReadOnlySpan<bool> values, Span<byte> to)
    {
        var length = BytesForBits(values.Length);
        to[..length].Clear();
        for (var i = 0; i < values.Length; i++)
            if (values[i])
                to[i >> 3] |= (byte)(1 << (i & 7));
        return length;
    }

    internal static void UnpackBits(ReadOnlySpan<byte> from, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (from[i >> 3] >> (i & 7) & 1) != 0;
    }

    /// <summary>Whether the answer belongs to the request's function, or is its exception.</summary>
    internal static ModbusResult CheckFunction(byte function, ReadOnlySpan<byte> answer) => answer switch
    {
        [var code, ..] when code == function => ModbusResult.Good,
        [var code, var reason] when code == (function | ModbusFunction.Exception) => ModbusResult.Refused((ModbusExceptionCode)reason),
        _ => ModbusResult.Failed(ModbusFault.BadFunction),
    };

    /// <summary>Whether the answer to a read holds exactly so many data bytes.</summary>
    internal static ModbusResult CheckData(ReadOnlySpan<byte> answer, int bytes) =>
        answer.Length == 2 + bytes && answer[1] == bytes ? ModbusResult.Good : ModbusResult.Failed(ModbusFault.BadByteCount);

    /// <summary>Whether the answer to a write repeats the head of the request.</summary>
    internal static ModbusResult CheckEcho(ReadOnlySpan<byte> head, ReadOnlySpan<byte> answer) =>
        answer.SequenceEqual(head) ? ModbusResult.Good : ModbusResult.Failed(ModbusFault.BadEcho);
}
