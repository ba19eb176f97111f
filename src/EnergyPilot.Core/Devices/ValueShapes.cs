using System.Text.Json.Nodes;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Devices;

/// <summary>A value whose quantity stands elsewhere in the same file: "70 °C", "40 %", and for states "on" or "off".</summary>
internal sealed class ValueShape(Quantity quantity) : Shape<double>
{
    private readonly QuantityShape number = new(quantity, new ValueRange(double.NegativeInfinity, double.PositiveInfinity));

    public override Saying Expected => quantity == Quantity.State ? $"on or off" : number.Expected;
    public override double Blank => double.NaN;

    public override double Read(Spot spot)
    {
        if (quantity != Quantity.State) return number.Read(spot);
        if (spot.Node is TextNode { Text: "on" }) return 1;
        if (spot.Node is TextNode { Text: "off" }) return 0;
        spot.Unexpected(Expected);
        return Blank;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = new JsonArray("string", "number"), ["pattern"] = $"^(on|off|{QuantityShape.NumberPattern} ?[^0-9 ].*)$",
    };
}

/// <summary>Bounds with one unit for both: "-40..80 °C".</summary>
internal sealed class RangeShape(Quantity quantity) : Shape<ValueRange>
{
    private const string Between = "..";

    public override Saying Expected => $"two bounds with one unit, for example \"{$"0..100 {Unit.Canonical(quantity).Symbol}".TrimEnd()}\"";

    public override ValueRange Blank => new(double.NaN, double.NaN);

    public override ValueRange Read(Spot spot)
    {
        var parts = spot.Node is TextNode text ? text.Text.Split(Between) : [];
        if (parts.Length == 2 && QuantityShape.TrySplit(parts[1], out var high, out var symbol) && QuantityShape.TrySplit(parts[0].Trim(), out var low, out var none) && none.Length == 0)
            return Bounds(spot, low, high, symbol);
        spot.Unexpected(Expected);
        return Blank;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "string", ["pattern"] = $@"^{QuantityShape.NumberPattern} ?\.\. ?{QuantityShape.NumberPattern}( ?[^0-9 ].*)?$",
    };

    private ValueRange Bounds(Spot spot, double low, double high, string symbol)
    {
        if (!Unit.TryFind(symbol, out var unit) || unit.Quantity != quantity)
            spot.Unexpected(Expected, Nearest.To(symbol, QuantityShape.Symbols(quantity)));
        else if (low >= high)
            spot.Unexpected($"a lower bound below the upper one");
        else
            return new ValueRange(unit.ToCanonical(low), unit.ToCanonical(high));
        return Blank;
    }
}

/// <summary>The unit in which a device writes a quantity.</summary>
internal sealed class UnitShape(Quantity quantity) : Shape<Unit>
{
    public override Saying Expected => $"a unit of {QuantityShape.Named(quantity)}: {string.Join(", ", QuantityShape.Symbols(quantity))}";
    public override Unit Blank => Unit.Canonical(quantity);

    public override Unit Read(Spot spot)
    {
        if (spot.Node is TextNode text && Unit.TryFind(text.Text, out var unit) && unit.Quantity == quantity) return unit;
        spot.Unexpected(Expected, spot.Node is TextNode wrong ? Nearest.To(wrong.Text, QuantityShape.Symbols(quantity)) : "");
        return Blank;
    }

    public override JsonObject Schema() => new()
    {
        ["enum"] = new JsonArray([.. Unit.All.Where(u => u.Symbol.Length > 0).Select(u => JsonValue.Create(u.Symbol))]),
    };
}
