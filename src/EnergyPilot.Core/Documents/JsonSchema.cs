using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>Writes what a shape says of itself as a JSON Schema file (draft 2020-12), for editors.</summary>
internal static class JsonSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of<T>(Shape<T> shape, string title)
    {
        var file = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (key, value) in shape.Schema()) file[key] = value?.DeepClone();
        return file.ToJsonString(Readable) + "\n";
    }
}
