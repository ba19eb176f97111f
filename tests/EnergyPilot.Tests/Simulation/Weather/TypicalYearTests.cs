using EnergyPilot.Core.Sky;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Weather;

public sealed class TypicalYearTests
{
    private static readonly TypicalYear Uccle = TypicalYear.Uccle;
    private static readonly Place Place = new(50.7969, 4.3581);

    [Fact]
    public void Temperature_of_a_row_stands_at_the_end_of_its_hour()
    {
        // The first row of the file is hour 1 of 1 January: it ends at 1:00 at UTC+1.
        Uccle.At(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TemperatureC.ShouldBe(7.1);
        Uccle.At(new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.Zero)).TemperatureC.ShouldBe(0.5 * (7.1 + 6.8), 1e-9);
    }

    [Fact]
    public void Year_closes_into_itself_at_new_year()
    {
        var halfPast = new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.FromHours(1));
        Uccle.At(halfPast).TemperatureC.ShouldBe(0.5 * (Uccle.Hours[^1].TemperatureC + Uccle.Hours[0].TemperatureC), 1e-9);
    }

    [Fact]
    public void Leap_day_repeats_the_day_before_and_every_later_day_keeps_its_date()
    {
        foreach (var hour in new[] { 0, 6, 23 })
        {
            Uccle.At(new DateTimeOffset(2028, 2, 29, hour, 30, 0, TimeSpan.FromHours(1)))
                .ShouldBe(Uccle.At(new DateTimeOffset(2028, 2, 28, hour, 30, 0, TimeSpan.FromHours(1))));
            Uccle.At(new DateTimeOffset(2028, 12, 31, hour, 30, 0, TimeSpan.FromHours(1)))
                .ShouldBe(Uccle.At(new DateTimeOffset(2026, 12, 31, hour, 30, 0, TimeSpan.FromHours(1))));
        }
    }

    /// <summary>Light before sunrise betrays a wrong clock: an hour's error would show in dozens of rows.</summary>
    [Fact]
    public void Sun_of_the_formula_is_up_whenever_the_file_has_light()
    {
        RowsWithLightAtNight(TimeSpan.Zero).ShouldBe(0);
        RowsWithLightAtNight(TimeSpan.FromHours(1)).ShouldBeGreaterThan(50);
        RowsWithLightAtNight(TimeSpan.FromHours(-1)).ShouldBeGreaterThan(50);
    }

    /// <summary>Mornings and afternoons are equally bright in the long run, so a month's light centres on the sun's culmination.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    [InlineData(7), InlineData(8), InlineData(9), InlineData(10), InlineData(11), InlineData(12)]
    public void Light_of_every_month_centres_on_noon(int month)
    {
        var (weighted, sum) = (0.0, 0.0);
        foreach (var row in Enumerable.Range(0, TypicalYear.HoursPerYear).Where(row => StampOf(row).Month == month))
        {
            var azimuthDeg = Sun.At(StampOf(row), Place).AzimuthDeg;
            weighted += Uccle.Hours[row].GlobalHorizontalWPerM2 * azimuthDeg;
            sum += Uccle.Hours[row].GlobalHorizontalWPerM2;
        }
        (weighted / sum).ShouldBe(180.0, 5.0);
    }

    [Fact]
    public void Cold_winter_is_three_kelvin_colder_at_every_hour()
    {
        var cold = Uccle.With(WeatherVariant.ColdWinter);
        for (var hour = 0; hour < TypicalYear.HoursPerYear; hour++)
            cold.Hours[hour].TemperatureC.ShouldBe(Uccle.Hours[hour].TemperatureC - 3.0, 1e-9);
    }

    [Fact]
    public void Year_of_another_length_is_refused() =>
        Should.Throw<ArgumentException>(() => new TypicalYear(new WeatherSample[8784], TimeSpan.Zero)).Message.ShouldContain("8784");

    private static int RowsWithLightAtNight(TimeSpan shift) => Enumerable.Range(0, TypicalYear.HoursPerYear).Count(row =>
        Uccle.Hours[row].GlobalHorizontalWPerM2 > 60.0 && Sun.At(StampOf(row) + shift, Place).ElevationDeg < 0.0);

    private static DateTimeOffset StampOf(int row) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)).AddHours(row + 1);
}
