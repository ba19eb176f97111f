namespace EnergyPilot.Io.Serial;

/// <summary>
/// How characters stand on a serial line: for example Modbus RTU 19 200 8E1, M-Bus 2400 8E1, Linky TIC 1200 or 9600 7E1.
/// Flow control is always off.
/// </summary>
/// <param name="BaudRate">Bits per second, 300..921600; the driver takes the nearest that its clock can make.</param>
/// <param name="Parity">The parity bit.</param>
/// <param name="StopBits">The rest after a character.</param>
/// <param name="DataBits">Bits of data in a character, 7 or 8.</param>
public sealed record SerialSettings(
    int BaudRate,
    SerialParity Parity = SerialParity.None,
    SerialStopBits StopBits = SerialStopBits.One,
    int DataBits = 8)
{
    /// <summary>Slowest line served.</summary>
    public const int LeastBaudRate = 300;

    /// <summary>Fastest line served.</summary>
    public const int MostBaudRate = 921_600;

    /// <summary>Asks the kernel's driver to turn an RS-485 transceiver round; a driver that cannot is tolerated.</summary>
    public Rs485Mode? Rs485 { get; init; }
}
