using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EnergyPilot.Core.Documents;

/// <summary>
/// Reads a YAML 1.2 document into nodes with their places. Of YAML it takes what a person needs for a configuration:
/// maps, lists, texts and comments. Anchors, aliases, tags and several documents in one file are refused, because they make
/// a file mean something else than it shows.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 32;
    private static readonly Saying Yaml = $"\"key: value\" lines, indented with spaces; a text that contains \": \" or \" #\" stands in quotes";
    private const char ByteOrderMark = '\uFEFF';

    private readonly Parser parser;
    private readonly Findings findings;

    private YamlReader(string text, Findings findings)
    {
        parser = new Parser(new Scanner(new StringReader(text.TrimStart(ByteOrderMark)), skipComments: true));
        this.findings = findings;
    }

    /// <summary>The document's root, or nothing when the file cannot be read as YAML; what is wrong has then been reported.</summary>
    public static Node? Read(string text, Findings findings)
    {
        if (!YamlText.IsReadable(text, findings)) return null;
        var reader = new YamlReader(text, findings);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            findings.Wrong(At(e.Start), "", Plainly(e), Yaml, "");
        }
        // YamlDotNet 16.3 gives up in this way on some damaged plain scalars, \U escapes and directives instead of throwing its own exception.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or FormatException)
        {
            findings.Wrong(At(reader.parser.Current?.End ?? YamlDotNet.Core.Mark.Empty), "", $"something that is not YAML, here or soon after", Yaml, "");
        }
        catch (Refused e)
        {
            findings.Wrong(e.Mark, "", e.Found, e.Expected, "");
        }

        return null;
    }

    private Node Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out var end)) throw new Refused(At(end.Start), $"an empty file", $"a document with keys and values");
        parser.Consume<DocumentStart>();
        var root = Piece(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
            throw new Refused(At(second.Start), $"a second document", $"one document per file: remove the \"---\" between them");
        return root;
    }

    private Node Piece(int depth)
    {
        var next = parser.Current is NodeEvent or AnchorAlias ? parser.Current : throw Unexpected();
        if (next is AnchorAlias alias)
            throw new Refused(At(alias.Start), $"the alias *{alias.Value}", $"the value itself: every value is written where it is used");
        var node = (NodeEvent)next;
        if (!node.Anchor.IsEmpty)
            throw new Refused(At(node.Start), $"the anchor &{node.Anchor.Value}", $"the value itself: every value is written where it is used");
        if (!node.Tag.IsEmpty)
            throw new Refused(At(node.Start), $"a YAML tag", $"the value without its \"!…\": what it means follows from its key");
        if (depth > DeepestNesting)
            throw new Refused(At(node.Start), $"more than {DeepestNesting} levels", $"a document with fewer levels");
        return node switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart start => List(start, depth),
            MappingStart start => Map(start, depth),
            _ => throw Unexpected(),
        };
    }

    private TextNode Text(Scalar scalar)
    {
        parser.MoveNext();
        return new TextNode(At(scalar.Start), scalar.Value) { Extent = Of(scalar, scalar, Writing.Plain), Writing = Written(scalar.Style) };
    }

    private ListNode List(SequenceStart start, int depth)
    {
        parser.MoveNext();
        var items = ImmutableArray.CreateBuilder<Node>();
        SequenceEnd? end;
        while ((end = Ended<SequenceEnd>()) is null) items.Add(Piece(depth + 1));
        var writing = start.Style == SequenceStyle.Flow ? Writing.Flow : Writing.Block;
        return new ListNode(At(start.Start), items.ToImmutable()) { Extent = Of(start, end, writing), Writing = writing };
    }

    private MapNode Map(MappingStart start, int depth)
    {
        parser.MoveNext();
        var entries = ImmutableArray.CreateBuilder<Entry>();
        var places = new Dictionary<string, Mark>(StringComparer.Ordinal);
        MappingEnd? end;
        while ((end = Ended<MappingEnd>()) is null)
        {
            var key = Key(Piece(depth + 1));
            var value = Piece(depth + 1);
            // What is wrong with a group or a list as a whole is said at its name, not at its first line.
            if (value is not TextNode) value = value with { Mark = key.Mark };
            if (places.TryAdd(key.Text, key.Mark))
                entries.Add(new Entry(key.Mark, key.Text, value) { Extent = key.Extent });
            else
                findings.Wrong(key.Mark, key.Text, $"the key \"{key.Text}\" a second time", $"it once only; it already stands in line {places[key.Text].Line}, column {places[key.Text].Column}", "");
        }

        var writing = start.Style == MappingStyle.Flow ? Writing.Flow : Writing.Block;
        return new MapNode(At(start.Start), entries.ToImmutable()) { Extent = Of(start, end, writing), Writing = writing };
    }

    private T? Ended<T>() where T : ParsingEvent => parser.TryConsume<T>(out var end) ? end : null;

    private static TextNode Key(Node node) =>
        node as TextNode ?? throw new Refused(node.Mark, $"a list or a group as a key", $"a word as a key");

    private Refused Unexpected() =>
        new(At(parser.Current?.Start ?? YamlDotNet.Core.Mark.Empty), $"the end of the document", $"a value");

    private static Mark At(YamlDotNet.Core.Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    // YamlDotNet says where a closing bracket begins, not where it ends.
    private static Extent Of(ParsingEvent first, ParsingEvent last, Writing writing) => new((int)first.Start.Index, (int)last.End.Index + (writing == Writing.Flow ? 1 : 0));

    private static Writing Written(ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => Writing.Quoted,
        ScalarStyle.Literal or ScalarStyle.Folded => Writing.Block,
        _ => Writing.Plain,
    };

    /// <summary>YamlDotNet's own sentence, without the positions that it puts before some of them.</summary>
    private static Saying Plainly(YamlException e)
    {
        var sentence = (e.InnerException ?? e).Message.TrimEnd('.');
        return sentence.Length == 0 ? (Saying)$"something that is not YAML" : $"something that is not YAML ({YamlComplaint.Of(sentence)})";
    }

    /// <summary>Leaves the recursion with a mistake; never leaves this class.</summary>
    private sealed class Refused(Mark mark, Saying found, Saying expected) : Exception(found.ToString())
    {
        public Mark Mark { get; } = mark;
        public Saying Found { get; } = found;
        public Saying Expected { get; } = expected;
    }
}
