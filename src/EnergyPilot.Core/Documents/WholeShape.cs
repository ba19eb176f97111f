using System.Globalization;
using System.Text.Json.Nodes;

namespace EnergyPilot.Core.Documents;

/// <summary>A whole number, also as 0x….</summary>
internal sealed class WholeShape(ulong low, ulong high) : Shape<ulong>
{
    public override Saying Expected => $"a whole number from {low} to {high}, for example {low} or 0x{low:X}";
    public override ulong Blank => 0;

    public override ulong Read(Spot spot)
    {
        if (spot.Node is TextNode text && TryParse(text.Text, out var number) && number >= low && number <= high) return number;
        spot.Unexpected(Expected);
        return Blank;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = new JsonArray("integer", "string"), ["minimum"] = low, ["maximum"] = high, ["pattern"] = "^(0x[0-9A-Fa-f]{1,16}|[0-9]{1,20})$",
    };

    private static bool TryParse(string text, out ulong number) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
