namespace EnergyPilot.Io.MBus;

/// <summary>Why an M-Bus request has nothing to show.</summary>
public enum MBusFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No answer within the time of the line, or within the deadline.</summary>
    Timeout,

    /// <summary>The line cannot be opened, or was lost; also the pause between attempts to open it.</summary>
    Disconnected,

    /// <summary>Bytes came, but no correct frame: noise, or several meters at once.</summary>
    Garbled,

    /// <summary>The meter acknowledges, but has no data to give.</summary>
    NoData,

    /// <summary>Another meter than the selected one answered.</summary>
    WrongMeter,

    /// <summary>A correct frame whose contents are no meter data.</summary>
    BadTelegram,

    /// <summary>The meter reports an application error (CI 70h).</summary>
    DeviceError,

    /// <summary>The meter's data are encrypted.</summary>
    Encrypted,
}
