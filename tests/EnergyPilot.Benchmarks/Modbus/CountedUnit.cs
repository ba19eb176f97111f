using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Benchmarks.Modbus;

/// <summary>A unit whose registers follow from its number and their address.</summary>
internal sealed class CountedUnit(int unit) : IModbusUnit
{
    public static ushort Value(int unit, int address) => (ushort)((unit * 257) + (address * 31));

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Value(unit, address + i);
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalDataAddress;

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values) => ModbusExceptionCode.IllegalDataAddress;

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => ModbusExceptionCode.IllegalDataAddress;
}
