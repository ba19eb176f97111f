using System.Text;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Finds the files that a site is made of: device models and calendars that came with the program, and those near the site file, which go before.</summary>
internal static class ConfigFolder
{
    // A file larger than this is no site file; the reader says so without having it all.
    private const int MostBytes = 2 * 1024 * 1024;

    private static readonly string Shipped = AppContext.BaseDirectory;

    public static string DemoSite => Path.Combine(Shipped, "config", "sites", "lucie-aubrac.yaml");

    /// <exception cref="IOException">The site file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static Parsed<Site> Load(string siteFile) => SiteFile.Parse(Sources(siteFile));

    /// <summary>The site file with everything that it may name.</summary>
    /// <exception cref="IOException">The site file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static SiteSources Sources(string siteFile) => Sources(siteFile, Read(siteFile, siteFile));

    /// <summary>Another text in the place of the site file's, with everything that it may name.</summary>
    public static SiteSources Sources(string siteFile, DocumentText site) => new(
        site,
        DeviceFiles(siteFile),
        CalendarFiles(siteFile));

    /// <summary>The files of all device models that a site of this file may name, by their names without ending.</summary>
    public static IReadOnlyDictionary<string, DocumentText> DeviceFiles(string siteFile) => All(siteFile, Path.Combine("hardware", "devices"), "*.yaml");

    /// <summary>The files of all calendars that a site of this file may name, by their names without ending.</summary>
    public static IReadOnlyDictionary<string, DocumentText> CalendarFiles(string siteFile) => All(siteFile, Path.Combine("config", "calendars"), "*.csv");

    // A site file in config/sites has its repository's root two folders up; one that stands alone may have both folders beside it.
    private static Dictionary<string, DocumentText> All(string siteFile, string folder, string pattern)
    {
        var beside = Path.GetDirectoryName(Path.GetFullPath(siteFile)) ?? Shipped;
        string[] roots = [Shipped, Path.Combine(beside, "..", ".."), beside];
        var texts = new Dictionary<string, DocumentText>(StringComparer.Ordinal);
        foreach (var path in roots.Select(root => Path.Combine(root, folder)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, pattern)))
            texts[Path.GetFileNameWithoutExtension(path)] = Read(path, Path.Combine(folder, Path.GetFileName(path)));
        return texts;
    }

    // What is not text becomes replacement characters, which the reader then names.
    private static DocumentText Read(string path, string name)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(file.Length, MostBytes)];
        file.ReadExactly(bytes);
        return new DocumentText(name, Encoding.UTF8.GetString(bytes));
    }
}
