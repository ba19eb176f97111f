using System.Collections.Immutable;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// Finds the model of a zone from its last 21 days: the parameters that make Σ min(e²/σ², 16) + Σ((ln p − ln p₀)/SD)² smallest,
/// with e the error of predictions that run freely for a day from 17:00, σ = 0.6 K, and the prior p₀, SD. Such a fit over a moving window
/// has no memory beyond its data: it can be repeated, restarted and replayed, and days without excitation fall back to the prior.
/// </summary>
public static class Identification
{
    private const int QuartersPerDay = 96;

    /// <summary>The most probable model; with too few good quarters the prior's, and <see cref="Identified.Days"/> says so.</summary>
    /// <param name="quarters">In the order in which they were measured; of more than 21 days the last ones count.</param>
    /// <param name="prior">What is believed without them.</param>
    /// <param name="previous">The model in use, judged on the same quarters.</param>
    /// <param name="zone">The site's, for the daily anchor.</param>
    public static Identified Of(ReadOnlySpan<Quarter> quarters, ZonePrior prior, ZoneModel previous, TimeZoneInfo zone)
    {
        var rows = LearningRow.Of(quarters, zone);
        var good = 0;
        foreach (ref readonly var row in rows.AsSpan()) good += row.Counts ? 1 : 0;
        var days = good / (double)QuartersPerDay;
        if (days < Gate.FewestDays)
            return new Identified(prior.Model, [.. Enumerable.Repeat(1.0, ZoneModel.Count)], double.NaN, double.NaN, days, Excitation.Of(rows), 0, double.NaN);

        var fit = new Fit(rows, prior);
        var model = fit.Run();
        return new Identified(model, fit.SdRatios(), Rmse(rows, model, good), Rmse(rows, previous, good), days, Excitation.Of(rows), fit.Iterations, fit.Cost);
    }

    /// <summary>
    /// How well a model predicted the last of these days, running freely from 17:00 on [K]; not a number when nothing of it counts.
    /// Give it three days or more: the observer needs one to settle.
    /// </summary>
    public static double DayError(ReadOnlySpan<Quarter> quarters, ZoneModel model, TimeZoneInfo zone)
    {
        var rows = LearningRow.Of(quarters, zone);
        var errors = new double[rows.Length];
        OpenLoop.Errors(rows, model, errors);
        var (sum, count) = (0.0, 0);
        for (var i = Math.Max(rows.Length - QuartersPerDay, 0); i < rows.Length; i++)
            if (rows[i].Counts) (sum, count) = (sum + errors[i] * errors[i], count + 1);
        return count > 0 ? Math.Sqrt(sum / count) : double.NaN;
    }

    // Errors beyond four standard deviations count as four, as in the loss: one broken reading shall not refuse a good model.
    private static double Rmse(LearningRow[] rows, ZoneModel model, int good)
    {
        var errors = new double[rows.Length];
        OpenLoop.Errors(rows, model, errors);
        return Math.Sqrt(errors.Sum(error => RobustLoss.Truncated.Cost(error)) / good) * RobustLosses.Sigma;
    }
}

/// <summary>A model found in data, not yet accepted.</summary>
/// <param name="SdRatios">Standard deviation of each parameter's logarithm after the data over that before; below 0.7 it counts as learned.</param>
/// <param name="Rmse">Error of the day-long predictions [K].</param>
/// <param name="PreviousRmse">The same for the model in use, on the same quarters [K].</param>
/// <param name="Days">Good quarters, in days.</param>
/// <param name="Excitation">What there was to learn from.</param>
/// <param name="Iterations">Steps of the search.</param>
/// <param name="Cost">Smallest value found.</param>
public sealed record Identified(
    ZoneModel Model, ImmutableArray<double> SdRatios, double Rmse, double PreviousRmse, double Days, Excitation Excitation, int Iterations, double Cost);
