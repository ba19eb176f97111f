using EnergyPilot.Core.Devices;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>What is probably spoken at a place.</summary>
internal static class BusGuess
{
    /// <summary>One protocol for a text that looks like a place; none for a name.</summary>
    public static Protocol[] ProtocolsOf(string text) => text switch
    {
        _ when text.StartsWith("/dev/gpiochip", StringComparison.Ordinal) => [Protocol.Gpio],
        _ when text.StartsWith("/dev/", StringComparison.Ordinal) => [Protocol.Modbus],
        _ when text.StartsWith('/') => [Protocol.Kernel],
        _ when text.StartsWith("mqtt://", StringComparison.Ordinal) || text.StartsWith("mqtts://", StringComparison.Ordinal) => [Protocol.Mqtt],
        _ when text.EndsWith(":1883", StringComparison.Ordinal) || text.EndsWith(":8883", StringComparison.Ordinal) => [Protocol.Mqtt],
        _ when text.Contains(':', StringComparison.Ordinal) => [Protocol.Modbus],
        _ => [],
    };
}
