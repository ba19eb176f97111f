namespace EnergyPilot.Core.Learning;

/// <summary>
/// What an error of prediction costs. Up to four standard deviations its square. Beyond, for good, nothing more (truncated):
/// a room that was heated by a fan heater does not pull the walls. But a truncated error has no slope, and from a prior that is far
/// off nothing would find the way; so the search begins with a loss that goes on linearly there (Huber), and ends with the truncated one.
/// Huber, P. J. (1964), "Robust estimation of a location parameter", Annals of Mathematical Statistics 35, 73-101.
/// </summary>
internal enum RobustLoss
{
    Linear,
    Truncated,
}

internal static class RobustLosses
{
    /// <summary>Standard deviation of one quarter [K]: 0.3 K with about four correlated quarters per hour.</summary>
    public const double Sigma = 0.6;

    private const double Limit = 4;

    public static double Cost(this RobustLoss loss, double error)
    {
        var deviations = Math.Abs(error) / Sigma;
        return deviations <= Limit ? deviations * deviations
            : loss == RobustLoss.Truncated ? Limit * Limit
            : Limit * (2 * deviations - Limit);
    }

    /// <summary>Of the squared error in a least-squares step, such that the step sees the true slope of the loss.</summary>
    public static double Weight(this RobustLoss loss, double error)
    {
        var deviations = Math.Abs(error) / Sigma;
        var share = deviations <= Limit ? 1 : loss == RobustLoss.Truncated ? 0 : Limit / deviations;
        return share / (Sigma * Sigma);
    }
}
