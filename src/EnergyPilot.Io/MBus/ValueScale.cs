namespace EnergyPilot.Io.MBus;

/// <summary>
/// From what is sent to the normalised unit: × 10^Power × Multiplier ÷ Divisor. Powers are collected as integers and applied in one step,
/// so that whole numbers up to 2⁵³ come out as the double nearest to the true decimal: 54321 l are exactly 54.321 m³.
/// </summary>
internal readonly record struct ValueScale(int Power, long Multiplier, int Divisor)
{
    private const double FahrenheitZero = 32;

    // Exact as doubles up to 10²²; beyond that the result is the nearest power.
    private static readonly double[] Exact = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    public bool IsFahrenheit { get; init; }

    /// <summary>The scale of one code within a row of the table.</summary>
    public static ValueScale Of(VifRow row, int code)
    {
        var step = code - row.First;
        return row.Step switch
        {
            // Duration of tariff counts from minutes (FDh 31h..33h): its row lacks seconds.
            VifStep.Duration => new(row.Power, Seconds(row.Count < 4 ? step + 1 : step), row.Divisor),
            VifStep.LongDuration => new(row.Power, step < 2 ? Seconds(step + 2) : 1, row.Divisor),
            _ => new(row.Power + step, row.Multiplier, row.Divisor) { IsFahrenheit = row.IsFahrenheit },
        };
    }

    /// <summary>Seconds per second, minute, hour and day.</summary>
    public static int Seconds(int unit) => unit switch { 0 => 1, 1 => 60, 2 => 3600, _ => 86_400 };

    public ValueScale Shifted(int power) => this with { Power = Power + power };

    public double Apply(double sent)
    {
        if (IsFahrenheit)
            return (Scaled(sent, Power) - FahrenheitZero) * 5 / 9;
        // Up and down are kept apart: dividing by a power of ten rounds once, multiplying with a tenth would round twice.
        return Scaled(sent * Multiplier, Power) / Divisor;
    }

    private static double Scaled(double value, int power) => power >= 0 ? value * Ten(power) : value / Ten(-power);

    private static double Ten(int power) => power < Exact.Length ? Exact[power] : Math.Pow(10, power);
}
