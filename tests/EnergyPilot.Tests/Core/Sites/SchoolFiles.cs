using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

/// <summary>The files of the repository: the demonstration school, device models, calendars.</summary>
internal static class SchoolFiles
{
    public static readonly string Root = FindRoot();

    public static readonly IReadOnlyDictionary<string, DocumentText> DeviceTypes = Folder("hardware/devices", "*.yaml");

    public static readonly IReadOnlyDictionary<string, DocumentText> Calendars = Folder("config/calendars", "*.csv");

    public static readonly DocumentText Demo = Read("config/sites/lucie-aubrac.yaml");

    public static SiteSources Sources(string site) => new(Demo with { Text = site }, DeviceTypes, Calendars);

    public static Parsed<Site> Parse(string site) => SiteFile.Parse(Sources(site));

    public static Site DemoSite => Parse(Demo.Text).TryGet(out var site) ? site : throw new InvalidOperationException("The demonstration school has mistakes");

    public static DocumentText Read(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    private static Dictionary<string, DocumentText> Folder(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Root, folder), pattern).ToDictionary(
            f => Path.GetFileNameWithoutExtension(f)!, f => Read(Path.GetRelativePath(Root, f)), StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "EnergyPilot.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run inside the repository");
    }
}
