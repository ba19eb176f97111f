using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>A wire without a wire: a request PDU goes straight to whoever answers.</summary>
internal sealed class MemoryWire(MemoryWire.Answerer answerer) : IModbusWire
{
    public delegate int Answerer(byte unit, ReadOnlySpan<byte> request, Span<byte> answer);

    public int Requests { get; private set; }

    public ValueTask<WireAnswer> Exchange(byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline, CancellationToken stop)
    {
        Requests++;
        var length = answerer(unit, pdu.Span, answer.Span);
        return ValueTask.FromResult(length == 0 ? WireAnswer.Failed(ModbusFault.Timeout) : WireAnswer.Of(length));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static MemoryWire To(IModbusUnit unit) =>
        new(new ModbusSlave(new Dictionary<byte, IModbusUnit> { [1] = unit }, UnknownUnit.Silence).Answer);

    public static MemoryWire Saying(params byte[] bytes) => new((_, _, answer) =>
    {
        bytes.CopyTo(answer);
        return bytes.Length;
    });
}
