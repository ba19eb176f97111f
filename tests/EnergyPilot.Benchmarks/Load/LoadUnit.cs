using System.Buffers.Binary;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Benchmarks.Load;

/// <summary>
/// Answers to everything: input registers below 256 are f32 around 50, never twice the same, so that every change is worth a record;
/// other registers are around 200 (20.0 °C), and what is written is kept.
/// </summary>
internal sealed class LoadUnit(int unit, TimeProvider time) : IModbusUnit
{
    private const int LastFloat = 256;

    private readonly Dictionary<ushort, ushort> holding = [];
    private readonly Dictionary<ushort, bool> coils = [];

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        var wave = Math.Sin((time.GetTimestamp() / (double)time.TimestampFrequency / 300) + unit);
        for (var i = 0; i < values.Length; i++)
            values[i] = space == ModbusSpace.HoldingRegisters ? holding.GetValueOrDefault((ushort)(address + i), (ushort)(200 + (10 * wave)))
                : address + i < LastFloat ? Half(50 + (4 * wave), address + i) : (ushort)(80 + (30 * wave));
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        for (var i = 0; i < values.Length; i++) holding[(ushort)(address + i)] = values[i];
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = coils.GetValueOrDefault((ushort)(address + i));
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values)
    {
        for (var i = 0; i < values.Length; i++) coils[(ushort)(address + i)] = values[i];
        return ModbusExceptionCode.None;
    }

    private static ushort Half(double value, int address)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleBigEndian(bytes, (float)value);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes[(address % 2 * 2)..]);
    }
}
