namespace EnergyPilot.Io.Kernel;

/// <summary>
/// Paths in which a * stands for what changes with every start: numbers of hwmon and iio devices
/// (<c>1-0044/hwmon/hwmon*/temp1_input</c>). Each part of a path may have one.
/// </summary>
public static class SensorPath
{
    private const char Any = '*';

    /// <summary>Whether there is anything to look for.</summary>
    public static bool HasWildcard(string pattern) => pattern.Contains(Any, StringComparison.Ordinal);

    /// <summary>Finds the first file, in order of names, that fits; false when there is none.</summary>
    public static bool TryFind(ISensorFiles files, string pattern, out string path)
    {
        path = FindAll(files, pattern).FirstOrDefault("");
        return path.Length > 0;
    }

    /// <summary>All files that fit, in order of names.</summary>
    public static IEnumerable<string> FindAll(ISensorFiles files, string pattern)
    {
        IEnumerable<string> folders = [""];
        var parts = pattern.Split('/');
        foreach (var part in parts[..^1])
            folders = HasWildcard(part) ? folders.SelectMany(folder => Fitting(files, folder, part)) : folders.Select(folder => Join(folder, part));
        return folders.SelectMany(folder => Fitting(files, folder, parts[^1]));
    }

    private static IEnumerable<string> Fitting(ISensorFiles files, string folder, string pattern) =>
        files.List(folder).Where(name => Fits(name, pattern)).Select(name => Join(folder, name));

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static bool Fits(string name, string pattern)
    {
        var at = pattern.IndexOf(Any, StringComparison.Ordinal);
        return at < 0 ? name == pattern
            : name.Length >= pattern.Length - 1 && name.StartsWith(pattern[..at], StringComparison.Ordinal) && name.EndsWith(pattern[(at + 1)..], StringComparison.Ordinal);
    }
}
