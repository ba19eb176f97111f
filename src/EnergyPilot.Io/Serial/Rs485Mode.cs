namespace EnergyPilot.Io.Serial;

/// <summary>
/// Half-duplex RS-485 where the kernel's driver turns the transceiver round by RTS.
/// USB adapters and isolated boards that turn round by themselves need none of it.
/// Source: Documentation/driver-api/serial/serial-rs485.rst.
/// </summary>
/// <param name="OnSend">Level of RTS while sending; the opposite while listening.</param>
/// <param name="BeforeSend">From turning round to the first start bit; whole milliseconds.</param>
/// <param name="AfterSend">From the last stop bit to turning back; whole milliseconds.</param>
public sealed record Rs485Mode(RtsLevel OnSend = RtsLevel.High, TimeSpan BeforeSend = default, TimeSpan AfterSend = default);
