namespace EnergyPilot.Io.MBus;

/// <summary>How a reading ended.</summary>
/// <param name="Fault"><see cref="MBusFault.None"/> or what went wrong.</param>
/// <param name="Telegram">The meter's records, of all its telegrams; of an encrypted meter the header alone; else null.</param>
public readonly record struct MBusReading(MBusFault Fault, MBusTelegram? Telegram)
{
    internal static MBusReading Failed(MBusFault fault) => new(fault, null);
}
