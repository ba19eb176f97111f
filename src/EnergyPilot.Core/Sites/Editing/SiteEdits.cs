using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>
/// Changes the text of a site file as a careful person would: comments, order and layout stay. After each edit the new text is read again and compared with what the edit
/// was to mean, so that a way of writing that is not understood ends in a mistake, never in another meaning.
/// </summary>
public static class SiteEdits
{
    private const int MostEdits = 2000;

    /// <summary>The text after all edits, in their order; or what is wrong, at the edit that could not be done. Whether the site still makes sense is the loader's to say.</summary>
    public static Parsed<DocumentText> Apply(DocumentText file, IEnumerable<SiteEdit> edits)
    {
        var findings = new Findings(file.Name);
        var text = file.Text;
        var count = 0;
        foreach (var edit in edits)
        {
            if (++count > MostEdits || One(text, edit, findings) is not { } next) return findings.With(file, Fault(file, edit));
            text = next;
        }

        return findings.With(file with { Text = text });
    }

    /// <summary>The single value at a path; empty when there is none.</summary>
    public static string TextAt(DocumentText file, string path) =>
        DocumentPath.TryParse(path, out var steps) && YamlReader.Read(file.Text, new Findings("")) is { } root && Reach(root, steps) is TextNode text ? text.Text : "";

    /// <summary>A text as it may stand in the YAML of an edit, also in brackets: in quotes where it needs them.</summary>
    public static string Scalar(string text) => Written.Text(text, Surroundings.Brackets);

    private static Mistake Fault(DocumentText file, SiteEdit edit) =>
        new(file.Name, 1, 1, edit.Path, $"a place that cannot be changed from here", $"a path of keys that exist, in a file written in lines; change the file's text itself", "");

    private static string? One(string text, SiteEdit edit, Findings findings)
    {
        if (!DocumentPath.TryParse(edit.Path, out var steps)) return null;
        return edit switch
        {
            SetValue set => Edit(text, findings, pen => pen.Put(steps.AsSpan(), Value(set.Text)), root => NodeTree.Put(root, steps.AsSpan(), Value(set.Text))),
            SetBlock set => Piece(set.Yaml, findings) is { } piece ? Block(text, steps, piece, findings) : null,
            AddItem add => Piece(add.Yaml, findings) is { } item ? Append(text, steps, item, findings) : null,
            Remove => Drop(text, steps, findings),
            _ => null,
        };
    }

    private static TextNode Value(string text) => new(Mark.Start, text);

    private static Node? Piece(string yaml, Findings findings) => YamlReader.Read(yaml, findings);

    private static string? Append(string text, ImmutableArray<Step> steps, Node item, Findings findings) => Edit(
        text, findings, pen => pen.Append(steps.AsSpan(), item), root => NodeTree.Put(
            root, steps.AsSpan(), Reach(root, steps) is ListNode list ? list with { Items = list.Items.Add(item) } : NodeTree.AsList(item)));

    private static string? Drop(string text, ImmutableArray<Step> steps, Findings findings) =>
        Edit(text, findings, pen => pen.Remove(steps.AsSpan()), root => NodeTree.Drop(root, steps.AsSpan()));

    // A group that stands there already is changed key by key, so that what did not change keeps its comments.
    private static string? Block(string text, ImmutableArray<Step> steps, Node wanted, Findings findings)
    {
        if (YamlReader.Read(text, findings) is not { } root) return null;
        if (Reach(root, steps) is not MapNode standing || wanted is not MapNode { Entries.IsEmpty: false } map)
            return Edit(text, findings, pen => pen.Put(steps.AsSpan(), wanted), whole => NodeTree.Put(whole, steps.AsSpan(), wanted));

        var next = text;
        foreach (var entry in map.Entries)
        {
            var known = NodeTree.Into(standing, new Step(entry.Key, 0)).Child;
            if (NodeTree.IsSame(known, entry.Value)) continue;
            if (Block(next, steps.Add(new Step(entry.Key, 0)), entry.Value, findings) is not { } changed) return null;
            next = changed;
        }

        foreach (var entry in standing.Entries)
            if (NodeTree.Into(map, new Step(entry.Key, 0)).Child is null)
            {
                if (Drop(next, steps.Add(new Step(entry.Key, 0)), findings) is not { } less) return null;
                next = less;
            }

        return next;
    }

    private static Node? Reach(Node root, ImmutableArray<Step> steps) => steps.Aggregate((Node?)root, (node, step) => node is null ? null : NodeTree.Into(node, step).Child);

    private static string? Edit(string text, Findings findings, Func<DocumentPen, string?> write, Func<Node, Node?> mean)
    {
        var plain = text.TrimStart('\uFEFF');
        if (YamlReader.Read(plain, findings) is not { } root || mean(root) is not { } wanted || write(new DocumentPen(plain, root)) is not { } edited) return null;
        var came = YamlReader.Read(edited, new Findings(""));
        return NodeTree.IsSame(came, wanted) ? text[..(text.Length - plain.Length)] + edited : null;
    }
}
