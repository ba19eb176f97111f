using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>Where a bus is: what has to be opened to speak on it.</summary>
public abstract record BusPlace
{
    /// <summary>No place was said, or it could not be read.</summary>
    public static readonly BusPlace Nowhere = new FolderPlace("");

    private const string SerialDevices = "/dev/tty";
    private const string Chips = "/dev/gpiochip";

    /// <summary>What a place on a bus of this protocol looks like, in words with an example.</summary>
    public static Saying Expected(Protocol protocol) => protocol switch
    {
        Protocol.Modbus => $"host:port of a Modbus TCP device, for example \"192.168.10.20:502\", rtu://host:port of a converter that passes serial frames on, or a serial port, for example \"/dev/ttyUSB0\"",
        Protocol.Gpio => $"a GPIO chip, for example \"/dev/gpiochip0\"",
        Protocol.Kernel => $"a folder, for example \"/sys/bus/w1/devices\"",
        Protocol.Mqtt => $"host:port of a broker, for example \"127.0.0.1:1883\", or mqtts://host:port for an encrypted connection",
        _ => $"a serial port, for example \"/dev/ttyUSB0\", or host:port of a converter that passes its bytes on",
    };

    /// <summary>Reads a place.</summary>
    public static bool TryParse(Protocol protocol, string text, out BusPlace place)
    {
        place = (protocol, text) switch
        {
            (Protocol.Gpio, _) when text.StartsWith(Chips, StringComparison.Ordinal) => new ChipPlace(text),
            (Protocol.Gpio, _) => Nowhere,
            (Protocol.Kernel, _) when text.StartsWith('/') => new FolderPlace(text),
            (Protocol.Kernel, _) => Nowhere,
            (not Protocol.Mqtt, _) when text.StartsWith(SerialDevices, StringComparison.Ordinal) || text.StartsWith("/dev/serial/", StringComparison.Ordinal) || text.StartsWith("/dev/pts/", StringComparison.Ordinal) => new SerialPlace(text),
            (Protocol.Modbus, _) when After("rtu://", text) is { } tunnel => Network(tunnel, Carrying.SerialFrames),
            (Protocol.Mqtt, _) when After("mqtts://", text) is { } secured => Network(secured, Carrying.Encrypted),
            (Protocol.Mqtt, _) when After("mqtt://", text) is { } plain => Network(plain, Carrying.Plain),
            _ => Network(text, Carrying.Plain),
        };
        return !ReferenceEquals(place, Nowhere);
    }

    private static string? After(string scheme, string text) => text.StartsWith(scheme, StringComparison.Ordinal) ? text[scheme.Length..] : null;

    private static BusPlace Network(string text, Carrying carrying)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && !text.AsSpan().ContainsAny(" /\t")
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new NetworkPlace(text[..colon].Trim('[', ']'), port, carrying)
            : Nowhere;
    }
}

/// <summary>A TCP port of a device, a converter or a broker.</summary>
public sealed record NetworkPlace(string Host, int Port, Carrying Carrying) : BusPlace;

/// <summary>What a TCP connection carries.</summary>
public enum Carrying
{
    /// <summary>The protocol as it is on TCP.</summary>
    Plain,

    /// <summary>The frames of a serial line, with their checksums.</summary>
    SerialFrames,

    /// <summary>TLS.</summary>
    Encrypted,
}

/// <summary>A serial port of the gateway.</summary>
public sealed record SerialPlace(string Path) : BusPlace;

/// <summary>A GPIO chip of the gateway.</summary>
public sealed record ChipPlace(string Path) : BusPlace;

/// <summary>A folder of the kernel.</summary>
public sealed record FolderPlace(string Path) : BusPlace;
