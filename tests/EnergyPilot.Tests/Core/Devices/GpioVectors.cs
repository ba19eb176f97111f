namespace EnergyPilot.Tests.Core.Devices;

/// <summary>What lines of the gateway mean: the voltage that a contact to ground makes, the pulses of a meter and the worth of one, the voltage of a relay that was told so.</summary>
internal static class GpioVectors
{
    public static readonly Vector[] Lines =
    [
        new("gpio-contact", "state", "low", 1),
        new("gpio-contact", "state", "high", 0),
        new("gpio-presence", "present", "low", 1),
        new("gpio-presence", "present", "high", 0),
        new("gpio-pulse-energy", "energy", "7 pulses of 0.001", 0.007),
        new("gpio-pulse-volume", "volume", "5 pulses of 0.1", 0.5),
        new("gpio-relay", "state", "high", 1),
        new("gpio-relay", "state", "low", 0),
    ];

    public static TheoryData<string, string, string, double> All => Vector.Table(Lines);
}
