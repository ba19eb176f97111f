using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Simulation;

/// <summary>
/// The sensor files of the virtual school, as kernel drivers would show them: whole numbers in milli-units, raw numbers with their scale,
/// the scratchpads of 1-Wire thermometers; gone when unplugged.
/// </summary>
internal sealed class VirtualFiles : ISensorFiles
{
    private const string OneWire = "w1_slave", BulkRead = "w1_bus_master1/therm_bulk_read";
    private const double RawStep = 0.0001;

    private readonly VirtualSchool school;
    private readonly MemorySensorFiles files = new();
    private readonly (Point Point, string Path, string Device)[] sensors;

    public VirtualFiles(VirtualSchool school, Bus bus)
    {
        this.school = school;
        sensors = [.. school.Site.Devices.Where(d => d.Bus.Id == bus.Id)
            .SelectMany(d => d.Points, (d, p) => (p, Numbered($"{d.Address}/{Name(p)}"), d.Id))];
        foreach (var (point, path, _) in sensors)
            if (point.Type.Where is ChannelSelector) files.Write(new IioChannel(path).Scale, "0.000100000\n"u8);
        if (sensors.Any(s => IsOneWire(s.Point))) files.Write(BulkRead, 0);
        school.EachMinute(Minute);
    }

    public bool TryRead(string path, Span<byte> buffer, out int length)
    {
        school.CatchUp();
        return files.TryRead(path, buffer, out length);
    }

    public bool TryWrite(string path, ReadOnlySpan<byte> command)
    {
        school.CatchUp();
        return files.TryWrite(path, command);
    }

    public IReadOnlyList<string> List(string folder)
    {
        school.CatchUp();
        return files.List(folder);
    }

    private static string Name(Point point) =>
        point.Type.Where is ChannelSelector channel ? channel.Channel + IioChannel.RawSuffix : ((FileSelector)point.Type.Where).File;

    private static bool IsOneWire(Point point) => point.Type.Where is FileSelector { File: OneWire };

    // Where a driver numbers its devices: hwmon/hwmon3, or only hwmon3 within the folder of that name; iio:device0.
    private static string Numbered(string pattern)
    {
        var parts = pattern.Split('/');
        for (var i = 1; i < parts.Length; i++)
            parts[i] = parts[i] == "*" ? $"{parts[i - 1]}3" : parts[i].Replace('*', '0');
        return string.Join('/', parts);
    }

    private void Minute()
    {
        foreach (var (point, path, device) in sensors)
        {
            if (school.Has(FaultKind.Silent, device)) files.Remove(path);
            else if (school.Has(FaultKind.CrcErrors, device)) files.Fail(path);
            else if (school.Has(FaultKind.PowerOnValue, device) && HasPowerOnValue(point)) ShowPowerOn((FileSelector)point.Type.Where, path);
            else Show(point, path);
        }
    }

    private static bool HasPowerOnValue(Point point) =>
        point.Type.Where is FileSelector where && (IsOneWire(point) || double.IsFinite(where.PowerOn));

    private void ShowPowerOn(FileSelector where, string path)
    {
        Span<byte> report = stackalloc byte[OneWireReport.Longest];
        if (where.File == OneWire) files.Write(path, report[..OneWireReport.WritePowerOn(report)]);
        else files.Write(path, (long)where.PowerOn);
    }

    private void Show(Point point, string path)
    {
        var value = school.Read(point);
        Span<byte> report = stackalloc byte[OneWireReport.Longest];
        if (point.Type.Where is ChannelSelector channel) files.Write(path, (long)Math.Round(channel.Scaling.FromCanonical(value) / RawStep));
        else if (point.Type.Where is not FileSelector where) return;
        else if (IsOneWire(point)) files.Write(path, report[..OneWireReport.Write(where.Unit.FromCanonical(value), report)]);
        else files.Write(path, (long)Math.Round(where.Unit.FromCanonical(value)));
    }
}
