using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Benchmarks.Load;

/// <summary>Counts what is asked of a unit, for all units together.</summary>
internal sealed class CountingUnit(IModbusUnit unit, CountingUnit.Tally tally) : IModbusUnit
{
    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        tally.Reads++;
        return unit.ReadRegisters(space, address, values);
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => unit.WriteRegisters(address, values);

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values)
    {
        tally.Reads++;
        return unit.ReadBits(space, address, values);
    }

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => unit.WriteBits(address, values);

    internal sealed class Tally
    {
        // Units are called one at a time.
        public long Reads { get; set; }
    }
}
