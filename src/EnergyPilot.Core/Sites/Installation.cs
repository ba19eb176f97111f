using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>A wire that devices hang on.</summary>
/// <param name="Id">Its name in the site file.</param>
/// <param name="Protocol">What is spoken on it.</param>
/// <param name="Where">Modbus TCP: "host:port"; GPIO: "/dev/gpiochip0"; kernel sensors: the folder that holds the devices' folders.</param>
/// <param name="Deadline">How long one request may take.</param>
/// <param name="Interval">How often its fast points are polled.</param>
public sealed record Bus(string Id, Protocol Protocol, string Where, TimeSpan Deadline, TimeSpan Interval);

/// <summary>A device as installed.</summary>
/// <param name="Id">Its name in the site file.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Type">Its model.</param>
/// <param name="Bus">The bus that it hangs on.</param>
/// <param name="Address">Modbus: unit number 1 to 247; GPIO: line number; kernel: folder of the device, for example "28-0316a2791234".</param>
/// <param name="Points">Its points, resolved for this installation.</param>
public sealed record Device(string Id, string Name, DeviceType Type, Bus Bus, string Address, ImmutableArray<Point> Points);

/// <summary>A point as installed.</summary>
/// <param name="Id">Its name within the site, "device.point".</param>
/// <param name="Type">What the device model says of it.</param>
/// <param name="Factor">What one unit of the device is worth here: 0.1 m³ per pulse, else 1.</param>
/// <param name="Wiring">How a contact or relay is wired.</param>
/// <param name="StaleAfter">The age at which its last value counts as lost.</param>
public sealed record Point(PointId Id, PointType Type, double Factor, Wiring Wiring, TimeSpan StaleAfter);

/// <summary>
/// How a contact or relay is wired. A normally closed relay lets heat through when nothing energises it, so a dead gateway
/// means that the installed regulation heats; the logical value is always 1 for on, open or present.
/// </summary>
public enum Wiring { NormallyOpen, NormallyClosed }
