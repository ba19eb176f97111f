using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Boptest;

namespace EnergyPilot.Tests.Gateway.Boptest;

public sealed class ComfortWeeks
{
    private static readonly double[] House = [.. Enumerable.Range(0, 7 * 96).Select(q => EmulatedHouse.Lower(q * 900.0))];

    [Fact]
    public void The_highest_bound_of_a_week_is_its_use()
    {
        var week = ComfortWeek.Of("house", House, DayOfWeek.Monday);

        week.Programme.On(DayOfWeek.Tuesday).Intervals.ShouldBe(
        [
            new Interval(TimeSpan.Zero, TimeSpan.FromHours(7), Mode.Comfort),
            new Interval(TimeSpan.FromHours(7), TimeSpan.FromHours(20), Mode.Reduced),
            new Interval(TimeSpan.FromHours(20), TimeSpan.FromHours(24), Mode.Comfort),
        ]);
        week.Programme.On(DayOfWeek.Sunday).Intervals.ShouldBe([new Interval(TimeSpan.Zero, TimeSpan.FromHours(24), Mode.Comfort)]);
        week.Setpoints.Comfort.Degrees.ShouldBe(21.3, 1e-9);
        week.Setpoints.Reduced.Degrees.ShouldBe(15.3, 1e-9);
    }

    [Fact]
    public void A_third_level_is_the_absence_mode()
    {
        var away = House.Select((bound, q) => q < 96 ? 7.0 : bound).ToArray();

        var week = ComfortWeek.Of("house", away, DayOfWeek.Wednesday);

        week.Programme.On(DayOfWeek.Wednesday).Intervals.ShouldHaveSingleItem().Mode.ShouldBe(Mode.Absence);
        week.Setpoints.Absence.Degrees.ShouldBe(7.3, 1e-9);
        week.Setpoints.Frost.ShouldBeLessThan(week.Setpoints.Absence);
    }

    [Fact]
    public void A_band_that_never_changes_is_use_all_week() =>
        ComfortWeek.Of("house", [.. Enumerable.Repeat(20.0, 7 * 96)], DayOfWeek.Monday).Programme.Days
            .ShouldAllBe(d => d.Intervals.Length == 1 && d.Intervals[0].Mode == Mode.Comfort);

    [Fact]
    public void The_same_week_a_day_later_leaves_the_site_as_it_is()
    {
        var map = CaseFacts.Map("bestest_hydronic");
        var bands = new ComfortBands(map);
        bands.Take(Forecast(14 * EmulatedHouse.Day));
        var site = bands.Over(EmulatedSite.Of(map), 14 * EmulatedHouse.Day);
        bands.Take(Forecast(15.5 * EmulatedHouse.Day));

        bands.Over(site, 15.5 * EmulatedHouse.Day).ShouldBeSameAs(site);
        site.PeriodOf(site.Zones[0], EmulatedSite.At(map, 15.5 * EmulatedHouse.Day)).Mode.ShouldBe(Mode.Reduced);
    }

    private static EmulatorForecast Forecast(double from)
    {
        double[] times = [.. Enumerable.Range(0, 7 * 96 + 1).Select(i => from + 900 * i)];
        return new EmulatorForecast(times, new Dictionary<string, double[]>
        {
            ["LowerSetp[1]"] = [.. times.Select(t => EmulatedHouse.Lower(t) + 273.15)], ["UpperSetp[1]"] = [.. times.Select(t => EmulatedHouse.Upper(t) + 273.15)],
        });
    }
}
