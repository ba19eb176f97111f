using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Tests.Core.Documents;

/// <summary>As much of JSON Schema 2020-12 as our schemas use, so that tests see a document as an editor does: YAML's core schema makes numbers of what looks like numbers.</summary>
internal static class SchemaCheck
{
    public static List<string> Of(string schema, string yaml)
    {
        var findings = new Findings("");
        var root = YamlReader.Read(yaml, findings) ?? throw new InvalidOperationException("Not YAML");
        return [.. Check(JsonNode.Parse(schema)!.AsObject(), root, "")];
    }

    private static IEnumerable<string> Check(JsonObject schema, Node node, string path) => schema.SelectMany(rule => rule.Key switch
    {
        "type" => Names(rule.Value!).Contains(TypeOf(node)) || (TypeOf(node) == "integer" && Names(rule.Value!).Contains("number")) ? [] : [$"{path}: type"],
        "enum" => Names(rule.Value!).Contains(Text(node)) ? [] : [$"{path}: enum"],
        "const" => rule.Value!.GetValue<string>() == Text(node) ? [] : [$"{path}: const"],
        "pattern" => TypeOf(node) != "string" || Regex.IsMatch(Text(node), rule.Value!.GetValue<string>()) ? [] : [$"{path}: pattern"],
        "minimum" => TypeOf(node) is "string" || !(Number(node) < rule.Value!.GetValue<double>()) ? [] : [$"{path}: minimum"],
        "maximum" => TypeOf(node) is "string" || !(Number(node) > rule.Value!.GetValue<double>()) ? [] : [$"{path}: maximum"],
        "minItems" => node is not ListNode { Items.IsEmpty: true } ? [] : [$"{path}: minItems"],
        "items" => node is ListNode list ? list.Items.SelectMany((n, i) => Check(rule.Value!.AsObject(), n, $"{path}[{i}]")) : [],
        "required" => node is MapNode map ? Names(rule.Value!).Where(k => map.Entries.All(e => e.Key != k)).Select(k => $"{path}: required {k}") : [],
        "propertyNames" => node is MapNode map ? map.Entries.SelectMany(e => Check(rule.Value!.AsObject(), new TextNode(e.Mark, e.Key), $"{path}.{e.Key}")) : [],
        "additionalProperties" => node is MapNode map ? map.Entries.SelectMany(e => Property(schema, e, $"{path}.{e.Key}")) : [],
        "anyOf" => rule.Value!.AsArray().Any(s => !Check(s!.AsObject(), node, path).Any()) ? [] : [$"{path}: anyOf"],
        "oneOf" => rule.Value!.AsArray().Count(s => !Check(s!.AsObject(), node, path).Any()) == 1 ? [] : [$"{path}: oneOf"],
        "allOf" => rule.Value!.AsArray().SelectMany(s => Check(s!.AsObject(), node, path)),
        "$schema" or "title" or "description" or "properties" or "patternProperties" => [],
        _ => throw new InvalidOperationException($"The test does not know the rule {rule.Key}"),
    });

    private static IEnumerable<string> Property(JsonObject schema, Entry entry, string path)
    {
        var fitting = (schema["patternProperties"] as JsonObject)?.Where(p => Regex.IsMatch(entry.Key, p.Key)).Select(p => p.Value) ?? [];
        var known = (schema["properties"]?[entry.Key] is { } property ? fitting.Append(property) : fitting).ToList();
        if (known.Count > 0) return known.SelectMany(s => Check(s!.AsObject(), entry.Value, path));
        return schema["additionalProperties"] is JsonObject other ? Check(other, entry.Value, path) : [$"{path}: additionalProperties"];
    }

    private static string[] Names(JsonNode node) => node is JsonArray many ? [.. many.Select(n => n!.GetValue<string>())] : [node.GetValue<string>()];

    private static string Text(Node node) => node is TextNode text ? text.Text : "";

    private static string TypeOf(Node node) => node switch
    {
        MapNode => "object",
        ListNode => "array",
        TextNode text when Regex.IsMatch(text.Text, "^([-+]?[0-9]+|0x[0-9a-fA-F]+)$") => "integer",
        TextNode text when Regex.IsMatch(text.Text, @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$") => "number",
        _ => "string",
    };

    private static double Number(Node node) =>
        Text(node).StartsWith("0x", StringComparison.Ordinal) ? Convert.ToUInt64(Text(node), 16)
        : double.TryParse(Text(node), CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
