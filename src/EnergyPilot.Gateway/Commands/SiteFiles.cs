using System.Diagnostics.CodeAnalysis;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Gateway.Commands;

/// <summary>Loads a site file for a verb, or tells the person at the terminal everything that is wrong with it.</summary>
internal static class SiteFiles
{
    public static bool TryLoad(string path, [NotNullWhen(true)] out Site? site) => TryRead(path, () => ConfigFolder.Load(path), out site);

    /// <summary>The same for a gateway that starts: with the newest version in its data folder.</summary>
    public static bool TryStart(GatewayOptions options, [NotNullWhen(true)] out SiteStart? start) => TryRead(options.SiteFile, () => SiteStart.Find(options), out start);

    private static bool TryRead<T>(string path, Func<Parsed<T>> read, [NotNullWhen(true)] out T? value) where T : class
    {
        value = null;
        if (path.Length == 0)
        {
            Console.Error.WriteLine("SITE takes the path of a site file, for example config/sites/lucie-aubrac.yaml.");
            return false;
        }

        try
        {
            var parsed = read();
            foreach (var warning in parsed.Warnings) Console.Error.WriteLine($"warning: {warning}");
            if (parsed.TryGet(out value)) return true;

            foreach (var mistake in parsed.Mistakes) Console.Error.WriteLine(mistake);
            Console.Error.WriteLine(parsed.Mistakes.Length == 1 ? "1 mistake." : $"{parsed.Mistakes.Length} mistakes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path}: the site file cannot be read: {e.Message}");
        }

        return false;
    }
}
