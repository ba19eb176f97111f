using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Web.School;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Reads the floor plans of a site, which lie beside its site file. One that cannot be read costs the plan, nothing else.</summary>
internal static partial class PlanFiles
{
    public static ImmutableArray<FloorPlan> Read(Site site, string siteFile, ILogger log)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(siteFile)) ?? "";
        return [.. site.Plans.SelectMany(name => One(Path.Combine(folder, name), site, log))];
    }

    private static ImmutableArray<FloorPlan> One(string path, Site site, ILogger log)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > PlanReader.MostBytes) LogNoPlan(log, path, $"it is larger than {PlanReader.MostBytes / 1024} kB");
            else if (PlanReader.TryRead(file, site.Zones.Select(z => z.Id.Name), out var plan, out var why)) return [plan];
            else LogNoPlan(log, path, why);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNoPlan(log, path, e.Message);
        }

        return [];
    }

    [LoggerMessage(LogLevel.Warning, "The plan {Path} is not shown: {Why}")]
    private static partial void LogNoPlan(ILogger log, string path, string why);
}
