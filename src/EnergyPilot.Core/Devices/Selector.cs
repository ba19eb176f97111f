using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>Where on a device a point is; each protocol has its own kind.</summary>
public abstract record Selector;

/// <summary>A Modbus register, or a run of them, or a bit.</summary>
/// <param name="Space">Which of Modbus's four tables.</param>
/// <param name="Address">0-based address as it stands on the wire.</param>
/// <param name="Encoding">How the words become a number.</param>
public sealed record RegisterSelector(RegisterSpace Space, ushort Address, RegisterEncoding Encoding) : Selector;

/// <summary>Modbus's four tables, in the order of their read function codes 1 to 4.</summary>
public enum RegisterSpace { Coil, DiscreteInput, Holding, Input }

/// <summary>A line of a GPIO chip; which one is said where the device is installed.</summary>
public sealed record LineSelector(LineUse Use) : Selector;

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

/// <summary>A file that a kernel driver shows, relative to the device's folder.</summary>
/// <param name="File">
/// For example "temperature", or "hwmon/*/temp1_input", where * stands for a folder whose number changes with every start.
/// </param>
/// <param name="Unit">The unit of the number in it, by the kernel's ABI documents.</param>
/// <param name="PowerOn">A value that the chip shows before its first measurement (DS18B20: 85 °C), as it stands in the file; NaN when it has none.</param>
public sealed record FileSelector(string File, Unit Unit, double PowerOn) : Selector;

/// <summary>A channel of an industrial I/O driver, whose number is made of its files _raw, _offset and _scale, or stands in _input.</summary>
/// <param name="Channel">Path within the device's folder without suffix, for example "iio:device*/in_concentration_co2".</param>
/// <param name="Scaling">What becomes of the number of the ABI: a voltage divider, another unit.</param>
public sealed record ChannelSelector(string Channel, Scaling Scaling) : Selector;

/// <summary>A data record of an M-Bus meter, which says its own unit.</summary>
/// <param name="Record">What it is a measure of.</param>
/// <param name="Function">Present value, or an extreme.</param>
/// <param name="Storage">0 for now; higher numbers are values of past due dates.</param>
/// <param name="Tariff">0 for the sum of all tariffs.</param>
/// <param name="Subunit">0 for the meter itself; higher numbers are its further inputs.</param>
public sealed record RecordSelector(MeterRecord Record, RecordFunction Function, uint Storage, uint Tariff, uint Subunit) : Selector;

/// <summary>What records of meters are a measure of, in the words of EN 13757-3.</summary>
public enum MeterRecord
{
    Energy,
    Volume,
    Mass,
    Power,
    VolumeFlow,
    FlowTemperature,
    ReturnTemperature,
    TemperatureDifference,
    ExternalTemperature,
    Pressure,
    RelativeHumidity,
    Voltage,
    Current,
    OnTime,
    OperatingTime,
    ErrorFlags,
}

/// <summary>Which of the values of a meter's record.</summary>
public enum RecordFunction { Instantaneous, Maximum, Minimum, ErrorState }

/// <summary>A group of a French meter's télé-information, by its label.</summary>
/// <param name="Label">For example "EAST" or "PAPP".</param>
/// <param name="Scaling">What the number is worth.</param>
public sealed record GroupSelector(string Label, Scaling Scaling) : Selector;

/// <summary>A value within messages that a broker passes on.</summary>
/// <param name="Topic">Topic below the device's own; empty when its messages come on that itself.</param>
/// <param name="Path">Where in the JSON it is, for example "$.temperature".</param>
/// <param name="Scaling">What the number is worth.</param>
/// <param name="On">For states: the text or word that means on; true, 1, "on" and "ON" when empty.</param>
/// <param name="Off">For states: the text or word that means off; false, 0, "off" and "OFF" when empty.</param>
/// <param name="Command">For outputs: how it is written.</param>
public sealed record MessageSelector(string Topic, string Path, Scaling Scaling, string On, string Off, CommandMessage Command) : Selector;

/// <summary>How an output behind a broker is written.</summary>
/// <param name="Topic">Topic below the device's own.</param>
/// <param name="Payload">The message, in which {value} stands for the number, or for the word of a state.</param>
public sealed record CommandMessage(string Topic, string Payload)
{
    public static readonly CommandMessage None = new("", "");

    /// <summary>Stands for the number in a payload.</summary>
    public const string Value = "{value}";
}

/// <summary>What the number of a device is worth: value = (number · <paramref name="Scale"/> + <paramref name="Offset"/>) in <paramref name="Unit"/>.</summary>
public sealed record Scaling(double Scale, double Offset, Unit Unit)
{
    /// <summary>The value in the canonical unit of its quantity.</summary>
    public double ToCanonical(double number) => Unit.ToCanonical(number * Scale + Offset);

    /// <summary>The number that the device has for a value.</summary>
    public double FromCanonical(double value) => (Unit.FromCanonical(value) - Offset) / Scale;
}
