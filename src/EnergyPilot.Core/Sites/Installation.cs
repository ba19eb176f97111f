using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>A wire that devices hang on.</summary>
/// <param name="Id">Its name in the site file.</param>
/// <param name="Protocol">What is spoken on it.</param>
/// <param name="Where">How the site file says where it is; see <see cref="BusPlace"/>.</param>
/// <param name="Deadline">How long one request may take.</param>
/// <param name="Interval">How often its fast points are polled.</param>
public sealed record Bus(string Id, Protocol Protocol, string Where, TimeSpan Deadline, TimeSpan Interval)
{
    /// <summary>Where it is, as <see cref="Where"/> says it.</summary>
    public BusPlace Place { get; init; } = BusPlace.Nowhere;

    /// <summary>Speed and format of the characters, where it is a serial line.</summary>
    public LineFormat Format { get; init; } = LineFormat.Of(Protocol);

    /// <summary>How the gateway shows a broker who it is.</summary>
    public BrokerLogin Login { get; init; } = BrokerLogin.Anonymous;
}

/// <summary>How the gateway shows a broker who it is, and knows the broker. Secrets stand in files of their own, never in a site file.</summary>
/// <param name="User">Name of the account; empty for none.</param>
/// <param name="PasswordFile">File with its password; empty for none.</param>
/// <param name="CaFile">Certificates (PEM) that the broker's must descend from; empty for those the machine trusts.</param>
public sealed record BrokerLogin(string User, string PasswordFile, string CaFile)
{
    public static readonly BrokerLogin Anonymous = new("", "", "");
}

/// <summary>A device as installed.</summary>
/// <param name="Id">Its name in the site file.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Type">Its model.</param>
/// <param name="Bus">The bus that it hangs on.</param>
/// <param name="Address">
/// Modbus: unit number 1 to 247; GPIO: line number; kernel: folder of the device, for example "28-0316a2791234"; M-Bus: primary address 0 to 250,
/// or the eight digits of the label, or these with maker, version and medium as a scan shows them, "67004142.KAM.08.0C"; télé-information: the meter's twelve digits, or "any";
/// MQTT: the device's topic, for example "zigbee2mqtt/valve-cp".
/// </param>
/// <param name="Points">Its points, resolved for this installation.</param>
public sealed record Device(string Id, string Name, DeviceType Type, Bus Bus, string Address, ImmutableArray<Point> Points)
{
    /// <summary>How long one request to it may take.</summary>
    public TimeSpan Deadline { get; init; } = Bus.Deadline;

    /// <summary>The address of a meter that is alone on its line.</summary>
    public const string AnyAddress = "any";
}

/// <summary>A point as installed.</summary>
/// <param name="Id">Its name within the site, "device.point".</param>
/// <param name="Type">What the device model says of it.</param>
/// <param name="Factor">What one unit of the device is worth here: 0.1 m³ per pulse, else 1.</param>
/// <param name="Wiring">How a contact or relay is wired.</param>
/// <param name="StaleAfter">The age at which its last value counts as lost.</param>
public sealed record Point(PointId Id, PointType Type, double Factor, Wiring Wiring, TimeSpan StaleAfter)
{
    /// <summary>When its readings go into the history.</summary>
    public Keeping Keeping { get; init; } = Keeping.Of(Type.Quantity);
}

/// <summary>
/// How a contact or relay is wired. A normally closed relay lets heat through when nothing energises it, so a dead gateway
/// means that the installed regulation heats; the logical value is always 1 for on, open or present.
/// </summary>
public enum Wiring { NormallyOpen, NormallyClosed }
