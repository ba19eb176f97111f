namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Writes that count as done only when the device reads back what was written. Values are absolute, so a write whose confirmation
/// was lost is written again: three rounds at most, within two deadlines, of which no request gets more than one. Bits of a register are changed inside the device (function 22);
/// one that does not know that function gets the register read, changed and written, and is remembered.
/// One writer per bus.
/// </summary>
public sealed class VerifiedWriter(ModbusMaster master, TimeProvider time)
{
    private const int Rounds = 3;
    private const int Deadlines = 2;

    // Some devices confirm first and show the new value a moment later.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<byte> withoutMask = [];

    /// <summary>Writes 1..123 holding registers.</summary>
    /// <returns>Good, what the device said, or <see cref="ModbusFault.NotTaken"/>.</returns>
    public ValueTask<ModbusResult> WriteRegisters(
        ModbusAddress to, ReadOnlyMemory<ushort> words, ReadBack check, TimeSpan deadline, CancellationToken stop) =>
        Repeat(
            left => words.Length == 1 ? master.WriteRegister(to, words.Span[0], left, stop) : master.WriteRegisters(to, words, left, stop),
            check == ReadBack.None ? null : left => Compare(to, words, 0xFFFF, left, stop), deadline, stop);

    /// <summary>Writes one coil.</summary>
    /// <returns>Good, what the device said, or <see cref="ModbusFault.NotTaken"/>.</returns>
    public ValueTask<ModbusResult> WriteCoil(ModbusAddress to, Coil value, ReadBack check, TimeSpan deadline, CancellationToken stop) =>
        Repeat(
            left => master.WriteCoil(to, value, left, stop),
            check == ReadBack.None ? null : left => Compare(to, value, left, stop), deadline, stop);

    /// <summary>Changes bits of one holding register and leaves the others as they are.</summary>
    /// <returns>Good, what the device said, or <see cref="ModbusFault.NotTaken"/>.</returns>
    public ValueTask<ModbusResult> WriteBits(ModbusAddress to, RegisterMask mask, ReadBack check, TimeSpan deadline, CancellationToken stop)
    {
        var changed = (ushort)~mask.And;
        ReadOnlyMemory<ushort> words = new[] { (ushort)(mask.Or & changed) };
        return Repeat(
            left => ChangeBits(to, mask, left, stop),
            check == ReadBack.None ? null : left => Compare(to, words, changed, left, stop), deadline, stop);
    }

    private async ValueTask<ModbusResult> Repeat(
        Func<TimeSpan, ValueTask<ModbusResult>> write, Func<TimeSpan, ValueTask<ModbusResult>>? check, TimeSpan deadline, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var result = ModbusResult.Failed(ModbusFault.Timeout);
        for (var round = 0; round < Rounds; round++)
        {
            var left = Left(began, deadline);
            if (left <= TimeSpan.Zero)
                return result;
            result = await write(left).ConfigureAwait(false);
            if (result.IsGood && check is not null)
                result = await Confirm(check, began, deadline, stop).ConfigureAwait(false);
            if (result.IsGood || result.Fault == ModbusFault.Exception)
                return result;
        }

        return result;
    }

    private async ValueTask<ModbusResult> Confirm(
        Func<TimeSpan, ValueTask<ModbusResult>> check, long began, TimeSpan deadline, CancellationToken stop)
    {
        var result = await check(Left(began, deadline)).ConfigureAwait(false);
        if (result.Fault != ModbusFault.NotTaken || Left(began, deadline) <= Settling)
            return result;
        await Task.Delay(Settling, time, stop).ConfigureAwait(false);
        return await check(Left(began, deadline)).ConfigureAwait(false);
    }

    private TimeSpan Left(long began, TimeSpan deadline)
    {
        var left = Deadlines * deadline - time.GetElapsedTime(began);
        return left < deadline ? left : deadline;
    }

    private async ValueTask<ModbusResult> ChangeBits(ModbusAddress to, RegisterMask mask, TimeSpan deadline, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        if (!withoutMask.Contains(to.Unit))
        {
            var masked = await master.MaskRegister(to, mask, deadline, stop).ConfigureAwait(false);
            if (masked != ModbusResult.Refused(ModbusExceptionCode.IllegalFunction))
                return masked;
            withoutMask.Add(to.Unit);
        }

        var word = new ushort[1];
        var read = await master.ReadRegisters(to, word, deadline - time.GetElapsedTime(began), stop).ConfigureAwait(false);
        return read.IsGood
            ? await master.WriteRegister(to, mask.Apply(word[0]), deadline - time.GetElapsedTime(began), stop).ConfigureAwait(false)
            : read;
    }

    private async ValueTask<ModbusResult> Compare(
        ModbusAddress at, ReadOnlyMemory<ushort> words, ushort changed, TimeSpan deadline, CancellationToken stop)
    {
        var now = new ushort[words.Length];
        var result = await master.ReadRegisters(at, now, deadline, stop).ConfigureAwait(false);
        for (var i = 0; result.IsGood && i < now.Length; i++)
            if ((now[i] & changed) != (words.Span[i] & changed))
                result = ModbusResult.Failed(ModbusFault.NotTaken);
        return result;
    }

    private async ValueTask<ModbusResult> Compare(ModbusAddress at, Coil value, TimeSpan deadline, CancellationToken stop)
    {
        var now = new bool[1];
        var result = await master.ReadBits(at, now, deadline, stop).ConfigureAwait(false);
        return result.IsGood && now[0] != (value == Coil.On) ? ModbusResult.Failed(ModbusFault.NotTaken) : result;
    }
}
