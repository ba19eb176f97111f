using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.Modbus;

public sealed partial class ModbusMaster
{
    /// <summary>Writes one holding register (function 6).</summary>
    public ValueTask<ModbusResult> WriteRegister(ModbusAddress to, ushort value, TimeSpan deadline, CancellationToken stop)
    {
        Require(to, ModbusSpace.HoldingRegisters, ModbusSpace.HoldingRegisters);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        var length = ModbusPdu.WriteHead(work, ModbusFunction.WriteSingleRegister, to.Address, value);
        return Write(to.Unit, new Request(work, length, length), deadline, stop);
    }

    /// <summary>Writes one coil (function 5).</summary>
    public ValueTask<ModbusResult> WriteCoil(ModbusAddress to, Coil value, TimeSpan deadline, CancellationToken stop)
    {
        Require(to, ModbusSpace.Coils, ModbusSpace.Coils);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        var length = ModbusPdu.WriteHead(work, ModbusFunction.WriteSingleCoil, to.Address, (ushort)value);
        return Write(to.Unit, new Request(work, length, length), deadline, stop);
    }

    /// <summary>Writes 1..123 holding registers (function 16).</summary>
    public ValueTask<ModbusResult> WriteRegisters(ModbusAddress to, ReadOnlyMemory<ushort> values, TimeSpan deadline, CancellationToken stop)
    {
        Require(to, ModbusSpace.HoldingRegisters, ModbusSpace.HoldingRegisters);
        RequireCount(to.Address, values.Length, ModbusPdu.MaxWriteRegisters);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        var head = ModbusPdu.WriteHead(work, ModbusFunction.WriteMultipleRegisters, to.Address, (ushort)values.Length);
        work[head] = (byte)(2 * values.Length);
        return Write(to.Unit, new Request(work, head + 1 + ModbusPdu.PackRegisters(values.Span, work.AsSpan(head + 1)), head), deadline, stop);
    }

    /// <summary>Writes 1..1968 coils (function 15).</summary>
    public ValueTask<ModbusResult> WriteCoils(ModbusAddress to, ReadOnlyMemory<bool> values, TimeSpan deadline, CancellationToken stop)
    {
        Require(to, ModbusSpace.Coils, ModbusSpace.Coils);
        RequireCount(to.Address, values.Length, ModbusPdu.MaxWriteBits);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        var head = ModbusPdu.WriteHead(work, ModbusFunction.WriteMultipleCoils, to.Address, (ushort)values.Length);
        work[head] = (byte)ModbusPdu.BytesForBits(values.Length);
        return Write(to.Unit, new Request(work, head + 1 + ModbusPdu.PackBits(values.Span, work.AsSpan(head + 1)), head), deadline, stop);
    }

    /// <summary>Changes single bits of a holding register inside the device (function 22).</summary>
    public ValueTask<ModbusResult> MaskRegister(ModbusAddress at, RegisterMask mask, TimeSpan deadline, CancellationToken stop)
    {
        Require(at, ModbusSpace.HoldingRegisters, ModbusSpace.HoldingRegisters);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        var head = ModbusPdu.WriteHead(work, ModbusFunction.MaskWriteRegister, at.Address, mask.And);
        BinaryPrimitives.WriteUInt16BigEndian(work.AsSpan(head), mask.Or);
        return Write(at.Unit, new Request(work, head + 2, head + 2), deadline, stop);
    }

    /// <summary>A request in a rented buffer, of which the device repeats the first <paramref name="Echo"/> bytes.</summary>
    private readonly record struct Request(byte[] Work, int Length, int Echo);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ModbusResult> Write(byte unit, Request request, TimeSpan deadline, CancellationToken stop)
    {
        try
        {
            var (result, length) = await Ask(unit, request.Work, request.Length, deadline, stop).ConfigureAwait(false);
            return result.IsGood && length > 0
                ? ModbusPdu.CheckEcho(request.Work.AsSpan(0, request.Echo), request.Work.AsSpan(AnswerAt, length))
                : result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(request.Work);
        }
    }
}
