using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>How exactly a value is told to people: no finer than the sensors of its kind are, so that noise is no news.</summary>
internal static class Rounding
{
    /// <summary>A value in its canonical unit, as it is told after <paramref name="told"/>, which stays while the value hovers between the two: it has to move by five sixths of a step.</summary>
    /// <param name="told">Not-a-number for nothing.</param>
    public static double Of(Quantity quantity, double value, double told) =>
        !double.IsNaN(told) && Of(quantity, told + (value - told) * 0.6).Equals(told) ? told : Of(quantity, value);

    /// <summary>A value in its canonical unit, as it is told.</summary>
    public static double Of(Quantity quantity, double value) => quantity switch
    {
        Quantity.Temperature or Quantity.TemperatureDifference => To(value, 1),
        Quantity.RelativeHumidity or Quantity.Ratio or Quantity.Angle => To(value, 0),
        Quantity.Concentration => To(value / 10, 0) * 10,
        // Indices of meters: the watt-hour is the city's concern, 10 Wh and a litre are enough for a diagram.
        Quantity.Energy => To(value, 2),
        Quantity.Volume => To(value, 3),
        Quantity.Power or Quantity.ApparentPower or Quantity.Pressure or Quantity.Illuminance => Significant(value, finest: 0),
        Quantity.Duration => To(value, 0),
        Quantity.Voltage => To(value, 1),
        Quantity.Frequency or Quantity.Current => To(value, 2),
        Quantity.State => value >= 0.5 ? 1 : 0,
        _ => Significant(value, finest: 4),
    };

    // Three digits, but never more decimals than these.
    private static double Significant(double value, int finest)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var digits = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (digits >= 0) return To(value, Math.Min(digits, finest));
        var step = Math.Pow(10, -digits);
        return To(value / step, 0) * step;
    }

    // Adding zero makes -0 a plain 0.
    private static double To(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
}
