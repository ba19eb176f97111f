using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>
/// Writes into the text of a document. It knows where pieces stand and touches as few characters as it can; whoever uses it compares what came of it with what was wanted.
/// Each method gives the new text, or nothing where the text is written in a way that it does not master.
/// </summary>
internal sealed class DocumentPen(string text, Node root)
{
    private readonly string newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The piece that the steps lead to.</summary>
    public Node? Find(ReadOnlySpan<Step> steps)
    {
        Node? node = root;
        foreach (var step in steps)
            if (node is not null) node = NodeTree.Into(node, step).Child;
        return node;
    }

    /// <summary>Writes a value at the end of the steps, with the groups that are missing on the way.</summary>
    public string? Put(ReadOnlySpan<Step> steps, Node value)
    {
        if (Find(steps) is { } standing) return Replace(steps, standing, value);
        for (var known = steps.Length - 1; known >= 0; known--)
        {
            if (Find(steps[..known]) is not { } group) continue;
            if (Wrapped(steps[(known + 1)..], value) is not { } wrapped || !steps[known].IsKey) return null;
            return Add(steps[..known], group, steps[known].Key, wrapped);
        }

        return null;
    }

    /// <summary>Writes one more item behind a list.</summary>
    public string? Append(ReadOnlySpan<Step> steps, Node item)
    {
        if (Find(steps) is not ListNode list) return Put(steps, new ListNode(Mark.Start, [item]));
        if (list.Writing == Writing.Flow)
            return list.Items.IsEmpty ? Splice(list.Extent, $"[{Written.InLine(item, Surroundings.Brackets)}]") : Insert(list.Items[^1].Extent.To, $", {Written.InLine(item, Surroundings.Brackets)}");
        return Dash(list.Items[^1]) is { } dash ? InsertLines(End(list), dash - LineStart(dash), Written.Item(item)) : null;
    }

    /// <summary>Takes out what the steps lead to, and what is empty then.</summary>
    public string? Remove(ReadOnlySpan<Step> steps)
    {
        if (steps.IsEmpty || Find(steps[..^1]) is not { } holder) return null;
        var (child, index) = NodeTree.Into(holder, steps[^1]);
        if (child is null) return text;
        return holder switch
        {
            MapNode { Entries.Length: 1 } or ListNode { Items.Length: 1 } => Remove(steps[..^1]),
            MapNode { Writing: Writing.Flow } map => RemoveInBrackets([.. map.Entries.Select(e => new Extent(e.Extent.From, Math.Max(e.Extent.To, e.Value.Extent.To)))], index),
            ListNode { Writing: Writing.Flow } list => RemoveInBrackets([.. list.Items.Select(i => i.Extent)], index),
            MapNode map => RemoveEntry(map, index),
            _ => Dash(child) is { } dash ? RemoveLines(dash, End(child)) : null,
        };
    }

    private static Node? Wrapped(ReadOnlySpan<Step> steps, Node value)
    {
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            if (!steps[i].IsKey) return null;
            value = new MapNode(Mark.Start, [new Entry(Mark.Start, steps[i].Key, value)]) { Writing = Writing.Block };
        }

        return value;
    }

    private string? Replace(ReadOnlySpan<Step> steps, Node standing, Node value)
    {
        var holder = steps.IsEmpty ? null : Find(steps[..^1]);
        var around = holder is { Writing: Writing.Flow } ? Surroundings.Brackets : Surroundings.Lines;
        var isInLine = standing.Writing is Writing.Plain or Writing.Quoted or Writing.Flow && !Spanned(standing).Contains('\n', StringComparison.Ordinal);
        if (standing is TextNode && isInLine && value is TextNode scalar && standing.Extent.To > standing.Extent.From)
            return Splice(standing.Extent, Written.Text(scalar.Text, around, text[standing.Extent.From]));
        if (isInLine && standing.Extent.To > standing.Extent.From && (around == Surroundings.Brackets || Written.FitsLine(value)))
            return Splice(standing.Extent, Written.InLine(value, around));
        return holder switch
        {
            MapNode map => Rewrite(map.Entries[NodeTree.Into(map, steps[^1]).Index], standing, value),
            ListNode => Splice(new Extent(standing.Extent.From, End(standing)), string.Join(newLine + Spaces(ColumnOf(standing.Extent.From)), Written.Lines(value))),
            _ => null,
        };
    }

    // Everything from the key on, as far as the value reaches; a comment behind its last line stays.
    private string? Rewrite(Entry entry, Node standing, Node value)
    {
        var indent = ColumnOf(entry.Extent.From);
        var end = standing is TextNode { Text: "", Writing: Writing.Plain } ? Colon(entry) : End(standing);
        return end <= entry.Extent.To ? null : Splice(new Extent(entry.Extent.From, end), string.Join(newLine + Spaces(indent), Written.Entry(entry.Key, value)));
    }

    private string? Add(ReadOnlySpan<Step> steps, Node group, string key, Node value)
    {
        switch (group)
        {
            case MapNode { Writing: Writing.Flow, Entries: [] }:
                return Splice(group.Extent, $"{{ {InBrackets(key, value)} }}");
            case MapNode { Writing: Writing.Flow } map:
                return Insert(Math.Max(map.Entries[^1].Extent.To, map.Entries[^1].Value.Extent.To), $", {InBrackets(key, value)}");
            case MapNode map:
                return InsertLines(End(map), ColumnOf(map.Entries[0].Extent.From), Written.Entry(key, value));
            case TextNode { Text: "", Writing: Writing.Plain } when !steps.IsEmpty && Find(steps[..^1]) is MapNode { Writing: Writing.Block } holder:
                var entry = holder.Entries[NodeTree.Into(holder, steps[^1]).Index];
                return InsertLines(Colon(entry), ColumnOf(entry.Extent.From) + 2, Written.Entry(key, value));
            default:
                return null;
        }
    }

    private static string InBrackets(string key, Node value) => $"{Written.Text(key, Surroundings.Brackets)}: {Written.InLine(value, Surroundings.Brackets)}";

    private string? RemoveEntry(MapNode map, int index)
    {
        var entry = map.Entries[index];
        var (from, end) = (entry.Extent.From, EndOf(entry));
        if (text.AsSpan(LineStart(from)..from).Trim(' ').IsEmpty) return RemoveLines(from, end);
        // The first key of an item stands behind its dash: the next one takes its place.
        if (index + 1 >= map.Entries.Length) return null;
        var next = map.Entries[index + 1].Extent.From;
        return text.AsSpan(LineEnd(end)..next).Trim(" \r\n").IsEmpty ? Splice(new Extent(from, next), "") : null;
    }

    private string RemoveInBrackets(ImmutableArray<Extent> pieces, int index) => index > 0
        ? Splice(new Extent(pieces[index - 1].To, pieces[index].To), "")
        : Splice(new Extent(pieces[0].From, pieces[1].From), "");

    private string RemoveLines(int from, int to)
    {
        var (start, end) = (LineStart(from), text.IndexOf('\n', LineEnd(to)) + 1);
        // The last line of a file may have no end; then the one before it loses its own.
        if (end == 0) (start, end) = (start >= newLine.Length ? start - newLine.Length : 0, text.Length);
        return Splice(new Extent(start, end), "");
    }

    private string InsertLines(int behind, int indent, IEnumerable<string> lines) =>
        Insert(LineEnd(behind), string.Concat(lines.Select(line => newLine + Spaces(indent) + line)));

    private string Insert(int at, string piece) => text.Insert(at, piece);

    private string Splice(Extent extent, string piece) => string.Concat(text.AsSpan(0, extent.From), piece, text.AsSpan(extent.To));

    // Behind the last character of a piece; groups and lists in lines of their own are told to end where the next piece begins.
    private int End(Node node) => node switch
    {
        MapNode { Writing: Writing.Block } map => EndOf(map.Entries[^1]),
        ListNode { Writing: Writing.Block } list => End(list.Items[^1]),
        { Writing: Writing.Block } => node.Extent.From + Spanned(node).TrimEnd().Length,
        _ => node.Extent.To,
    };

    private int EndOf(Entry entry) => Math.Max(Colon(entry), End(entry.Value));

    private int Colon(Entry entry) => text.IndexOf(':', entry.Extent.To) + 1;

    private int? Dash(Node item)
    {
        var at = item.Extent.From - 1;
        while (at >= 0 && text[at] == ' ') at--;
        return at >= 0 && text[at] == '-' && text.AsSpan(LineStart(at)..at).Trim(' ').IsEmpty ? at : null;
    }

    private string Spanned(Node node) => text[node.Extent.From..node.Extent.To];

    private int ColumnOf(int at) => at - LineStart(at);

    private int LineStart(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private int LineEnd(int at)
    {
        var end = text.IndexOf('\n', at);
        if (end < 0) return text.Length;
        return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
    }

    private static string Spaces(int count) => new(' ', count);
}
