namespace EnergyPilot.Io.Modbus;

/// <summary>How a protocol data unit is packed on its wire.</summary>
public enum ModbusFraming
{
    /// <summary>With the seven-byte header of Modbus TCP.</summary>
    Tcp,

    /// <summary>Between unit and CRC, on a serial line or through a tunnel.</summary>
    Rtu,
}
