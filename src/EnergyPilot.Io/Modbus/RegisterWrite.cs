namespace EnergyPilot.Io.Modbus;

/// <summary>Words for neighbouring holding registers.</summary>
/// <param name="Address">Wire address of the first.</param>
/// <param name="Values">What they become.</param>
public readonly record struct RegisterWrite(ushort Address, ReadOnlyMemory<ushort> Values);
