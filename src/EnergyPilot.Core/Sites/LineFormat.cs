using EnergyPilot.Core.Devices;

namespace EnergyPilot.Core.Sites;

/// <summary>Speed and format of the characters on a serial line; data bits follow from the protocol.</summary>
/// <param name="BaudRate">Bits per second.</param>
/// <param name="Parity">The check bit of each character.</param>
/// <param name="StopBits">1 or 2.</param>
public sealed record LineFormat(int BaudRate, Parity Parity, int StopBits)
{
    /// <summary>Who turns an RS-485 transceiver from receiving to sending.</summary>
    public DirectionControl Direction { get; init; } = DirectionControl.Automatic;

    /// <summary>
    /// What most devices are delivered with. Modbus asks for even parity, yet nearly all meters and sensors come without; M-Bus
    /// is always even (EN 13757-2); a Linky's standard mode has 9600 Bd, its historical mode 1200 (Enedis-NOI-CPT_54E).
    /// </summary>
    public static LineFormat Of(Protocol protocol) => protocol switch
    {
        Protocol.MBus => new LineFormat(2400, Parity.Even, 1),
        Protocol.Tic => new LineFormat(9600, Parity.Even, 1),
        _ => new LineFormat(9600, Parity.None, 1),
    };
}

/// <summary>The check bit of a character.</summary>
public enum Parity { None, Even, Odd }

/// <summary>Who turns an RS-485 transceiver round.</summary>
public enum DirectionControl
{
    /// <summary>The adapter itself, as nearly all do.</summary>
    Automatic,

    /// <summary>The kernel's driver, with RTS high while it sends.</summary>
    RtsHigh,

    /// <summary>The kernel's driver, with RTS low while it sends.</summary>
    RtsLow,
}
