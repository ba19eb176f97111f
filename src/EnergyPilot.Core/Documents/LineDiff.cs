using System.Collections.Immutable;

namespace EnergyPilot.Core.Documents;

/// <summary>What became of a line.</summary>
public enum LineFate { Same, Removed, Added }

/// <summary>One line of a comparison.</summary>
/// <param name="Fate">Whether it stands in both texts, in the old one only, or in the new one only.</param>
/// <param name="Old">Its number in the old text, from 1; 0 where it does not stand there.</param>
/// <param name="New">Its number in the new text, from 1; 0 where it does not stand there.</param>
/// <param name="Text">The line without its end.</param>
public sealed record DiffLine(LineFate Fate, int Old, int New, string Text);

/// <summary>Compares two texts line by line: the fewest lines removed and added (longest common subsequence), with some lines around for orientation.</summary>
public static class LineDiff
{
    // Two bytes each; texts that differ in more than a thousand lines are shown as one taken for the other.
    private const int MostCells = 1_000_000;

    /// <summary>The lines that differ, in order, each with up to <paramref name="context"/> unchanged lines around it; a jump in the numbers is where lines were left out. Nothing for texts that are alike.</summary>
    public static ImmutableArray<DiffLine> Of(string before, string after, int context = 3)
    {
        var all = Compare(Lines(before), Lines(after));
        var near = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
            if (all[i].Fate != LineFate.Same)
                for (var j = Math.Max(0, i - context); j <= Math.Min(all.Count - 1, i + context); j++) near[j] = true;
        return [.. all.Where((_, i) => near[i])];
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    private static List<DiffLine> Compare(string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head]) head++;
        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)]) tail++;

        List<DiffLine> lines = [];
        for (var i = 0; i < head; i++) lines.Add(new(LineFate.Same, i + 1, i + 1, before[i]));
        Middle(before.AsSpan(head..^tail), after.AsSpan(head..^tail), head, lines);
        for (var i = tail; i > 0; i--) lines.Add(new(LineFate.Same, before.Length - i + 1, after.Length - i + 1, before[^i]));
        return lines;
    }

    private static void Middle(ReadOnlySpan<string> before, ReadOnlySpan<string> after, int head, List<DiffLine> lines)
    {
        var common = (long)before.Length * after.Length <= MostCells ? Common(before, after) : new ushort[1, 1];
        var (i, j) = (0, 0);
        while (common.Length > 1 && i < before.Length && j < after.Length)
        {
            if (before[i] == after[j]) lines.Add(new(LineFate.Same, head + i + 1, head + ++j, before[i++]));
            else if (common[i + 1, j] >= common[i, j + 1]) lines.Add(new(LineFate.Removed, head + i + 1, 0, before[i++]));
            else lines.Add(new(LineFate.Added, 0, head + j + 1, after[j++]));
        }

        for (; i < before.Length; i++) lines.Add(new(LineFate.Removed, head + i + 1, 0, before[i]));
        for (; j < after.Length; j++) lines.Add(new(LineFate.Added, 0, head + j + 1, after[j]));
    }

    // How many lines the rests of both texts have in common.
    private static ushort[,] Common(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        var common = new ushort[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? (ushort)(common[i + 1, j + 1] + 1) : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }
}
