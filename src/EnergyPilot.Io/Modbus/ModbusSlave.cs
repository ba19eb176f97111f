using System.Buffers.Binary;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Answers request PDUs for a set of units: bytes in, bytes out, no I/O. Functions 1-6, 15, 16, 22, 23 and 43/14.
/// Unit 0 is the broadcast of the serial line unless somebody has it: writes reach every unit, and nobody answers.
/// Units are called one at a time, whichever thread asks.
/// </summary>
public sealed class ModbusSlave(IReadOnlyDictionary<byte, IModbusUnit> units, UnknownUnit unknown)
{
    private const byte Broadcast = 0;

    private readonly Lock gate = new();

    /// <summary>Answers one request; returns the bytes written to <paramref name="answer"/>, 0 for silence.</summary>
    /// <param name="unit">Unit identifier of the request.</param>
    /// <param name="request">Request PDU; anything malformed is answered with exception 3, or with silence when empty.</param>
    /// <param name="answer">Room for <see cref="ModbusPdu.MaxLength"/> bytes.</param>
    public int Answer(byte unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        if (request.IsEmpty)
            return 0;
        lock (gate)
        {
            if (units.TryGetValue(unit, out var one))
                return AnswerFor(one, request, answer);
            if (unit == Broadcast)
                return Hear(request, answer);
        }

        return unknown == UnknownUnit.GatewayTargetFailed
            ? Refuse(request[0], ModbusExceptionCode.GatewayTargetFailedToRespond, answer)
            : 0;
    }

    private int Hear(ReadOnlySpan<byte> request, Span<byte> answer)
    {
        if (ModbusFunction.IsWrite(request[0]))
            foreach (var unit in units.Values)
                AnswerFor(unit, request, answer);
        return 0;
    }

    private static int AnswerFor(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer) => request[0] switch
    {
        ModbusFunction.ReadCoils => ReadBits(unit, ModbusSpace.Coils, request, answer),
        ModbusFunction.ReadDiscreteInputs => ReadBits(unit, ModbusSpace.DiscreteInputs, request, answer),
        ModbusFunction.ReadHoldingRegisters => ReadRegisters(unit, ModbusSpace.HoldingRegisters, request, answer),
        ModbusFunction.ReadInputRegisters => ReadRegisters(unit, ModbusSpace.InputRegisters, request, answer),
        ModbusFunction.WriteSingleCoil => WriteCoil(unit, request, answer),
        ModbusFunction.WriteSingleRegister => WriteRegister(unit, request, answer),
        ModbusFunction.WriteMultipleCoils => WriteCoils(unit, request, answer),
        ModbusFunction.WriteMultipleRegisters => WriteRegisters(unit, request, answer),
        ModbusFunction.MaskWriteRegister => MaskRegister(unit, request, answer),
        ModbusFunction.ReadWriteMultipleRegisters => ReadWriteRegisters(unit, request, answer),
        ModbusFunction.EncapsulatedInterface => Identify(unit, request, answer),
        var function => Refuse(function, ModbusExceptionCode.IllegalFunction, answer),
    };

    private static int ReadBits(IModbusUnit unit, ModbusSpace space, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var code = CheckRange(request, 5, ModbusPdu.MaxReadBits);
        Span<bool> values = stackalloc bool[code == ModbusExceptionCode.None ? Word(request, 3) : 0];
        if (code == ModbusExceptionCode.None)
            code = unit.ReadBits(space, Word(request, 1), values);
        if (code != ModbusExceptionCode.None)
            return Refuse(request[0], code, answer);
        answer[0] = request[0];
        answer[1] = (byte)ModbusPdu.BytesForBits(values.Length);
        return 2 + ModbusPdu.PackBits(values, answer[2..]);
    }

    private static int ReadRegisters(IModbusUnit unit, ModbusSpace space, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var code = CheckRange(request, 5, ModbusPdu.MaxReadRegisters);
        Span<ushort> values = stackalloc ushort[code == ModbusExceptionCode.None ? Word(request, 3) : 0];
        if (code == ModbusExceptionCode.None)
            code = unit.ReadRegisters(space, Word(request, 1), values);
        if (code != ModbusExceptionCode.None)
            return Refuse(request[0], code, answer);
        answer[0] = request[0];
        answer[1] = (byte)(2 * values.Length);
        return 2 + ModbusPdu.PackRegisters(values, answer[2..]);
    }

    private static int WriteCoil(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        if (request.Length != 5 || Word(request, 3) is not ((ushort)Coil.On or (ushort)Coil.Off))
            return Refuse(request[0], ModbusExceptionCode.IllegalDataValue, answer);
        return Confirm(unit.WriteBits(Word(request, 1), [Word(request, 3) == (ushort)Coil.On]), request, answer);
    }

    private static int WriteRegister(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        if (request.Length != 5)
            return Refuse(request[0], ModbusExceptionCode.IllegalDataValue, answer);
        return Confirm(unit.WriteRegisters(Word(request, 1), [Word(request, 3)]), request, answer);
    }

    private static int WriteCoils(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var code = CheckCounted(request, 5, ModbusPdu.MaxWriteBits, ModbusPdu.BytesForBits);
        if (code != ModbusExceptionCode.None)
            return Refuse(request[0], code, answer);
        Span<bool> values = stackalloc bool[Word(request, 3)];
        ModbusPdu.UnpackBits(request[6..], values);
        return Confirm(unit.WriteBits(Word(request, 1), values), request[..5], answer);
    }

    private static int WriteRegisters(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var code = CheckCounted(request, 5, ModbusPdu.MaxWriteRegisters, BytesForRegisters);
        if (code != ModbusExceptionCode.None)
            return Refuse(request[0], code, answer);
        Span<ushort> values = stackalloc ushort[Word(request, 3)];
        ModbusPdu.UnpackRegisters(request[6..], values);
        return Confirm(unit.WriteRegisters(Word(request, 1), values), request[..5], answer);
    }

    private static int MaskRegister(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        if (request.Length != 7)
            return Refuse(request[0], ModbusExceptionCode.IllegalDataValue, answer);
        Span<ushort> value = stackalloc ushort[1];
        var code = unit.ReadRegisters(ModbusSpace.HoldingRegisters, Word(request, 1), value);
        if (code != ModbusExceptionCode.None)
            return Refuse(request[0], code, answer);
        value[0] = new RegisterMask(Word(request, 3), Word(request, 5)).Apply(value[0]);
        return Confirm(unit.WriteRegisters(Word(request, 1), value), request, answer);
    }

    // The write comes before the read (V1.1b3, 6.17); both are checked before either is done.
    private static int ReadWriteRegisters(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var code = CheckRange(request, Math.Max(request.Length, 10), ModbusPdu.MaxReadRegisters);
        if (code == ModbusExceptionCode.None)
            code = CheckCounted(request[4..], 5, ModbusPdu.MaxWriteWhileReading, BytesForRegisters);
        if (code != ModbusExceptionCode.None)
            return Refuse(request[0], code, answer);
        Span<ushort> written = stackalloc ushort[Word(request, 7)];
        ModbusPdu.UnpackRegisters(request[10..], written);
        code = unit.WriteRegisters(Word(request, 5), written);
        return code == ModbusExceptionCode.None
            ? ReadRegisters(unit, ModbusSpace.HoldingRegisters, request[..5], answer)
            : Refuse(request[0], code, answer);
    }

    private static int Identify(IModbusUnit unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        var code = IdentificationPdu.Answer(unit.Identification, request, answer, out var length);
        return code == ModbusExceptionCode.None ? length : Refuse(request[0], code, answer);
    }

    /// <summary>Length, count and range of a request whose address and count stand at 1 and 3.</summary>
    private static ModbusExceptionCode CheckRange(ReadOnlySpan<byte> request, int length, int most)
    {
        if (request.Length != length || Word(request, 3) is var count && (count == 0 || count > most))
            return ModbusExceptionCode.IllegalDataValue;
        return Word(request, 1) + count > ushort.MaxValue + 1 ? ModbusExceptionCode.IllegalDataAddress : ModbusExceptionCode.None;
    }

    /// <summary>As <see cref="CheckRange"/>, with values behind their byte count.</summary>
    private static ModbusExceptionCode CheckCounted(ReadOnlySpan<byte> request, int countAt, int most, Func<int, int> bytesFor)
    {
        if (request.Length <= countAt || request[countAt] != bytesFor(Word(request, 3)))
            return ModbusExceptionCode.IllegalDataValue;
        return CheckRange(request, countAt + 1 + request[countAt], most);
    }

    private static int Confirm(ModbusExceptionCode code, ReadOnlySpan<byte> echo, Span<byte> answer)
    {
        if (code != ModbusExceptionCode.None)
            return Refuse(echo[0], code, answer);
        echo.CopyTo(answer);
        return echo.Length;
    }

    private static int BytesForRegisters(int count) => 2 * count;

    private static ushort Word(ReadOnlySpan<byte> request, int at) => BinaryPrimitives.ReadUInt16BigEndian(request[at..]);

    private static int Refuse(byte function, ModbusExceptionCode code, Span<byte> answer)
    {
        answer[0] = (byte)(function | ModbusFunction.Exception);
        answer[1] = (byte)code;
        return 2;
    }
}
