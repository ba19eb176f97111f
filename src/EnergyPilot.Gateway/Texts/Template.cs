using System.Collections.Immutable;
using System.Text;

namespace EnergyPilot.Gateway.Texts;

/// <summary>
/// A sentence with holes. <c>{room}</c> is a fact; <c>{zones:zone|zones}</c> is the word that goes with a count;
/// <c>[ until {until}]</c> is left out as a whole when one of its facts is missing.
/// </summary>
internal sealed class Template
{
    private readonly ImmutableArray<Piece> pieces;

    private Template(ImmutableArray<Piece> pieces) => this.pieces = pieces;

    /// <summary>The facts that it can say, wherever they stand.</summary>
    public IReadOnlySet<string> Facts => Holes(pieces).Select(h => h.Fact).ToHashSet();

    /// <summary>The facts that it cannot do without.</summary>
    public IReadOnlySet<string> Needed => Holes(pieces.Where(p => p is not Optional)).Select(h => h.Fact).ToHashSet();

    public static Template Parse(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var at = 0;
        while (at < text.Length)
        {
            var next = text.AsSpan(at).IndexOfAny('[', '{') is var i and >= 0 ? at + i : text.Length;
            if (next > at) pieces.Add(new Literal(text[at..next]));
            if (next == text.Length) break;

            var end = text.IndexOf(text[next] == '[' ? ']' : '}', next);
            if (end < 0) throw new FormatException($"Nothing closes the bracket at {next} of: {text}");
            var inside = text[(next + 1)..end];
            pieces.Add(text[next] == '[' ? new Optional(Parse(inside).pieces) : ParseHole(inside));
            at = end + 1;
        }

        return new Template(pieces.ToImmutable());
    }

    /// <summary>The sentence. A missing fact outside brackets shows as a dash.</summary>
    /// <param name="show">The fact as text; null when it is missing.</param>
    /// <param name="choose">Singular or plural word for the count of this name.</param>
    public string Render(Func<string, string?> show, Func<string, string, string, string> choose)
    {
        var text = new StringBuilder();
        Write(pieces, text, show, choose);
        return text.ToString();
    }

    private static void Write(
        IEnumerable<Piece> pieces, StringBuilder text, Func<string, string?> show, Func<string, string, string, string> choose)
    {
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case Literal literal: text.Append(literal.Text); break;
                case Optional optional when Holes(optional.Inside).All(h => show(h.Fact) is not null): Write(optional.Inside, text, show, choose); break;
                case Hole { Many: "" } hole: text.Append(show(hole.Fact) ?? "–"); break;
                case Hole hole: text.Append(choose(hole.Fact, hole.One, hole.Many)); break;
            }
        }
    }

    private static Hole ParseHole(string inside) => inside.Split(':', '|') switch
    {
        [var fact] => new Hole(fact, "", ""),
        [var fact, var one, var many] => new Hole(fact, one, many),
        _ => throw new FormatException($"A hole is {{fact}} or {{count:one|many}}, not {{{inside}}}"),
    };

    private static IEnumerable<Hole> Holes(IEnumerable<Piece> pieces) =>
        pieces.SelectMany(p => p switch { Hole hole => [hole], Optional optional => Holes(optional.Inside), _ => Enumerable.Empty<Hole>() });

    private abstract record Piece;

    private sealed record Literal(string Text) : Piece;

    private sealed record Hole(string Fact, string One, string Many) : Piece;

    private sealed record Optional(ImmutableArray<Piece> Inside) : Piece;
}
