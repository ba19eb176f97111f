using System.CommandLine;

namespace EnergyPilot.Gateway.Commands;

/// <summary>"check": reads a site file and says everything that is wrong with it.</summary>
internal static class CheckCommand
{
    public static Command Verb()
    {
        var site = new Argument<string>("SITE") { Description = "Site file, for example config/sites/lucie-aubrac.yaml" };
        var verb = new Command("check", "Checks a site file: every mistake with file, line and column, what was found and what was expected.") { site };
        verb.SetAction(parsed => Check(parsed.GetRequiredValue(site)));
        return verb;
    }

    private static int Check(string path)
    {
        if (!SiteFiles.TryLoad(path, out var site)) return 1;
        Console.WriteLine($"{path}: {site.Name}: {site.Zones.Length} zones, {site.Circuits.Length} circuits, {site.Devices.Length} devices, {site.Points.Count} points, {site.Meters.Length} meters. No mistake.");
        return 0;
    }
}
