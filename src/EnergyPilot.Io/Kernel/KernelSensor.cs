using System.Buffers.Text;

namespace EnergyPilot.Io.Kernel;

/// <summary>
/// Sensors by the files of their kernel drivers, in the kernel's units
/// (Documentation/w1/slaves/w1_therm.rst, Documentation/hwmon/sysfs-interface.rst, Documentation/ABI/testing/sysfs-bus-iio).
/// </summary>
public static class KernelSensor
{
    // DS18B20 datasheet: measures -55..125 °C; 85.0 °C is the power-on value, not a measurement.
    private const double LeastMilliCelsius = -55_000;
    private const double MostMilliCelsius = 125_000;
    private const double PowerOnMilliCelsius = 85_000;
    private const double MostMilliPercent = 100_000;

    /// <summary>A w1_therm <c>temperature</c> file, in m°C. The read itself measures (0.75 s).</summary>
    public static SensorValue OneWireTemperature(ISensorFiles files, string path)
    {
        var value = Temperature(files, path);
        return value is { IsGood: true, Value: PowerOnMilliCelsius } ? SensorValue.Failed(SensorFault.PowerOnValue) : value;
    }

    /// <summary>A hwmon <c>temp1_input</c> or IIO <c>in_temp_input</c> file, in m°C.</summary>
    public static SensorValue Temperature(ISensorFiles files, string path) =>
        Within(Number(files, path), LeastMilliCelsius, MostMilliCelsius);

    /// <summary>A hwmon <c>humidity1_input</c> or IIO <c>in_humidityrelative_input</c> file, in m%RH.</summary>
    public static SensorValue Humidity(ISensorFiles files, string path) => Within(Number(files, path), 0, MostMilliPercent);

    /// <summary>
    /// An IIO channel: (raw + offset) · scale, in the unit of the ABI: for <c>in_concentration_co2</c> percent (1 % = 10 000 ppm).
    /// A missing offset is 0; a missing scale is a fault, for a raw number has no unit.
    /// </summary>
    public static SensorValue Channel(ISensorFiles files, IioChannel channel)
    {
        var raw = Number(files, channel.Raw);
        var scale = Number(files, channel.Scale);
        var offset = Offset(files, channel);
        if (!raw.IsGood)
            return raw;
        if (!scale.IsGood)
            return scale;
        if (!offset.IsGood)
            return offset;
        return new SensorValue((raw.Value + offset.Value) * scale.Value, SensorFault.None);
    }

    /// <summary>Any file with one number, such as "19250\n" or "0.000100000".</summary>
    public static SensorValue Number(ISensorFiles files, string path)
    {
        Span<byte> buffer = stackalloc byte[64];
        if (!files.TryRead(path, buffer, out var length))
            return SensorValue.Failed(SensorFault.Unreadable);
        var text = buffer[..length].TrimEnd("\n\0 "u8);
        if (text.IsEmpty)
            return SensorValue.Failed(SensorFault.Empty);
        return Utf8Parser.TryParse(text, out double value, out var used) && used == text.Length && double.IsFinite(value)
            ? new SensorValue(value, SensorFault.None)
            : SensorValue.Failed(SensorFault.NotANumber);
    }

    // An offset that is there but cannot be read must not pass for 0.
    private static SensorValue Offset(ISensorFiles files, IioChannel channel)
    {
        var offset = Number(files, channel.Offset);
        return offset.Fault == SensorFault.Unreadable && !files.List(channel.Folder).Contains(Path.GetFileName(channel.Offset))
            ? new SensorValue(0, SensorFault.None)
            : offset;
    }

    private static SensorValue Within(SensorValue value, double least, double most) =>
        value.IsGood && (value.Value < least || value.Value > most) ? SensorValue.Failed(SensorFault.Implausible) : value;
}
