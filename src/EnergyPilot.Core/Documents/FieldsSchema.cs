using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>Whether a key must be there.</summary>
internal enum Presence { Required, Optional }

/// <summary>The questions that a reader asked, as JSON Schema. Schemas are built only when somebody wants one.</summary>
internal sealed class FieldsSchema
{
    private readonly List<(string Key, Func<JsonObject> Schema, string Description, Presence Presence)> keys = [];
    private readonly List<(string Pattern, Func<JsonObject> Schema, Saying Description)> patterns = [];
    private readonly List<IReadOnlyList<string>> choices = [];

    public IEnumerable<string> Keys => keys.Select(k => k.Key);

    /// <summary>The keys in words: their names, and what else may stand.</summary>
    public Saying KeysInWords => patterns.Aggregate((Saying)$"{string.Join(", ", Keys)}", (all, next) => $"{all}, {next.Description}");

    public void Add(string key, Func<JsonObject> schema, string description, Presence presence) => keys.Add((key, schema, description, presence));

    public void AddPattern(string pattern, Func<JsonObject> schema, Saying description) => patterns.Add((pattern, schema, description));

    public void ExactlyOne(IReadOnlyList<string> among) => choices.Add(among);

    public JsonObject Build()
    {
        var properties = new JsonObject();
        foreach (var (key, schema, description, _) in keys) properties[key] = Described(schema(), description);
        var group = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (patterns.Count > 0)
            group["patternProperties"] = new JsonObject(patterns.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Pattern, Described(p.Schema(), p.Description.ToString()))));
        var required = keys.Where(k => k.Presence == Presence.Required).Select(k => k.Key).ToList();
        if (required.Count > 0) group["required"] = Names(required);
        if (choices.Count > 0)
            group["allOf"] = new JsonArray([.. choices.Select(OneOf)]);
        return group;
    }

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject OneOf(IReadOnlyList<string> among) => new()
    {
        ["oneOf"] = new JsonArray([.. among.Select(key => new JsonObject { ["required"] = Names([key]) })]),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);
}
