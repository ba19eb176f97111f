using System.Buffers.Text;
using System.Text.Json;

namespace EnergyPilot.Io.Json;

/// <summary>What stands at a place in a JSON text. It remembers positions, so texts are read from the same bytes again.</summary>
public readonly record struct JsonValue
{
    private readonly int start;
    private readonly int length;
    private readonly bool isEscaped;

    private JsonValue(JsonKind kind, double number, Range place, bool isEscaped)
    {
        (Kind, Number, this.isEscaped) = (kind, number, isEscaped);
        (start, length) = (place.Start.Value, place.End.Value - place.Start.Value);
    }

    /// <summary>What it is.</summary>
    public JsonKind Kind { get; }

    /// <summary>The number, when it is one; always finite.</summary>
    public double Number { get; }

    internal static JsonValue Malformed { get; } = new(JsonKind.Malformed, 0, default, isEscaped: false);

    /// <summary>The text in UTF-8 as it stands between the quotes; escapes are not resolved, see <see cref="TryCopyText"/>.</summary>
    public ReadOnlySpan<byte> RawText(ReadOnlySpan<byte> json) => Kind == JsonKind.Text ? json.Slice(start, length) : default;

    /// <summary>Whether it is this text (UTF-8).</summary>
    public bool TextEquals(ReadOnlySpan<byte> json, ReadOnlySpan<byte> expected)
    {
        if (Kind != JsonKind.Text)
            return false;
        return isEscaped ? Quoted(json).ValueTextEquals(expected) : RawText(json).SequenceEqual(expected);
    }

    /// <summary>Copies the text with its escapes resolved; false when it is none or the place is shorter than the raw text.</summary>
    public bool TryCopyText(ReadOnlySpan<byte> json, Span<byte> to, out int written)
    {
        written = 0;
        if (Kind != JsonKind.Text || to.Length < length)
            return false;
        if (isEscaped)
        {
            var reader = Quoted(json);
            try
            {
                written = reader.CopyString(to);
            }
            catch (InvalidOperationException)
            {
                // Escapes of half a surrogate pair are JSON, but no text.
                return false;
            }

            return true;
        }

        RawText(json).CopyTo(to);
        written = length;
        return true;
    }

    /// <summary>The number, also when a publisher writes it as text ("21.5").</summary>
    public bool TryNumber(ReadOnlySpan<byte> json, out double number)
    {
        number = Number;
        return Kind == JsonKind.Number
            || (Kind == JsonKind.Text && Utf8Parser.TryParse(RawText(json), out number, out var consumed) && consumed == length && double.IsFinite(number));
    }

    internal static JsonValue Of(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        // 1e999 is JSON, but no number that can be held.
        JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => new(JsonKind.Number, number, default, isEscaped: false),
        JsonTokenType.True => new(JsonKind.True, 0, default, isEscaped: false),
        JsonTokenType.False => new(JsonKind.False, 0, default, isEscaped: false),
        JsonTokenType.String => OfText(ref reader),
        JsonTokenType.StartObject or JsonTokenType.StartArray => new(JsonKind.Container, 0, default, isEscaped: false),
        _ => default,
    };

    /// <summary>A payload that is no JSON: a word, unless it is empty or set out to be JSON.</summary>
    internal static JsonValue OfPlainText(ReadOnlySpan<byte> payload)
    {
        var word = payload.Trim(" \t\r\n"u8);
        if (word.IsEmpty)
            return default;
        if (payload.Length > JsonPath.MaxTextLength || word[0] is (byte)'{' or (byte)'[' or (byte)'"' || !System.Text.Unicode.Utf8.IsValid(word))
            return Malformed;
        var start = payload.IndexOf(word);
        return new JsonValue(JsonKind.Text, 0, start..(start + word.Length), isEscaped: false);
    }

    private static JsonValue OfText(ref Utf8JsonReader reader)
    {
        // Behind the opening quote.
        var start = (int)reader.TokenStartIndex + 1;
        return new JsonValue(JsonKind.Text, 0, start..(start + reader.ValueSpan.Length), reader.ValueIsEscaped);
    }

    private Utf8JsonReader Quoted(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.Slice(start - 1, length + 2));
        reader.Read();
        return reader;
    }
}
