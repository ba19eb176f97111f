using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace EnergyPilot.Core.Documents;

/// <summary>
/// What a file's reader says, as a sentence and what stands in its holes, so that it can be said in other languages: written as <c>$"a circuit that heats {zone}"</c>
/// it keeps the pattern "a circuit that heats {0}" beside the zone. The English pattern stands in the code and is the name under which a language has its own.
/// A plain text does not become one by itself, so that no sentence escapes the languages; what is data in a sentence (a name, a number, what the file says) goes into a hole.
/// </summary>
[InterpolatedStringHandler]
public sealed class Saying : IEquatable<Saying>
{
    private static readonly SearchValues<char> Wordless = SearchValues.Create("{}0123456789, ");

    private readonly StringBuilder pattern;
    private readonly List<(string Text, Saying? Said)> holes;

    // What the compiler calls for $"…", piece by piece.
    internal Saying(int literalLength, int formattedCount) =>
        (pattern, holes) = (new StringBuilder(literalLength + (3 * formattedCount)), new(formattedCount));

    internal void AppendLiteral(string literal) => pattern.Append(literal.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    internal void AppendFormatted(Saying said) => Append("", said);

    internal void AppendFormatted(string data) => Append(data, null);

    internal void AppendFormatted<T>(T data, string? format = null) where T : struct =>
        Append(data is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : $"{data}", null);

    /// <summary>The sentence in English with numbered holes, as in <see cref="string.Format(IFormatProvider, string, object[])"/>.</summary>
    public string Pattern => pattern.ToString();

    /// <summary>In English.</summary>
    public override string ToString() => In(_ => null);

    /// <summary>In another language; in English when that has no word for a part of it.</summary>
    /// <param name="translated">The pattern of that language for an English one; null when it has none.</param>
    public string In(Func<string, string?> translated) => Written(p => HasWords(p) ? translated(p) : p) ?? Written(p => p) ?? "";

    /// <summary>Whether there is anything to translate in a pattern: not in holes with commas between them.</summary>
    public static bool HasWords(string pattern) => pattern.AsSpan().ContainsAnyExcept(Wordless);

    /// <inheritdoc/>
    public bool Equals(Saying? other) => other is not null && pattern.Equals(other.pattern) && holes.SequenceEqual(other.holes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Saying);

    /// <inheritdoc/>
    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    private string? Written(Func<string, string?> translated)
    {
        if (translated(Pattern) is not { } known) return null;
        var inside = new object[holes.Count];
        for (var i = 0; i < inside.Length; i++)
            if ((holes[i].Said is { } said ? said.Written(translated) : holes[i].Text) is { } text) inside[i] = text;
            else return null;
        return string.Format(CultureInfo.InvariantCulture, known, inside);
    }

    private void Append(string data, Saying? said)
    {
        pattern.Append(CultureInfo.InvariantCulture, $"{{{holes.Count}}}");
        holes.Add((data, said));
    }
}
