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

    /// <summary>Exactly 85 °C from a DS18B20: what it holds after power-on, before any measurement.</summary>
    PowerOnValue,

    /// <summary>Outside of what the sensor can measure.</summary>
    Implausible,
}
