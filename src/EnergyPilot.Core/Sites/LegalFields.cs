using System.Text.Json.Nodes;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Legal;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of the legal limits, or the word that there are none.</summary>
internal static class LegalFields
{
    public static Shape<LegalLimits> Shape(LegalLimits otherwise) => new LimitsOrNone(Shapes.Record(fields => Read(otherwise, fields)));

    private static LegalLimits Read(LegalLimits otherwise, Fields fields)
    {
        var usual = otherwise.Apply ? otherwise : LegalLimits.Ordinary;
        var allowed = Shapes.Celsius(5, 30);
        return new LegalLimits(
            fields.Take("comfort", allowed, usual.InUse, "On average while in use; 19 °C when missing (Code de l'énergie, R.241-26)"),
            fields.Take("empty-24h", allowed, usual.EmptyForADay, "While empty for 24 to 48 h; 16 °C when missing (R.241-27)"),
            fields.Take("empty-48h", allowed, usual.EmptyForLong, "While empty for 48 h or more; 8 °C when missing (R.241-27)"));
    }

    private sealed class LimitsOrNone(Shape<LegalLimits> limits) : Shape<LegalLimits>
    {
        public override Saying Expected => $"{limits.Expected}, or none";
        public override LegalLimits Blank => limits.Blank;
        public override LegalLimits Read(Spot spot) => spot.Node is TextNode { Text: "none" } ? LegalLimits.None : limits.Read(spot);
        public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = "none" }, limits.Schema()) };
    }
}
