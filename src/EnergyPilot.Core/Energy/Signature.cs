using System.Collections.Immutable;

namespace EnergyPilot.Core.Energy;

/// <summary>One day of a building, as its signature sees it.</summary>
/// <param name="OutdoorC">Mean outdoor temperature [°C].</param>
/// <param name="Kwh">What the meter counted [kWh].</param>
public readonly record struct SignatureDay(DateOnly Day, double OutdoorC, double Kwh, bool IsSchoolDay);

/// <summary>Whether a signature is known, and if not, why.</summary>
public enum SignatureState
{
    Known,

    /// <summary>Fewer than <see cref="SignatureFit.LeastHeatingDays"/> days on which it was cold enough to heat.</summary>
    TooFewDays,

    /// <summary>All days were about as cold: no slope can be told.</summary>
    TooLittleWeather,

    /// <summary>What the meter counts hardly depends on the weather, as electricity for light.</summary>
    HardlyWeather,

    /// <summary>It does depend on the weather, but something else changes it as much.</summary>
    PoorFit,
}

/// <summary>
/// The energy signature of a building, for school days and for days off: kWh per day against the mean outdoor temperature of the day.
/// </summary>
public sealed record Signature(SignatureFit School, SignatureFit Off, ImmutableArray<SignatureDay> Days)
{
    public static Signature Of(IEnumerable<SignatureDay> days)
    {
        ImmutableArray<SignatureDay> all = [.. days.Where(d => double.IsFinite(d.OutdoorC) && double.IsFinite(d.Kwh))];
        return new(SignatureFit.Of([.. all.Where(d => d.IsSchoolDay)]), SignatureFit.Of([.. all.Where(d => !d.IsSchoolDay)]), all);
    }

    public SignatureFit For(bool isSchoolDay) => isSchoolDay ? School : Off;
}

/// <summary>
/// The three-parameter heating model with a change point: E = base + slope · max(0, balance − T).
/// Kissock, Haberl and Claridge, "Inverse Modeling Toolkit", ASHRAE RP-1050 (2003); ASHRAE Guideline 14-2014, annex D; the baseline of IPMVP option C.
/// The balance temperature is searched on a grid, base and slope by least absolute deviations, so that single odd days (a window left open, a meter read late)
/// do not pull the line; days further than four robust deviations (1.4826 · median) are then left out and counted, unless they are many, and the rest is fitted by least squares.
/// </summary>
public sealed record SignatureFit(SignatureState State)
{
    /// <summary>Fewer heating days than this say nothing (a month of school days).</summary>
    public const int LeastHeatingDays = 20;

    // Our own limits; Guideline 14 has none for daily data, IPMVP's rule of thumb for a good model is an R² of 0.75. The page shows both figures.
    private const double LeastR2 = 0.5, MostCv = 0.6, WeatherR2 = 0.25, LeastSpreadK = 6, MostLeftOut = 0.15, LeastScale = 0.02;

    /// <summary>What a day takes without heating [kWh per day].</summary>
    public double BaseKwh { get; init; }

    /// <summary>What each degree below the balance temperature costs [kWh per kelvin and day].</summary>
    public double SlopeKwhPerK { get; init; }

    /// <summary>Mean outdoor temperature of a day from which on nothing is heated [°C].</summary>
    public double BalanceC { get; init; }

    /// <summary>Share of the differences between days that it explains.</summary>
    public double R2 { get; init; }

    /// <summary>Coefficient of variation of the root mean square error: √(Σe²/(n − 3)) / mean (Guideline 14).</summary>
    public double CvRmse { get; init; }

    /// <summary>Days that it was fitted to.</summary>
    public int Days { get; init; }

    /// <summary>Of these, days below the balance temperature; of an unknown one, days below 15 °C.</summary>
    public int HeatingDays { get; init; }

    /// <summary>Odd days that were left out.</summary>
    public int LeftOut { get; init; }

    /// <summary>The coldest and the mildest of its days [°C].</summary>
    public (double Low, double High) RangeC { get; init; }

    public bool IsKnown => State == SignatureState.Known;

    /// <summary>What a day of this temperature takes [kWh]; not a number while it is not known.</summary>
    public double At(double outdoorC) => IsKnown ? BaseKwh + SlopeKwhPerK * Math.Max(0, BalanceC - outdoorC) : double.NaN;

    internal static SignatureFit Of(ImmutableArray<SignatureDay> days)
    {
        const double coolC = 15;
        var cool = days.Count(d => d.OutdoorC < coolC);
        if (cool < LeastHeatingDays) return new(SignatureState.TooFewDays) { Days = days.Length, HeatingDays = cool };
        var sorted = days.Select(d => d.OutdoorC).Order().ToArray();
        var range = (sorted[0], sorted[^1]);
        if (Quantiles.Of(sorted, 0.95) - Quantiles.Of(sorted, 0.05) < LeastSpreadK) return new(SignatureState.TooLittleWeather) { Days = days.Length, HeatingDays = cool, RangeC = range };

        var (x, y) = (days.Select(d => d.OutdoorC).ToArray(), days.Select(d => d.Kwh).ToArray());
        var robust = ChangePoint.Robust(x, y);
        var odd = 4 * Math.Max(robust.Scale, LeastScale * y.Average());
        var kept = Enumerable.Range(0, x.Length).Where(i => Math.Abs(robust.Error(x[i], y[i])) <= odd).ToArray();
        // What is not rare is not odd: then all days count, and the fit is judged with them.
        if (kept.Length < (1 - MostLeftOut) * x.Length) kept = [.. Enumerable.Range(0, x.Length)];
        var fit = ChangePoint.LeastSquares([.. kept.Select(i => x[i])], [.. kept.Select(i => y[i])]);
        var heating = kept.Count(i => x[i] < fit.BalanceC);
        var left = x.Length - kept.Length;
        var state = fit.R2 < WeatherR2 || fit.Slope <= 0 ? SignatureState.HardlyWeather
            : heating < LeastHeatingDays ? SignatureState.TooFewDays
            : fit.R2 < LeastR2 || fit.CvRmse > MostCv ? SignatureState.PoorFit
            : SignatureState.Known;
        return new(state)
        {
            BaseKwh = fit.Base, SlopeKwhPerK = fit.Slope, BalanceC = fit.BalanceC, R2 = fit.R2, CvRmse = fit.CvRmse,
            Days = kept.Length, HeatingDays = heating, LeftOut = left, RangeC = range,
        };
    }
}
