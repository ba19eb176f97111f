using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>A text; the pattern says to editors what <paramref name="fits"/> says here.</summary>
internal sealed class TextShape(Saying expected, string pattern, Func<string, bool> fits) : Shape<string>
{
    // What looks like a number is a number to an editor, and text to us.
    private readonly JsonNode types = fits("0") ? new JsonArray("string", "number") : JsonValue.Create("string");

    public override Saying Expected => expected;
    public override string Blank => "";

    public override string Read(Spot spot)
    {
        if (spot.Node is TextNode text && fits(text.Text)) return text.Text;
        spot.Unexpected(expected);
        return Blank;
    }

    public override JsonObject Schema() => new() { ["type"] = types.DeepClone(), ["pattern"] = pattern };
}
