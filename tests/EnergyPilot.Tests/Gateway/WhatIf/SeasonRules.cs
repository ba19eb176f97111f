using EnergyPilot.Gateway.WhatIf;
using EnergyPilot.Tests.Core.WhatIf;

namespace EnergyPilot.Tests.Gateway.WhatIf;

public sealed class SeasonRules
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2026, 11, 22, 2026)]
    [InlineData(2027, 3, 1, 2026)]
    [InlineData(2027, 7, 14, 2027)]
    public void Season_is_the_one_that_goes_on_or_comes(int year, int month, int day, int begins)
    {
        var season = Season.At(Seasons.Site, new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero));
        Seasons.Site.Local(season.From).ShouldBe(new DateTime(begins, 10, 1));
        Seasons.Site.Local(season.Until).ShouldBe(new DateTime(begins + 1, 5, 1));
    }

    [Fact]
    public void Days_that_were_measured_are_taken_this_season_before_last_and_others_are_typical()
    {
        // Measured since New Year: 7 °C last season, 3 °C this one.
        var season = Season.At(Seasons.Site, Now);
        var weather = season.Weather(at => at > Now || at < new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) ? double.NaN : at < season.From ? 7 : 3, Now, knowsSun: false);
        var days = (int)Math.Round((season.Until - season.From).TotalDays);
        (weather.MeasuredDays + weather.TypicalDays).ShouldBe(days);
        weather.MeasuredDays.ShouldBeInRange(170, 173);
        Of(new(2026, 10, 20)).ShouldBe(3);
        Of(new(2027, 2, 20)).ShouldBe(7);
        Of(new(2026, 12, 20)).ShouldNotBeOneOf(3, 7);
        weather.Hours[0].GlobalHorizontal.ShouldBe(double.NaN);

        double Of(DateOnly day) => weather.Hours[(int)(new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero) - weather.From).TotalHours].OutdoorC;
    }

    [Fact]
    public void Day_with_half_its_hours_missing_is_typical_and_ends_the_past()
    {
        var season = Season.At(Seasons.Site, Now);
        var gap = season.From.AddDays(30);
        double Measured(DateTimeOffset at) => at >= season.From && at <= Now && !(at >= gap && at < gap.AddHours(12)) ? 3 : double.NaN;
        season.Weather(Measured, Now, knowsSun: true).MeasuredDays.ShouldBe((int)(Now - season.From).TotalDays - 1);
        season.Past(Measured, Now).ShouldNotBeNull().From.ShouldBe(gap.AddDays(1));
        season.Past(_ => double.NaN, Now).ShouldBeNull();
    }
}
