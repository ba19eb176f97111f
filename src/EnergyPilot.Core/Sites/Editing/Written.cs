using System.Buffers;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>Where a text is to stand: in brackets less may stand bare.</summary>
internal enum Surroundings { Lines, Brackets }

/// <summary>Pieces of a document as a person would write them.</summary>
internal static class Written
{
    private const int LongestInBrackets = 100;
    private static readonly SearchValues<char> Brackets = SearchValues.Create(",[]{}");
    private const string NeverFirst = "?:,[]{}#&*!|>'\"%@`";

    /// <summary>A text, bare where that is possible.</summary>
    public static string Text(string text, Surroundings around) => IsBare(text, around) ? text : InDouble(text);

    /// <summary>A text in the place of another, in quotes where that one was.</summary>
    /// <param name="quote">How the other began.</param>
    public static string Text(string text, Surroundings around, char quote) => quote switch
    {
        '\'' when !text.Contains('\n', StringComparison.Ordinal) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        '\'' or '"' => InDouble(text),
        _ => Text(text, around),
    };

    /// <summary>In one line: texts, and what stands in brackets.</summary>
    public static string InLine(Node node, Surroundings around) => node switch
    {
        TextNode text => Text(text.Text, around),
        ListNode list => $"[{string.Join(", ", list.Items.Select(i => InLine(i, Surroundings.Brackets)))}]",
        MapNode { Entries.IsEmpty: true } => "{}",
        MapNode map => $"{{ {string.Join(", ", map.Entries.Select(e => $"{Text(e.Key, Surroundings.Brackets)}: {InLine(e.Value, Surroundings.Brackets)}"))} }}",
        _ => "",
    };

    /// <summary>Behind a key: the rest of its line, and lines of their own for what follows, without the key's own indent.</summary>
    public static IEnumerable<string> Entry(string key, Node value)
    {
        var name = Text(key, Surroundings.Lines);
        if (FitsLine(value)) return [$"{name}: {InLine(value, Surroundings.Lines)}".TrimEnd()];
        return [$"{name}:", .. Lines(value).Select(line => "  " + line)];
    }

    /// <summary>As lines of their own, beginning at the left margin.</summary>
    public static IEnumerable<string> Lines(Node node) => node switch
    {
        MapNode { Entries.IsEmpty: false } map when !FitsLine(map) => map.Entries.SelectMany(e => Entry(e.Key, e.Value)),
        ListNode { Items.IsEmpty: false } list when !FitsLine(list) => list.Items.SelectMany(Item),
        _ => [InLine(node, Surroundings.Lines)],
    };

    /// <summary>An item of a list with its dash.</summary>
    public static IEnumerable<string> Item(Node node) => Lines(node).Select((line, i) => (i == 0 ? "- " : "  ") + line);

    /// <summary>Whether it is written in the line of its key.</summary>
    public static bool FitsLine(Node node) => node switch
    {
        TextNode => true,
        MapNode map => map.Entries.IsEmpty || (map.Writing == Writing.Flow && InLine(map, Surroundings.Lines).Length <= LongestInBrackets),
        ListNode list => list.Items.All(i => i is TextNode) && InLine(list, Surroundings.Lines).Length <= LongestInBrackets,
        _ => false,
    };

    private static bool IsBare(string text, Surroundings around)
    {
        if (text.Length == 0 || text != text.Trim() || text.Any(char.IsControl) || text is ['-'] or ['-', ' ', ..] or "---" or "...") return false;
        if (NeverFirst.Contains(text[0], StringComparison.Ordinal) || text[^1] == ':') return false;
        if (text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal)) return false;
        return around == Surroundings.Lines || text.AsSpan().IndexOfAny(Brackets) < 0;
    }

    private static string InDouble(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";
}
