namespace EnergyPilot.Io.Serial;

/// <summary>Who turns the RS-485 transceiver round.</summary>
public enum Rs485Support
{
    /// <summary>Nobody was asked: RS-232, or an adapter that does it by itself.</summary>
    NotAsked,

    /// <summary>The kernel's driver, by RTS.</summary>
    ByKernel,

    /// <summary>The driver was asked and cannot; the adapter must do it by itself.</summary>
    Absent,
}
