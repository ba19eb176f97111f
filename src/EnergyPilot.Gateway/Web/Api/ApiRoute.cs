using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>One route of the interface as people read it, taken from the document that programs read.</summary>
/// <param name="Group">What it is about.</param>
/// <param name="Role">The least that may call it; empty when anybody may.</param>
/// <param name="Parameters">By name: where, of what type, what for.</param>
/// <param name="Body">An example of what it is sent; empty when nothing.</param>
/// <param name="Answers">By status: what it means.</param>
/// <param name="Shape">An example of a good answer; empty when it has none in JSON.</param>
/// <param name="IsForTokens">Whether a program may come in with a token; else only with the cookies of somebody who signed in.</param>
/// <param name="Query">What must stand behind the path.</param>
/// <param name="File">The type of what is sent when it is no JSON; empty when it is, or nothing is sent.</param>
internal sealed partial record ApiRoute(
    string Group, string Name, string Method, string Path, string Summary, string Description, string Role,
    bool IsForTokens, IReadOnlyList<(string Name, string Told)> Parameters, IReadOnlyList<string> Query, string Body, string File, IReadOnlyList<(string Status, string Told)> Answers, string Shape)
{
    private const int Deepest = 6;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ApiRoute> All(byte[] document)
    {
        var root = JsonNode.Parse(document) ?? new JsonObject();
        var routes =
            from path in root["paths"]?.AsObject() ?? []
            from operation in path.Value?.AsObject() ?? []
            where operation.Value is JsonObject
            select Of(path.Key, operation.Key.ToUpperInvariant(), operation.Value.AsObject(), root);
        return [.. routes.OrderBy(r => r.Group, StringComparer.Ordinal).ThenBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal)];
    }

    /// <summary>A call that works in a shell.</summary>
    public string Curl(string address)
    {
        var text = new StringBuilder("curl -s");
        if (Method != "GET") text.Append(" -X ").Append(Method);
        // Where the cookies come from that all others send.
        if (Name is Access.SignInApi.First or Access.SignInApi.Again) text.Append(" -c cookies.txt");
        if (Role.Length > 0) text.Append(IsForTokens ? " -H \"Authorization: Bearer $TOKEN\"" : Method == "GET" ? " -b cookies.txt" : " -b cookies.txt -H \"RequestVerificationToken: $FORM\"");
        if (Body.Length > 0) text.Append(" -H 'Content-Type: application/json' -d '").Append(JsonNode.Parse(Body)?.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })).Append('\'');
        if (File.Length > 0) text.Append(" -H 'Content-Type: ").Append(File).Append("' --data-binary @file");
        text.Append(' ').Append(address).Append(Hole.Replace(Path, hole => Variable(hole.Groups[1].Value)));
        // A shell takes what follows the sign between two of them for another command.
        return Query.Count == 0 ? text.ToString() : text.Append("?\"").AppendJoin('&', Query.Select(name => $"{name}={Variable(name)}")).Append('"').ToString();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole { get; }

    private static string Variable(string name) => "$" + name.ToUpperInvariant();

    private static ApiRoute Of(string path, string method, JsonObject operation, JsonNode root) => new(
        Text(operation["tags"]?[0]), Text(operation["operationId"]), method, path, Text(operation["summary"]), Text(operation["description"]), Text(operation[ApiDocument.RoleKey]),
        (operation["security"]?.AsArray() ?? []).OfType<JsonObject>().Any(s => s.ContainsKey(ApiDocument.Token)),
        [.. (operation["parameters"]?.AsArray() ?? []).OfType<JsonObject>().Select(p => (Text(p["name"]), Told(p)))],
        [.. (operation["parameters"]?.AsArray() ?? []).OfType<JsonObject>().Where(p => Text(p["in"]) == "query" && p["required"]?.GetValue<bool>() == true).Select(p => Text(p["name"]))],
        Example(operation["requestBody"]?["content"]?["application/json"]?["schema"], root),
        (operation["requestBody"]?["content"]?.AsObject() ?? []).Select(c => c.Key).FirstOrDefault(type => type != ApiDocument.ContentType) ?? "",
        [.. (operation["responses"]?.AsObject() ?? []).Select(r => (r.Key, Text(r.Value?["description"])))],
        Example(operation["responses"]?["200"]?["content"]?["application/json"]?["schema"] ?? operation["responses"]?["201"]?["content"]?["application/json"]?["schema"], root));

    private static string Told(JsonObject parameter)
    {
        var schema = parameter["schema"];
        var type = string.Join(" ", Types(schema).Where(t => t != "null"));
        var usual = schema?["default"] is { } value ? $" = {value.ToJsonString()}" : "";
        return $"{Text(parameter["description"])} ({Text(parameter["in"])}, {type}{usual})".TrimStart();
    }

    private static string Example(JsonNode? schema, JsonNode root) => schema is null ? "" : Sample(schema, root, 0)?.ToJsonString(Indented) ?? "null";

    // One of everything: enough to see names and types.
    private static JsonNode? Sample(JsonNode? schema, JsonNode root, int depth)
    {
        if (schema is null || depth > Deepest) return null;
        if (Text(schema["$ref"]) is { Length: > 0 } reference) return Sample(root["components"]?["schemas"]?[reference[(reference.LastIndexOf('/') + 1)..]], root, depth + 1);
        if ((schema["oneOf"] ?? schema["anyOf"])?.AsArray() is { } choices) return Sample(choices.FirstOrDefault(c => !Types(c).SequenceEqual(["null"])), root, depth + 1);
        if (schema["enum"]?.AsArray() is [{ } first, ..]) return first.DeepClone();
        return Types(schema).FirstOrDefault(t => t != "null") switch
        {
            "object" => new JsonObject((schema["properties"]?.AsObject() ?? []).Select(p => KeyValuePair.Create(p.Key, Sample(p.Value, root, depth + 1)))),
            "array" => new JsonArray(Sample(schema["items"], root, depth + 1)),
            "integer" => 1,
            "number" => 19.5,
            "boolean" => true,
            "string" => Text(schema["format"]) switch { "date-time" => "2026-11-22T15:30:00Z", "date" => "2026-11-22", _ => "…" },
            _ => null,
        };
    }

    private static IEnumerable<string> Types(JsonNode? schema) => schema?["type"] switch
    {
        JsonArray many => many.Select(Text),
        { } one => [Text(one)],
        null => [],
    };

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
