namespace EnergyPilot.Io.Modbus;

/// <summary>The four tables of a Modbus device, each with addresses 0..65535.</summary>
public enum ModbusSpace
{
    /// <summary>Bits that can be read and written (functions 1, 5, 15).</summary>
    Coils,

    /// <summary>Bits that can be read (function 2).</summary>
    DiscreteInputs,

    /// <summary>16-bit words that can be read and written (functions 3, 6, 16, 22, 23).</summary>
    HoldingRegisters,

    /// <summary>16-bit words that can be read (function 4).</summary>
    InputRegisters,
}
