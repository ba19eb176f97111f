namespace EnergyPilot.Io.Kernel;

/// <summary>Why a sensor file has no value to show.</summary>
public enum SensorFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No such file, or its driver reports an error: unplugged, or a CRC error on the bus.</summary>
    Unreadable,

    /// <summary>The file is empty: the driver has no measurement.</summary>
    Empty,

    /// <summary>The file holds no number.</summary>
    NotANumber,

    /// <summary>The 85 °C that a DS18B20 holds after power-on, before any measurement.</summary>
    PowerOnValue,

    /// <summary>The bytes that came from the chip do not fit their checksum.</summary>
    BadChecksum,

    /// <summary>Nothing but zeros came from the chip: its line is held low.</summary>
    AllZero,
}
