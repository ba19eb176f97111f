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
}
