using System.Buffers;
using System.Globalization;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Values as an installer reads and types them.</summary>
internal static class ValueText
{
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("+-.0123456789");

    /// <summary>Where there is no value.</summary>
    public const string None = "-";

    public static string Of(Quantity quantity, double value) =>
        !double.IsFinite(value) ? None : quantity == Quantity.State ? (value >= 0.5 ? "on" : "off") : Number(value);

    public static string Number(double value) => Math.Abs(value) is >= 1e9 or (> 0 and < 1e-3)
        ? value.ToString("0.####e+0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>With its unit.</summary>
    public static string Whole(Quantity quantity, double value) => $"{Of(quantity, value)} {Unit.Canonical(quantity).Symbol}".TrimEnd();

    public static string Of(Reliability reliability) => reliability switch
    {
        Reliability.NoFaultDetected => "good",
        Reliability.NoSensor => "no answer",
        Reliability.OverRange => "above its range",
        Reliability.UnderRange => "below its range",
        Reliability.UnreliableOther => "not believed",
        Reliability.ProcessError => "refused by the device",
        Reliability.ConfigurationError => "not this device",
        _ => "lost",
    };

    /// <summary>"on", "off", "21", "21 °C" or "70 °F", as a value in the canonical unit.</summary>
    public static bool TryParse(Quantity quantity, string text, out double value)
    {
        value = text switch { "on" or "1" => 1, "off" or "0" => 0, _ => double.NaN };
        if (quantity == Quantity.State) return !double.IsNaN(value);
        if (!TrySplit(text, out var number, out var symbol)) return false;
        if (symbol.Length == 0)
            value = number;
        else if (Unit.TryFind(symbol, out var unit) && unit.Quantity == quantity)
            value = unit.ToCanonical(number);
        else
            return false;
        return true;
    }

    /// <summary>The number and the unit of a text like "0.1 m³" or "300ms".</summary>
    public static bool TrySplit(string text, out double number, out string symbol)
    {
        var end = text.AsSpan().IndexOfAnyExcept(OfNumbers);
        if (end < 0) end = text.Length;
        symbol = text[end..].Trim();
        return double.TryParse(text.AsSpan(0, end), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
