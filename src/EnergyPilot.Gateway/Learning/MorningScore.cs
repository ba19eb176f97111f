using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Learning;

/// <summary>How good the forecasts of arrivals were.</summary>
/// <param name="Count">Mornings on which both forecast and sensor said something.</param>
/// <param name="MeanErrorK">Room less expected; not-a-number without any.</param>
/// <param name="Error95K">Within which 95 % of the errors are, without their signs.</param>
/// <param name="Late">Rooms more than half a kelvin below their target.</param>
internal sealed record MorningScore(int Count, double MeanErrorK, double Error95K, int Late)
{
    private const double LateByK = 0.5;

    public static MorningScore Of(IReadOnlyCollection<Morning> mornings)
    {
        double[] errors = [.. mornings.Select(m => m.Room - m.Forecast.Room).Where(double.IsFinite)];
        double[] sizes = [.. errors.Select(Math.Abs).Order()];
        return new MorningScore(
            errors.Length, errors.Length > 0 ? errors.Average() : double.NaN,
            sizes.Length > 0 ? sizes[(int)Math.Ceiling(0.95 * sizes.Length) - 1] : double.NaN,
            mornings.Count(m => m.Target - m.Room > LateByK));
    }
}
