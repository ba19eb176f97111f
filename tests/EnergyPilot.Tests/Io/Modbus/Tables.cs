using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>A unit with 1000 of everything; register n begins as n, input register n as n + 1000, every third bit is set.</summary>
internal sealed class Tables : IModbusUnit
{
    public const int Size = 1000;

    public ushort[] Holding { get; } = [.. Enumerable.Range(0, Size).Select(n => (ushort)n)];

    public ushort[] Input { get; } = [.. Enumerable.Range(Size, Size).Select(n => (ushort)n)];

    public bool[] Coils { get; } = [.. Enumerable.Range(0, Size).Select(n => n % 3 == 0)];

    public bool[] Discrete { get; } = [.. Enumerable.Range(0, Size).Select(n => n % 3 == 1)];

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values) =>
        Copy(space == ModbusSpace.HoldingRegisters ? Holding : Input, address, values);

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values) =>
        Copy(space == ModbusSpace.Coils ? Coils : Discrete, address, values);

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => Store(values, Holding, address);

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => Store(values, Coils, address);

    private static ModbusExceptionCode Copy<T>(T[] table, int address, Span<T> values)
    {
        if (address + values.Length > Size)
            return ModbusExceptionCode.IllegalDataAddress;
        table.AsSpan(address, values.Length).CopyTo(values);
        return ModbusExceptionCode.None;
    }

    private static ModbusExceptionCode Store<T>(ReadOnlySpan<T> values, T[] table, int address)
    {
        if (address + values.Length > Size)
            return ModbusExceptionCode.IllegalDataAddress;
        values.CopyTo(table.AsSpan(address));
        return ModbusExceptionCode.None;
    }
}
