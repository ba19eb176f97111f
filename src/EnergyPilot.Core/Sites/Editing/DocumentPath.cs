using System.Collections.Immutable;
using System.Globalization;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>One step into a document: a key, or the item of a list at an index, which then has no key.</summary>
internal readonly record struct Step(string Key, int Index)
{
    public bool IsKey => Key.Length > 0;
}

/// <summary>A path of steps, written as mistakes write it.</summary>
internal static class DocumentPath
{
    private const int LongestPath = 400, MostSteps = 16;

    public static bool TryParse(string path, out ImmutableArray<Step> steps)
    {
        var found = ImmutableArray.CreateBuilder<Step>();
        steps = [];
        if (path.Length is 0 or > LongestPath) return false;
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var key = bracket < 0 ? part : part[..bracket];
            if (key.Trim().Length == 0 || key.Any(char.IsControl)) return false;
            found.Add(new Step(key, 0));
            if (bracket >= 0 && !TryIndices(part[bracket..], found)) return false;
        }

        steps = found.Count <= MostSteps ? found.ToImmutable() : [];
        return steps.Length > 0;
    }

    private static bool TryIndices(string brackets, ImmutableArray<Step>.Builder found)
    {
        foreach (var index in brackets.Split('[').Skip(1))
        {
            if (!index.EndsWith(']') || !int.TryParse(index[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            found.Add(new Step("", number));
        }

        return true;
    }
}
