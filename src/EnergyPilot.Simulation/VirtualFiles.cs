using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Simulation;

/// <summary>The sensor files of the virtual school, as kernel drivers would show them: whole numbers in milli-units, gone when unplugged.</summary>
internal sealed class VirtualFiles : ISensorFiles
{
    private readonly VirtualSchool school;
    private readonly MemorySensorFiles files = new();
    private readonly (Point Point, FileSelector Where, string Path, string Device)[] sensors;

    public VirtualFiles(VirtualSchool school, Bus bus)
    {
        this.school = school;
        sensors = [.. school.Site.Devices.Where(d => d.Bus.Id == bus.Id)
            .SelectMany(d => d.Points, (d, p) => (p, (FileSelector)p.Type.Where, $"{d.Address}/{((FileSelector)p.Type.Where).File}", d.Id))];
        school.EachMinute(Minute);
    }

    public bool TryRead(string path, Span<byte> buffer, out int length)
    {
        school.CatchUp();
        return files.TryRead(path, buffer, out length);
    }

    public IReadOnlyList<string> List(string folder)
    {
        school.CatchUp();
        return files.List(folder);
    }

    private void Minute()
    {
        foreach (var (point, where, path, device) in sensors)
        {
            if (school.Has(FaultKind.Silent, device)) files.Remove(path);
            else if (school.Has(FaultKind.CrcErrors, device)) files.Fail(path);
            else if (school.Has(FaultKind.PowerOnValue, device) && double.IsFinite(where.PowerOn)) files.Write(path, (long)where.PowerOn);
            else files.Write(path, (long)Math.Round(where.Unit.FromCanonical(school.Read(point))));
        }
    }
}
