using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Documents;

/// <summary>A number with its unit, as "19 °C"; read into the canonical unit of its quantity. A plain number has none.</summary>
internal sealed class QuantityShape(Quantity quantity, ValueRange range) : Shape<double>
{
    /// <summary>Digits and a point; no group separators, no exponents: nobody writes 1e3 kW on a wiring plan.</summary>
    public const string NumberPattern = @"[+-]?[0-9]+(\.[0-9]+)?";

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("+-.0123456789");

    public override Saying Expected => quantity == Quantity.Number
        ? (Saying)$"a number without a unit"
        : $"{Named(quantity)} in {UnitsOf(quantity)}, for example \"{Example}\"";

    public override double Blank => double.NaN;

    private string Example
    {
        get
        {
            var value = range.Contains(20) ? 20 : double.IsFinite(range.Low) ? range.Low : 0;
            return string.Create(CultureInfo.InvariantCulture, $"{value} {Unit.Canonical(quantity).Symbol}");
        }
    }

    public override double Read(Spot spot)
    {
        if (spot.Node is not TextNode { Text: { } text })
            spot.Unexpected(Expected);
        else if (text.Contains(',', StringComparison.Ordinal))
            spot.Unexpected($"{Expected}; decimals are written with a point");
        else if (!TrySplit(text, out var number, out var symbol))
            spot.Unexpected(Expected);
        else if (!Unit.TryFind(symbol, out var unit))
            spot.Wrong($"\"{text}\", and \"{symbol}\" is no known unit", Expected, Nearest.To(symbol, Symbols(quantity)));
        else if (unit.Quantity != quantity)
            spot.Wrong(symbol.Length == 0 ? (Saying)$"\"{text}\" without a unit" : $"\"{text}\", {Named(unit.Quantity)}", Expected);
        else if (!range.Contains(unit.ToCanonical(number)))
            spot.Wrong($"\"{text}\"", Between(unit));
        else
            return unit.ToCanonical(number);
        return Blank;
    }

    public override JsonObject Schema() => quantity == Quantity.Number
        ? Bounded(new JsonObject { ["type"] = "number" })
        : new JsonObject { ["type"] = "string", ["pattern"] = $"^{NumberPattern} ?({string.Join('|', Symbols(quantity).Select(Regex.Escape))})$" };

    /// <summary>The number and the unit of a text like "0.1 m³"; the space between them may be missing.</summary>
    public static bool TrySplit(string text, out double number, out string symbol)
    {
        var end = text.AsSpan().IndexOfAnyExcept(OfNumbers);
        if (end < 0) end = text.Length;
        symbol = text[end..].Trim(' ', '\u00A0', '\u202F');
        return double.TryParse(text.AsSpan(0, end), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>A quantity with its article: "a temperature difference".</summary>
    public static Saying Named(Quantity quantity) => quantity switch
    {
        Quantity.Temperature => $"a temperature",
        Quantity.TemperatureDifference => $"a temperature difference",
        Quantity.RelativeHumidity => $"a relative humidity",
        Quantity.Concentration => $"a concentration",
        Quantity.Ratio => $"a ratio",
        Quantity.Power => $"a power",
        Quantity.ApparentPower => $"an apparent power",
        Quantity.Energy => $"an energy",
        Quantity.Volume => $"a volume",
        Quantity.VolumeFlow => $"a volume flow",
        Quantity.Duration => $"a duration",
        Quantity.Length => $"a length",
        Quantity.Area => $"an area",
        Quantity.Angle => $"an angle",
        Quantity.Voltage => $"a voltage",
        Quantity.Current => $"a current",
        Quantity.Frequency => $"a frequency",
        Quantity.Pressure => $"a pressure",
        Quantity.Mass => $"a mass",
        Quantity.Illuminance => $"an illuminance",
        Quantity.CalorificValue => $"a calorific value",
        Quantity.EnergyPrice => $"an energy price",
        Quantity.VolumePrice => $"a volume price",
        Quantity.YearlyPrice => $"a yearly price",
        Quantity.EmissionFactor => $"an emission factor",
        Quantity.Transmittance => $"a transmittance",
        Quantity.Conductance => $"a conductance",
        Quantity.AirChange => $"an air change",
        Quantity.State => $"a state",
        _ => $"a number without a unit",
    };

    public static IEnumerable<string> Symbols(Quantity quantity) => Unit.All.Where(u => u.Quantity == quantity).Select(u => u.Symbol);

    private static string UnitsOf(Quantity quantity) => string.Join(", ", Symbols(quantity));

    private Saying Between(Unit unit)
    {
        var (low, high) = (unit.FromCanonical(range.Low), unit.FromCanonical(range.High));
        return unit.Symbol.Length == 0
            ? (Saying)$"{Named(quantity)} between {low:0.####} and {high:0.####}"
            : $"{Named(quantity)} between {low:0.####} and {high:0.####} {unit.Symbol}";
    }

    private JsonObject Bounded(JsonObject schema)
    {
        if (double.IsFinite(range.Low)) schema["minimum"] = range.Low;
        if (double.IsFinite(range.High)) schema["maximum"] = range.High;
        return schema;
    }
}
