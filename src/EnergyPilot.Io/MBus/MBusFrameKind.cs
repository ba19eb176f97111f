namespace EnergyPilot.Io.MBus;

/// <summary>The four formats of frames.</summary>
public enum MBusFrameKind
{
    /// <summary>The single character E5h.</summary>
    Acknowledge,

    /// <summary>Control and address.</summary>
    ShortFrame,

    /// <summary>Control, address and CI field: a long frame without data.</summary>
    ControlFrame,

    /// <summary>Control, address, CI field and data.</summary>
    LongFrame,
}
