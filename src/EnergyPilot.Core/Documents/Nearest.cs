namespace EnergyPilot.Core.Documents;

/// <summary>Finds the known name that somebody may have meant.</summary>
public static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The known name with the fewest edits to this word; empty when even that one has too little in common.</summary>
    public static string To(string word, IEnumerable<string> names)
    {
        if (word.Length is 0 or > LongestWord) return "";
        var (best, fewest) = ("", Forgiven(word.Length) + 1);
        foreach (var name in names)
        {
            if (name.Length > LongestWord) continue;
            var edits = Distance(word, name);
            if (edits < fewest) (best, fewest) = (name, edits);
        }

        return best;
    }

    /// <summary>One slip in a short word, two in a longer one, then one for every three letters.</summary>
    private static int Forgiven(int length) => length <= 3 ? 1 : Math.Max(2, length / 3);

    /// <summary>Levenshtein's distance, where upper and lower case count as the same letter.</summary>
    internal static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                var cost = Math.Min(diagonal + same, Math.Min(row[j], row[j - 1]) + 1);
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[b.Length];
    }
}
