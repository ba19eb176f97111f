using System.Collections.Immutable;

namespace EnergyPilot.Core.Documents;

/// <summary>Line and column in a file, both from 1.</summary>
internal readonly record struct Mark(int Line, int Column) : IComparable<Mark>
{
    public static readonly Mark Start = new(1, 1);

    public int CompareTo(Mark other) => (Line, Column).CompareTo((other.Line, other.Column));
}

/// <summary>From which character to before which a piece stands in its text (without a byte order mark).</summary>
internal readonly record struct Extent(int From, int To);

/// <summary>How a piece is written: a bare or quoted text, lines of their own (also | and >), or in brackets.</summary>
internal enum Writing { Plain, Quoted, Block, Flow }

/// <summary>A piece of a document and where it stands.</summary>
internal abstract record Node(Mark Mark)
{
    /// <summary>Where it is written. Groups and lists in lines of their own end with their last piece.</summary>
    public Extent Extent { get; init; }

    public Writing Writing { get; init; }

    /// <summary>The piece as a mistake names it.</summary>
    public abstract Saying Described { get; }
}

/// <summary>Anything that is written as one piece; every value of a file is text until a shape says otherwise.</summary>
internal sealed record TextNode(Mark Mark, string Text) : Node(Mark)
{
    private const int Shown = 60;

    public override Saying Described => Text.Length == 0 ? (Saying)$"nothing" : $"\"{(Text.Length <= Shown ? Text : $"{Text[..Shown]}…")}\"";
}

internal sealed record ListNode(Mark Mark, ImmutableArray<Node> Items) : Node(Mark)
{
    public override Saying Described => $"a list";
}

internal sealed record MapNode(Mark Mark, ImmutableArray<Entry> Entries) : Node(Mark)
{
    public override Saying Described => $"a group of keys";
}

/// <summary>One key of a map, and what stands behind it.</summary>
internal sealed record Entry(Mark Mark, string Key, Node Value)
{
    /// <summary>Where the key is written.</summary>
    public Extent Extent { get; init; }
}
