using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// Where one point of a kernel driver is: it knows the path, finds it again when drivers were numbered anew, and tells what stands there.
/// </summary>
internal sealed class KernelSource(string device, Point point, string folder)
{
    private readonly string pattern = $"{folder}/{(point.Type.Where is ChannelSelector channel ? channel.Channel : ((FileSelector)point.Type.Where).File)}";
    private string file = "";
    private IioChannel? found;

    public string Device => device;

    public Point Point => point;

    /// <summary>Whether reading it measures, and can be spared that by measuring the whole 1-Wire at once.</summary>
    public bool IsOneWire { get; } = point.Type.Where is FileSelector { File: OneWireFile };

    private const string OneWireFile = "w1_slave";

    /// <summary>The value in the canonical unit of the point's quantity, or why there is none.</summary>
    public SensorValue Read(ISensorFiles files)
    {
        var value = Say(files);
        if (value.Fault == SensorFault.Unreadable && SensorPath.HasWildcard(pattern))
        {
            // Plugged in again, a sensor has another number.
            (file, found) = ("", null);
            value = Say(files);
        }

        return !value.IsGood ? value : point.Type.Where switch
        {
            ChannelSelector channel => value with { Value = channel.Scaling.ToCanonical(value.Value) },
            FileSelector where when value.Value.Equals(where.PowerOn) => SensorValue.Failed(SensorFault.PowerOnValue),
            FileSelector where => value with { Value = where.Unit.ToCanonical(value.Value) },
            _ => value,
        };
    }

    private SensorValue Say(ISensorFiles files)
    {
        if (point.Type.Where is ChannelSelector)
            return (found ??= Channel(files)) is { } channel ? KernelSensor.Channel(files, channel) : SensorValue.Failed(SensorFault.Unreadable);
        if (file.Length == 0 && !TryLocate(files, "", out file)) return SensorValue.Failed(SensorFault.Unreadable);
        return IsOneWire ? KernelSensor.OneWire(files, file) : KernelSensor.Number(files, file);
    }

    private IioChannel? Channel(ISensorFiles files)
    {
        foreach (var suffix in (ReadOnlySpan<string>)[IioChannel.RawSuffix, IioChannel.InputSuffix])
            if (TryLocate(files, suffix, out var path)) return new IioChannel(path[..^suffix.Length]);
        return null;
    }

    private bool TryLocate(ISensorFiles files, string suffix, out string path)
    {
        if (SensorPath.HasWildcard(pattern)) return SensorPath.TryFind(files, pattern + suffix, out path);
        path = pattern + suffix;
        return true;
    }
}
