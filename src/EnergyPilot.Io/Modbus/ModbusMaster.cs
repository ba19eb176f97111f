using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Asks units over a wire and checks every answer against its question before a value is taken.
/// The exceptions "acknowledge" and "busy" are asked again until the deadline; all others are the caller's to see.
/// Calls may overlap; nothing is allocated per request in the steady state. A count that no frame can carry throws.
/// </summary>
public sealed class ModbusMaster(IModbusWire wire, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // One rented buffer holds the request and, behind it, the answer.
    private const int AnswerAt = 256;
    private const int WorkLength = 512;

    /// <summary>Reads 1..125 holding or input registers (functions 3, 4) into <paramref name="values"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ModbusResult> ReadRegisters(ModbusAddress from, Memory<ushort> values, TimeSpan deadline, CancellationToken stop)
    {
        Require(from, ModbusSpace.HoldingRegisters, ModbusSpace.InputRegisters);
        RequireCount(from.Address, values.Length, ModbusPdu.MaxReadRegisters);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        try
        {
            var request = ModbusPdu.WriteHead(work, ModbusFunction.ToRead(from.Space), from.Address, (ushort)values.Length);
            var (result, length) = await Ask(from.Unit, work, request, deadline, stop).ConfigureAwait(false);
            if (result.IsGood)
                result = ModbusPdu.CheckData(work.AsSpan(AnswerAt, length), 2 * values.Length);
            if (result.IsGood)
                ModbusPdu.UnpackRegisters(work.AsSpan(AnswerAt + 2), values.Span);
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(work);
        }
    }

    /// <summary>Reads 1..2000 coils or discrete inputs (functions 1, 2) into <paramref name="values"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ModbusResult> ReadBits(ModbusAddress from, Memory<bool> values, TimeSpan deadline, CancellationToken stop)
    {
        Require(from, ModbusSpace.Coils, ModbusSpace.DiscreteInputs);
        RequireCount(from.Address, values.Length, ModbusPdu.MaxReadBits);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        try
        {
            var request = ModbusPdu.WriteHead(work, ModbusFunction.ToRead(from.Space), from.Address, (ushort)values.Length);
            var (result, length) = await Ask(from.Unit, work, request, deadline, stop).ConfigureAwait(false);
            if (result.IsGood)
                result = ModbusPdu.CheckData(work.AsSpan(AnswerAt, length), ModbusPdu.BytesForBits(values.Length));
            if (result.IsGood)
                ModbusPdu.UnpackBits(work.AsSpan(AnswerAt + 2), values.Span);
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(work);
        }
    }

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
            return result.IsGood
                ? ModbusPdu.CheckEcho(request.Work.AsSpan(0, request.Echo), request.Work.AsSpan(AnswerAt, length))
                : result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(request.Work);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(ModbusResult Result, int Length)> Ask(
        byte unit, byte[] work, int length, TimeSpan deadline, CancellationToken stop)
    {
        var asked = time.GetTimestamp();
        while (true)
        {
            var left = deadline - time.GetElapsedTime(asked);
            var answer = await wire.Exchange(unit, work.AsMemory(0, length), work.AsMemory(AnswerAt, ModbusPdu.MaxLength), left, stop).ConfigureAwait(false);
            if (answer.Fault != ModbusFault.None)
                return (ModbusResult.Failed(answer.Fault), 0);

            var result = ModbusPdu.CheckFunction(work[0], work.AsSpan(AnswerAt, answer.Length));
            if (!result.AsksForPatience || deadline - time.GetElapsedTime(asked) <= Patience)
                return (result, answer.Length);
            await Task.Delay(Patience, time, stop).ConfigureAwait(false);
        }
    }

    private static void Require(ModbusAddress at, ModbusSpace one, ModbusSpace other)
    {
        if (at.Space != one && at.Space != other)
            throw new ArgumentException($"{at.Space} cannot be used for this request.", nameof(at));
    }

    private static void RequireCount(ushort address, int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address + count, ushort.MaxValue + 1);
    }
}
