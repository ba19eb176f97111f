using System.Text;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Loads a map for a verb, or ends it with everything that is wrong with the file.</summary>
internal static class CaseFiles
{
    // Longer than any map; the reader says so without having it all.
    private const int MostBytes = 2 * 1024 * 1024;

    public static CaseMap Load(string path)
    {
        var parsed = CaseMapFile.Parse(new DocumentText(path, Read(path)));
        if (parsed.TryGet(out var map)) return map;
        var count = parsed.Mistakes.Length == 1 ? "1 mistake." : $"{parsed.Mistakes.Length} mistakes.";
        throw VerbTrouble.Asked($"{string.Join(Environment.NewLine, parsed.Mistakes)}{Environment.NewLine}{count}");
    }

    // What is not text becomes replacement characters, which the reader then names.
    private static string Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[Math.Min(file.Length, MostBytes)];
            file.ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw VerbTrouble.Asked($"{path}: the map cannot be read: {e.Message}");
        }
    }
}
