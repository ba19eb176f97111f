namespace EnergyPilot.Tests.Io.Faults;

/// <summary>What lies between master and slave.</summary>
public enum LineKind
{
    /// <summary>Modbus TCP.</summary>
    Tcp,

    /// <summary>Serial frames in a TCP tunnel.</summary>
    RtuOverTcp,

    /// <summary>A serial port.</summary>
    RtuSerial,
}
