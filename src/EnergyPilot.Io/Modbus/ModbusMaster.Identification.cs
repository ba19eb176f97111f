using System.Buffers;
using System.Collections.Immutable;

namespace EnergyPilot.Io.Modbus;

public sealed partial class ModbusMaster
{
    /// <summary>
    /// Asks a device what it is (function 43/14), as often as it says that more follows. The deadline is for all of it.
    /// What came before trouble is kept.
    /// </summary>
    public ValueTask<ModbusIdentification> ReadIdentification(byte unit, IdentificationScope scope, TimeSpan deadline, CancellationToken stop) =>
        Identify(unit, (work, from) => IdentificationPdu.WriteStreamRequest(work, scope, from), 0, deadline, stop);

    /// <summary>Asks a device for one object (function 43/14, individual access).</summary>
    public ValueTask<ModbusIdentification> ReadIdentificationObject(byte unit, byte id, TimeSpan deadline, CancellationToken stop) =>
        Identify(unit, (work, from) => IdentificationPdu.WriteObjectRequest(work, from), id, deadline, stop);

    private async ValueTask<ModbusIdentification> Identify(
        byte unit, Func<byte[], byte, int> write, byte first, TimeSpan deadline, CancellationToken stop)
    {
        var objects = ImmutableArray.CreateBuilder<IdentificationObject>();
        var work = ArrayPool<byte>.Shared.Rent(WorkLength);
        var asked = time.GetTimestamp();
        try
        {
            for (int next = first; next >= 0;)
            {
                var from = (byte)next;
                var (result, length) = await Ask(unit, work, write(work, from), deadline - time.GetElapsedTime(asked), stop).ConfigureAwait(false);
                if (result.IsGood && !IdentificationPdu.TryRead(work.AsSpan(AnswerAt, length), from, objects, out next))
                    result = ModbusResult.Failed(ModbusFault.BadObjects);
                if (!result.IsGood)
                    return new ModbusIdentification(result, objects.ToImmutable());
            }

            return new ModbusIdentification(ModbusResult.Good, objects.ToImmutable());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(work);
        }
    }
}
