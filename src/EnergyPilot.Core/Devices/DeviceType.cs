using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>A model of device as its file in hardware/devices describes it: which points it has, where on the wire they are, and what to beware of.</summary>
/// <param name="Id">The file's name without its ending, for example "eastron-sdm630".</param>
/// <param name="Maker">Who makes it.</param>
/// <param name="Model">What the label says.</param>
/// <param name="Summary">One line for a person choosing from a list.</param>
/// <param name="Protocol">The kind of bus it hangs on.</param>
/// <param name="Points">What it measures or takes, by name.</param>
/// <param name="Caveats">What is known to go wrong with it, each with its source.</param>
public sealed record DeviceType(
    string Id, string Maker, string Model, string Summary, Protocol Protocol,
    ImmutableArray<PointType> Points, ImmutableArray<Caveat> Caveats)
{
    /// <summary>How a broker's devices say that they live.</summary>
    public LifeSigns LifeSigns { get; init; } = LifeSigns.None;
}

/// <summary>How a device behind a broker says that it lives; empty where it does not.</summary>
/// <param name="Availability">Topic below the device's own, on which "online" or "offline" stands.</param>
/// <param name="LastSeen">Path, in the device's messages, of the time at which it was last heard.</param>
public sealed record LifeSigns(string Availability, string LastSeen)
{
    public static readonly LifeSigns None = new("", "");
}

/// <summary>A known trap of a device model, and where that is known from.</summary>
public sealed record Caveat(string Text, string Source);

/// <summary>The kinds of bus that a device can hang on.</summary>
public enum Protocol
{
    /// <summary>Modbus, whichever wire carries it (TCP, RTU over TCP, serial).</summary>
    Modbus,

    /// <summary>A line of the kernel's GPIO character device.</summary>
    Gpio,

    /// <summary>A sensor that a kernel driver shows as files (1-Wire, hwmon, iio).</summary>
    Kernel,

    /// <summary>Heat, water, gas and electricity meters on an M-Bus (EN 13757).</summary>
    MBus,

    /// <summary>The customer output of a French electricity meter, Linky or older (télé-information client).</summary>
    Tic,

    /// <summary>Wireless devices that a broker speaks for: Zigbee2MQTT, ChirpStack, any publisher of JSON.</summary>
    Mqtt,
}

/// <summary>One point of a device model.</summary>
/// <param name="Name">Its name within the device, for example "active-power".</param>
/// <param name="Quantity">What it measures; its values are kept in that quantity's canonical unit.</param>
/// <param name="Access">Whether it is read, written or both.</param>
/// <param name="Range">Plausible values in the canonical unit; outside, a reading is over or under range and a write is refused.</param>
/// <param name="Poll">How often it is worth asking.</param>
/// <param name="Cumulative">Whether it is an index that only ever grows (energy, volume, pulses).</param>
/// <param name="Safe">For outputs: the value that is safe when the control is silent; heating goes on (warm-safe).</param>
/// <param name="Where">Where on the device it is.</param>
public sealed record PointType(
    string Name, Quantity Quantity, Access Access, ValueRange Range, PollClass Poll, Accumulation Cumulative, double Safe, Selector Where)
{
    /// <summary>For outputs on a battery: written on change only, and not again before this time; zero for all others.</summary>
    public TimeSpan HoldOff { get; init; }

    /// <summary>The age at which its last value counts as lost, for devices that speak up when they like; zero where that follows from how often it is polled.</summary>
    public TimeSpan StaleAfter { get; init; }

    /// <summary>A value that has not moved by a single step for so long is that of a dead sensor; zero where standing still is normal.</summary>
    public TimeSpan StuckAfter { get; init; }

    /// <summary>A value below this calls a person: an empty battery. Not a number where none does.</summary>
    public double AlarmBelow { get; init; } = double.NaN;
}

/// <summary>Whether a value stands for now, or for everything since the device was installed.</summary>
public enum Accumulation { Instantaneous, Cumulative }

/// <summary>Direction of a point, seen from the gateway.</summary>
public enum Access { Read, Write, ReadWrite }

/// <summary>How often a point is polled: fast every cycle, normal every 30 s, slow every 5 min, once at start.</summary>
public enum PollClass { Fast, Normal, Slow, Once }

/// <summary>Bounds, both included, in the canonical unit of the point's quantity.</summary>
public readonly record struct ValueRange(double Low, double High)
{
    public bool Contains(double value) => value >= Low && value <= High;
}
