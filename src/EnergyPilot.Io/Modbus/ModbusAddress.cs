namespace EnergyPilot.Io.Modbus;

/// <summary>Where a value begins: unit, table and wire address (counted from 0, as in the frame).</summary>
/// <param name="Unit">Unit identifier (slave address).</param>
/// <param name="Space">Table.</param>
/// <param name="Address">Wire address; manuals that count from 1 or write 40001 are converted by the reader of the manual.</param>
public readonly record struct ModbusAddress(byte Unit, ModbusSpace Space, ushort Address);
