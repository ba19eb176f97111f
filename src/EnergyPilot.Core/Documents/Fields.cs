using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>
/// The keys of one group, asked for one by one. While a file is read, each question gives the value; when there is no file,
/// each gives a blank, and the questions themselves are the schema. So a reader must ask all its questions
/// whatever the answers are.
/// </summary>
internal sealed class Fields
{
    private readonly Spot spot;
    private readonly Dictionary<string, Entry> entries;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly FieldsSchema schema = new();

    private Fields(Spot spot, MapNode map)
    {
        this.spot = spot;
        entries = map.Entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        IsBlank = ReferenceEquals(map, NoMap);
    }

    private static readonly MapNode NoMap = new(Mark.Start, []);

    /// <summary>The group itself, to say what is wrong with it as a whole.</summary>
    public Spot Here => spot;

    /// <summary>True when there is no file behind: only the questions count.</summary>
    public bool IsBlank { get; }

    public static Fields Of(Spot spot, MapNode map) => new(spot, map);

    public static Fields Blank() => new(new Spot(NoMap, "", new Findings("")), NoMap);

    /// <summary>A key that must be there.</summary>
    public T Need<T>(string key, Shape<T> shape, string description)
    {
        asked.Add(key);
        schema.Add(key, shape.Schema, description, Presence.Required);
        if (entries.TryGetValue(key, out var entry)) return shape.Read(spot.Into(key, entry.Value));
        if (!IsBlank) spot.Wrong($"no \"{key}\"", $"{key}: {shape.Expected}");
        return shape.Blank;
    }

    /// <summary>A key that may be missing.</summary>
    public T Take<T>(string key, Shape<T> shape, T otherwise, string description)
    {
        asked.Add(key);
        schema.Add(key, shape.Schema, description, Presence.Optional);
        return entries.TryGetValue(key, out var entry) ? shape.Read(spot.Into(key, entry.Value)) : otherwise;
    }

    /// <summary>Exactly one of several keys.</summary>
    public T OneOf<T>(T otherwise, string description, params ReadOnlySpan<(string Key, Shape<T> Shape)> ways)
    {
        List<string> keys = [];
        var present = 0;
        var value = otherwise;
        foreach (var (key, shape) in ways)
        {
            keys.Add(key);
            asked.Add(key);
            schema.Add(key, shape.Schema, description, Presence.Optional);
            if (!entries.TryGetValue(key, out var entry)) continue;
            present++;
            value = shape.Read(spot.Into(key, entry.Value));
        }

        schema.ExactlyOne(keys);
        if (present == 1 || IsBlank) return value;
        var all = string.Join(", ", keys);
        spot.Wrong(present == 0 ? (Saying)$"none of {all}" : $"{present} of {all}", $"exactly one of them");
        return otherwise;
    }

    /// <summary>All keys of a certain form that were not asked for by name, in file order.</summary>
    public ImmutableArray<(string Key, T Value)> Each<T>(string pattern, Func<string, bool> fits, Shape<T> shape, Saying description)
    {
        schema.AddPattern(pattern, shape.Schema, description);
        var found = ImmutableArray.CreateBuilder<(string, T)>();
        foreach (var entry in entries.Values.OrderBy(e => e.Mark))
            if (!asked.Contains(entry.Key) && fits(entry.Key))
                found.Add((entry.Key, shape.Read(spot.Into(entry.Key, entry.Value))));
        asked.UnionWith(found.Select(f => f.Item1));
        return found.ToImmutable();
    }

    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>The place of a key's value, or of the group when the key is missing.</summary>
    public Spot At(string key) => entries.TryGetValue(key, out var entry) ? spot.Into(key, entry.Value) : spot;

    public void ReportUnknownKeys()
    {
        foreach (var entry in entries.Values)
        {
            if (asked.Contains(entry.Key)) continue;
            var unknown = spot.Into(entry.Key, new TextNode(entry.Mark, entry.Key));
            unknown.Wrong($"the unknown key \"{entry.Key}\"", $"one of {schema.KeysInWords}", Nearest.To(entry.Key, schema.Keys));
        }
    }

    public JsonObject Schema() => schema.Build();
}
