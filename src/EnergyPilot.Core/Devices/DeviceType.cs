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
    ImmutableArray<PointType> Points, ImmutableArray<Caveat> Caveats);

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
    string Name, Quantity Quantity, Access Access, ValueRange Range, PollClass Poll, Accumulation Cumulative, double Safe, Selector Where);

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

/// <summary>Where on a device a point is; each protocol has its own kind.</summary>
public abstract record Selector;

/// <summary>A Modbus register, or a run of them, or a bit.</summary>
/// <param name="Space">Which of Modbus's four tables.</param>
/// <param name="Address">0-based address as it stands on the wire.</param>
/// <param name="Encoding">How the words become a number.</param>
public sealed record RegisterSelector(RegisterSpace Space, ushort Address, RegisterEncoding Encoding) : Selector;

/// <summary>A line of a GPIO chip; which one is said where the device is installed.</summary>
public sealed record LineSelector(LineUse Use) : Selector;

/// <summary>A file that a kernel driver shows, relative to the device's folder.</summary>
/// <param name="File">For example "temperature" or "in_temp_input".</param>
/// <param name="Unit">The unit of the number in it, by the kernel's ABI documents.</param>
/// <param name="PowerOn">A value that the chip shows before its first measurement (DS18B20: 85 °C), as it stands in the file; NaN when it has none.</param>
public sealed record FileSelector(string File, Unit Unit, double PowerOn) : Selector;

/// <summary>Modbus's four tables, in the order of their read function codes 1 to 4.</summary>
public enum RegisterSpace { Coil, DiscreteInput, Holding, Input }

/// <summary>What a GPIO line does.</summary>
public enum LineUse
{
    /// <summary>A contact: window, presence, fault.</summary>
    Contact,

    /// <summary>Pulses of a meter, counted.</summary>
    Pulse,

    /// <summary>A relay or a lamp.</summary>
    Relay,
}
