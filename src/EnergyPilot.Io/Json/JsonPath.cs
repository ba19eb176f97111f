using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EnergyPilot.Io.Json;

/// <summary>
/// Where in a JSON text a value is: names of members and indices of arrays, as in <c>$.temperature</c>,
/// <c>object.TempC_SHT</c>, <c>decoded.values[0].value</c>, <c>['a.b']</c>. <c>$</c> alone is the whole text, which need not
/// be JSON then. A small part of RFC 9535, compiled once and used without allocating. When a name stands twice in an object, the last one counts.
/// </summary>
public sealed partial class JsonPath
{
    /// <summary>The longest path in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>The deepest nesting that is read; deeper texts are malformed.</summary>
    public const int MaxDepth = 32;

    /// <summary>The longest text in bytes that is read; longer ones are malformed.</summary>
    public const int MaxTextLength = 256 * 1024;

    /// <summary>The most paths that are looked for at once.</summary>
    public const int MaxPaths = 64;

    private static readonly SearchValues<char> NotPlain = SearchValues.Create("]*'\"?@ \t");

    private readonly string text;
    private readonly Step[] steps;

    private JsonPath(string text, Step[] steps)
    {
        this.text = text;
        this.steps = steps;
    }

    /// <summary>Reads a path; otherwise <paramref name="why"/> says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, out string why)
    {
        var steps = new List<Step>();
        path = null;
        why = text.Length is 0 or > MaxLength ? $"A path has 1 to {MaxLength} characters; $ is the whole." : "";
        var at = text.StartsWith('$') ? 1 : 0;
        while (why.Length == 0 && at < text.Length)
            why = TakeStep(text, ref at, steps);
        if (why.Length == 0 && steps.Count >= MaxDepth)
            why = $"A path has fewer than {MaxDepth} steps.";
        if (why.Length == 0)
            path = new JsonPath(text, [.. steps]);
        return path is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    /// <summary>A name in UTF-8, or an index when there is none.</summary>
    private readonly record struct Step(byte[]? Name, int Index);

    private static string TakeStep(string text, ref int at, List<Step> steps)
    {
        if (text[at] == '[')
            return TakeBracket(text, ref at, steps);
        if (text[at] == '.')
            at++;
        else if (at > 0)
            return $"A dot or a bracket is missing at character {at + 1}.";
        var length = text.AsSpan(at).IndexOfAny('.', '[');
        var name = length < 0 ? text[at..] : text.Substring(at, length);
        if (name.Length == 0)
            return $"A name is missing at character {at + 1}.";
        if (name.AsSpan().IndexOfAny(NotPlain) is var wrong and >= 0)
            return $"'{name[wrong]}' at character {at + wrong + 1} cannot stand in a plain name: write ['…'].";
        at += name.Length;
        steps.Add(new Step(Encoding.UTF8.GetBytes(name), 0));
        return "";
    }

    private static string TakeBracket(string text, ref int at, List<Step> steps)
    {
        var inside = text.AsSpan(at + 1);
        if (inside is ['\'' or '"', ..])
            return TakeQuoted(text, ref at, steps);
        var end = inside.IndexOf(']');
        if (end < 0)
            return $"The bracket at character {at + 1} is not closed.";
        if (end == 0 || end > 6 || inside[..end].ContainsAnyExceptInRange('0', '9'))
            return $"In the bracket at character {at + 1} stands '{inside[..end]}' instead of an index from 0 or a quoted name.";
        steps.Add(new Step(null, int.Parse(inside[..end], System.Globalization.CultureInfo.InvariantCulture)));
        at += end + 2;
        return "";
    }

    private static string TakeQuoted(string text, ref int at, List<Step> steps)
    {
        var (start, quote) = (at + 1, text[at + 1]);
        var name = new StringBuilder();
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '\'' or '"')
                name.Append(text[++i]);
            else if (text[i] != quote)
                name.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == ']')
            {
                at = i + 2;
                steps.Add(new Step(Encoding.UTF8.GetBytes(name.ToString()), 0));
                return "";
            }
            else
                return $"A bracket must close behind the quote at character {i + 1}.";
        }

        return $"The quote at character {start + 1} is not closed.";
    }
}
