using System.Buffers;

namespace EnergyPilot.Core.Documents;

/// <summary>
/// Looks at a file before YAML does. A parser's own words for a binary file or a tab help nobody who only wanted to
/// set a temperature.
/// </summary>
internal static class YamlText
{
    /// <summary>The longest file that is read; a school's file has some 20 kB.</summary>
    public const int LongestFile = 1 << 20;

    private static readonly SearchValues<char> Binary =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c).Except(['\t', '\n', '\r']), '\u007f']);

    /// <summary>True when this can be a YAML document at all; else the mistake has been reported.</summary>
    public static bool IsReadable(string text, Findings findings)
    {
        if (text.Length > LongestFile)
            return Refuse(Mark.Start, $"{text.Length / LongestFile} MB or more of text", $"a file of at most 1 MB");
        var strange = text.AsSpan().IndexOfAny(Binary);
        if (strange >= 0)
            return Refuse(MarkAt(text, strange), $"the control character 0x{(int)text[strange]:X2}", $"a text file (UTF-8); this looks like a binary file");
        var damaged = DamagedAt(text);
        if (damaged >= 0)
            return Refuse(MarkAt(text, damaged), $"bytes that are not UTF-8", $"a text file saved as UTF-8");
        if (text.AsSpan().Trim("\uFEFF \t\r\n").IsEmpty)
            return Refuse(Mark.Start, $"an empty file", $"a document with keys and values");
        return HasOnlySpacesAsIndent(text, findings);

        bool Refuse(Mark mark, Saying found, Saying expected)
        {
            findings.Wrong(mark, "", found, expected, "");
            return false;
        }
    }

    /// <summary>A decoder that meets bytes which are not UTF-8 puts U+FFFD in their place; half a surrogate pair is no character either.</summary>
    private static int DamagedAt(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\uFFFD') return i;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return i;
            i++;
        }

        return -1;
    }

    private static bool HasOnlySpacesAsIndent(string text, Findings findings)
    {
        var (line, clean) = (0, true);
        foreach (var row in text.AsSpan().EnumerateLines())
        {
            line++;
            var column = row.IndexOfAnyExcept(' ');
            if (column < 0 || row[column] != '\t' || row.Trim().IsEmpty) continue;
            findings.Wrong(new Mark(line, column + 1), "", $"a tab at the beginning of the line", $"spaces: YAML indents with spaces only", "");
            clean = false;
        }

        return clean;
    }

    private static Mark MarkAt(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return new Mark(before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
