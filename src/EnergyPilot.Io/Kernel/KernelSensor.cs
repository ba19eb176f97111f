using System.Buffers.Text;

namespace EnergyPilot.Io.Kernel;

/// <summary>
/// Sensors by the files of their kernel drivers, in the kernel's units
/// (Documentation/w1/slaves/w1_therm.rst, Documentation/hwmon/sysfs-interface.rst, Documentation/ABI/testing/sysfs-bus-iio).
/// </summary>
public static class KernelSensor
{
    private const int LongestNumber = 64;

    /// <summary>
    /// A w1_therm <c>w1_slave</c> file, in m°C. Reading it measures (0.75 s), unless a measurement of the whole bus was triggered
    /// before. Unlike the driver's <c>temperature</c> file it shows the chip's memory, so that a shorted line and a power-on
    /// value are told from real temperatures of 0 and 85 °C.
    /// </summary>
    public static SensorValue OneWire(ISensorFiles files, string path)
    {
        Span<byte> buffer = stackalloc byte[OneWireReport.Longest];
        if (!files.TryRead(path, buffer, out var length))
            return SensorValue.Failed(SensorFault.Unreadable);
        return length == 0 ? SensorValue.Failed(SensorFault.Empty) : OneWireReport.Read(buffer[..length]);
    }

    /// <summary>
    /// An IIO channel in the unit of the ABI: (raw + offset) · scale, or what stands in _input where the driver computes it itself.
    /// For <c>in_concentration_co2</c> that is percent (1 % = 10 000 ppm). A missing offset is 0; a missing scale is a fault, for
    /// a raw number has no unit. Scale and offset may be shared by all channels of a type.
    /// </summary>
    public static SensorValue Channel(ISensorFiles files, IioChannel channel)
    {
        var raw = Number(files, channel.Raw);
        if (raw.Fault == SensorFault.Unreadable)
            return Number(files, channel.Input);
        if (!raw.IsGood)
            return raw;
        var scale = Own(files, channel.Scale, channel.SharedScale);
        var offset = Own(files, channel.Offset, channel.SharedOffset);
        if (offset.Fault == SensorFault.Unreadable && IsMissing(files, channel))
            offset = new SensorValue(0, SensorFault.None);
        if (!scale.IsGood)
            return scale;
        return offset.IsGood ? new SensorValue((raw.Value + offset.Value) * scale.Value, SensorFault.None) : offset;
    }

    /// <summary>Any file with one number, such as "19250\n" or "0.000100000".</summary>
    public static SensorValue Number(ISensorFiles files, string path)
    {
        Span<byte> buffer = stackalloc byte[LongestNumber];
        if (!files.TryRead(path, buffer, out var length))
            return SensorValue.Failed(SensorFault.Unreadable);
        var text = buffer[..length].TrimEnd("\n\0 "u8);
        if (text.IsEmpty)
            return SensorValue.Failed(SensorFault.Empty);
        return Utf8Parser.TryParse(text, out double value, out var used) && used == text.Length && double.IsFinite(value)
            ? new SensorValue(value, SensorFault.None)
            : SensorValue.Failed(SensorFault.NotANumber);
    }

    private static SensorValue Own(ISensorFiles files, string own, string shared)
    {
        var value = Number(files, own);
        return value.Fault == SensorFault.Unreadable && own != shared ? Number(files, shared) : value;
    }

    // An offset that is there but cannot be read must not pass for 0.
    private static bool IsMissing(ISensorFiles files, IioChannel channel)
    {
        var names = files.List(channel.Folder);
        return !names.Contains(Path.GetFileName(channel.Offset)) && !names.Contains(Path.GetFileName(channel.SharedOffset));
    }
}
