namespace EnergyPilot.Io.Modbus;

/// <summary>
/// What a unit answers from: its tables. Addresses are wire addresses, ranges never run past 65535.
/// Each call returns <see cref="ModbusExceptionCode.None"/>, or the exception with which the unit refuses; it never throws for a bad address.
/// </summary>
public interface IModbusUnit
{
    /// <summary>Fills <paramref name="values"/> from holding or input registers.</summary>
    ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values);

    /// <summary>Takes new values for holding registers: all of them, or none when it refuses.</summary>
    ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values);

    /// <summary>Fills <paramref name="values"/> from coils or discrete inputs.</summary>
    ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values);

    /// <summary>Takes new values for coils: all of them, or none when it refuses.</summary>
    ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values);

    /// <summary>
    /// What it says of itself (function 43/14), in ascending order of object numbers. Empty for a unit that does not know the function.
    /// Values longer than <see cref="IdentificationObject.MaxLength"/> bytes are cut.
    /// </summary>
    IReadOnlyList<IdentificationObject> Identification => [];
}
