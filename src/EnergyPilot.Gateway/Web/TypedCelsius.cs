using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web;

/// <summary>A setpoint that somebody typed, with a point or a comma, with or without its unit: read alike wherever people type one.</summary>
internal static class TypedCelsius
{
    /// <summary>The setpoint; nothing, and a mistake at its field, when there is none, it cannot be read or it is outside what the site allows.</summary>
    public static Celsius? Read(string text, string field, ControlSettings control, ImmutableArray<Mistake>.Builder mistakes)
    {
        Fact[] limits = [Fact.Of("lowest", control.LowestSetpoint), Fact.Of("highest", control.HighestSetpoint)];
        // Phones in French type a comma, everybody else a point.
        var typed = text.Replace(',', '.').Replace("°C", "", StringComparison.OrdinalIgnoreCase).Replace("°", "", StringComparison.Ordinal).Trim();
        if (!double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) || !double.IsFinite(degrees))
        {
            mistakes.Add(new Mistake(field, typed is "" ? Phrase.SetpointMissing : Phrase.SetpointUnreadable, [.. limits, Fact.Of("typed", text)]));
            return null;
        }

        if (degrees >= control.LowestSetpoint.Degrees && degrees <= control.HighestSetpoint.Degrees) return new Celsius(degrees);
        mistakes.Add(new Mistake(field, Phrase.SetpointOutside, [.. limits, Fact.Of("typed", new Celsius(degrees))]));
        return null;
    }
}
