using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Asks units over a wire and checks every answer against its question before a value is taken.
/// The exceptions "acknowledge" and "busy" are asked again until the deadline; all others are the caller's to see.
/// Calls may overlap; nothing is allocated per request in the steady state. A count that no frame can carry throws.
/// </summary>
public sealed partial class ModbusMaster(IModbusWire wire, TimeProvider time)
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

    /// <summary>Writes 1..121 holding registers, then reads 1..125 (function 23): nobody else comes in between.</summary>
    /// <param name="from">Unit and first register to read.</param>
    /// <param name="values">Filled with what was read.</param>
    /// <param name="write">What is written before.</param>
    /// <param name="deadline">Time for everything.</param>
    /// <param name="stop">Gives the request up at once.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ModbusResult> ReadWriteRegisters(
        ModbusAddress from, Memory<ushort> values, RegisterWrite write, TimeSpan deadline, CancellationToken stop)
    {
        Require(from, ModbusSpace.HoldingRegisters, ModbusSpace.HoldingRegisters);
        RequireCount(from.Address, values.Length, ModbusPdu.MaxReadRegisters);
        RequireCount(write.Address, write.Values.Length, ModbusPdu.MaxWriteWhileReading);
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        try
        {
            var head = ModbusPdu.WriteHead(work, ModbusFunction.ReadWriteMultipleRegisters, from.Address, (ushort)values.Length);
            BinaryPrimitives.WriteUInt16BigEndian(work.AsSpan(head), write.Address);
            BinaryPrimitives.WriteUInt16BigEndian(work.AsSpan(head + 2), (ushort)write.Values.Length);
            work[head + 4] = (byte)(2 * write.Values.Length);
            var request = head + 5 + ModbusPdu.PackRegisters(write.Values.Span, work.AsSpan(head + 5));
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

            if (answer == WireAnswer.Unanswered)
                return (ModbusResult.Good, 0);
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
