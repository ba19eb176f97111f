namespace EnergyPilot.Io.Modbus;

/// <summary>The state of a coil, in the words of function 5 (Application Protocol V1.1b3, 6.5).</summary>
public enum Coil
{
    /// <summary>0x0000.</summary>
    Off = 0x0000,

    /// <summary>0xFF00.</summary>
    On = 0xFF00,
}
