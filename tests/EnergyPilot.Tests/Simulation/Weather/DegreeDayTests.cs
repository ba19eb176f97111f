using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Weather;

/// <summary>
/// The shipped year against degree days computed by another program on the original EPW file of Uccle TMYx 2007-2021,
/// °C·d in a year; n and x are the lowest and highest of the day's 24 hourly values.
/// </summary>
public sealed class DegreeDayTests
{
    private static readonly (double Low, double High, double Mean)[] Days =
        [.. TypicalYear.Uccle.Hours.ToArray().Select(hour => hour.TemperatureC).Chunk(24).Select(day => (day.Min(), day.Max(), day.Average()))];

    [Fact]
    public void Hourly_integral_below_18() =>
        (TypicalYear.Uccle.Hours.ToArray().Sum(hour => Math.Max(0.0, 18.0 - hour.TemperatureC)) / 24.0).ShouldBe(2726.5, 0.05);

    [Fact]
    public void Daily_mean_below_18() => Days.Sum(day => Math.Max(0.0, 18.0 - day.Mean)).ShouldBe(2640.5, 0.05);

    [Fact]
    public void Eurostat_counts_18_minus_mean_on_days_up_to_15() =>
        Days.Sum(day => day.Mean <= 15.0 ? 18.0 - day.Mean : 0.0).ShouldBe(2534.5, 0.05);

    /// <summary>max(0, S - (n + x)/2): Météo-France at 18, Belgian gas sector at 16.5, Belgian meteorological institute at 15.</summary>
    [Theory]
    [InlineData(18.0, 2624.5)]
    [InlineData(16.5, 2186.5)]
    [InlineData(15.0, 1803.5)]
    public void Middle_of_lowest_and_highest(double baseC, double expected) =>
        Days.Sum(day => Math.Max(0.0, baseC - 0.5 * (day.Low + day.High))).ShouldBe(expected, 0.05);

    /// <summary>"Professionnels de l'énergie" of COSTIC, base 18.</summary>
    [Fact]
    public void Costic_below_18() => Days.Sum(day => Costic(18.0, day.Low, day.High)).ShouldBe(2707.3, 0.05);

    /// <summary>Four cases of the UK Met Office, base 15.5.</summary>
    [Fact]
    public void Met_office_below_15_and_a_half() => Days.Sum(day => MetOffice(15.5, day.Low, day.High)).ShouldBe(2010.5, 0.05);

    private static double Costic(double s, double low, double high) =>
        high < s ? s - 0.5 * (low + high)
        : low >= s ? 0.0
        : (s - low) * (0.08 + 0.42 * (s - low) / (high - low));

    private static double MetOffice(double s, double low, double high) =>
        high <= s ? s - 0.5 * (low + high)
        : low >= s ? 0.0
        : 0.5 * (low + high) < s ? 0.5 * (s - low) - 0.25 * (high - s)
        : 0.25 * (s - low);
}
