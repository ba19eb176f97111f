using System.Text.Json;

namespace EnergyPilot.Io.Json;

/// <content>Looking for values: one pass over the whole text, so that a text cut off behind the value is not taken for good.</content>
public sealed partial class JsonPath
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>The value at this path in a JSON text (UTF-8).</summary>
    public JsonValue Pick(ReadOnlySpan<byte> json)
    {
        var (path, value) = (this, default(JsonValue));
        Pick(new ReadOnlySpan<JsonPath>(in path), json, new Span<JsonValue>(ref value));
        return value;
    }

    /// <summary>
    /// The values at several paths, in their order, in one pass. When the text is malformed all of them are, but for the whole (<c>$</c>).
    /// Throws when there are more than <see cref="MaxPaths"/> paths or fewer places for values.
    /// </summary>
    public static void Pick(ReadOnlySpan<JsonPath> paths, ReadOnlySpan<byte> json, Span<JsonValue> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(paths.Length, MaxPaths);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, paths.Length);
        values = values[..paths.Length];
        values.Clear();
        var isGood = json.Length <= MaxTextLength;
        try
        {
            isGood = isGood && Walk(paths, json, values);
        }
        catch (JsonException)
        {
            isGood = false;
        }

        if (!isGood)
            for (var i = 0; i < paths.Length; i++)
                values[i] = paths[i].steps.Length == 0 ? JsonValue.OfPlainText(json) : JsonValue.Malformed;
    }

    private static bool Walk(ReadOnlySpan<JsonPath> paths, ReadOnlySpan<byte> json, Span<JsonValue> values)
    {
        var reader = new Utf8JsonReader(json, Strict);
        // Of each path: how many containers from the root on lie on it. Of each container: the index of its next element.
        Span<int> entered = stackalloc int[paths.Length];
        Span<int> next = stackalloc int[MaxDepth + 1];
        entered.Clear();
        next.Clear();
        // The paths whose next step is the member whose value comes now.
        var named = 0ul;
        while (reader.Read())
        {
            // Containers open around the token.
            var level = reader.CurrentDepth;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    named = Named(paths, entered, ref reader, level);
                    next[level] = -1;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    foreach (ref var depth in entered)
                        depth = Math.Min(depth, level);
                    continue;
            }

            var isContainer = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            var index = next[level] < 0 ? -1 : next[level]++;
            for (var i = 0; i < paths.Length; i++)
            {
                var steps = paths[i].steps;
                var isHere = level == 0 || (entered[i] == level && steps.Length >= level
                    && (index < 0 ? (named >> i & 1) != 0 : steps[level - 1].Name is null && steps[level - 1].Index == index));
                if (!isHere)
                    continue;
                if (steps.Length == level)
                    values[i] = JsonValue.Of(ref reader);
                else if (isContainer)
                    entered[i] = level + 1;
            }

            if (isContainer)
                next[level + 1] = reader.TokenType == JsonTokenType.StartArray ? 0 : -1;
        }

        return true;
    }

    private static ulong Named(ReadOnlySpan<JsonPath> paths, scoped ReadOnlySpan<int> entered, ref Utf8JsonReader reader, int level)
    {
        var named = 0ul;
        for (var i = 0; i < paths.Length; i++)
        {
            var steps = paths[i].steps;
            if (entered[i] == level && steps.Length >= level && steps[level - 1].Name is { } name && reader.ValueTextEquals(name))
                named |= 1ul << i;
        }

        return named;
    }
}
