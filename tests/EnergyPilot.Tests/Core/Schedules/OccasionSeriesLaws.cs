using EnergyPilot.Core.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Schedules;

/// <summary>Days that become exceptions: nothing is lost, nothing is added, and what is weekly is told as one.</summary>
public sealed class OccasionSeriesLaws
{
    private static readonly DateOnly Monday = new(2026, 9, 7);
    private static readonly HolidayCalendar Calendar = new(
        [new(new(2026, 10, 17), new(2026, 11, 1), HolidayKind.School, "Toussaint"), new(new(2026, 11, 11), new(2026, 11, 11), HolidayKind.Public, "11 novembre")], new(2027, 7, 3), new(2031, 12, 31));

    private static readonly Occasion Club = new(OccasionKind.Letting, default, default) { Hours = [new EnergyPilot.Core.Schedules.Interval(TimeSpan.FromHours(18), TimeSpan.FromHours(20), Mode.Comfort)] };

    [Fact]
    public void Exceptions_hold_on_exactly_the_days_that_were_given()
    {
        var days = Gen.Choose(0, 120).ListOf(40).Select(l => l.Distinct().Select(n => Monday.AddDays(n)).Where(d => Calendar.On(d) is not { Kind: HolidayKind.Public }).Order().ToList());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(days.ToArbitrary(), given =>
            OccasionSeries.Of(Club, given, Calendar).SelectMany(o => OccasionSeries.DaysOf(o, Calendar)).Order().ShouldBe(given)));
    }

    [Fact]
    public void Series_that_rests_in_the_holidays_is_one_exception()
    {
        var mondays = Enumerable.Range(0, 14).Select(i => Monday.AddDays(7 * i)).Where(d => Calendar.On(d) is null).ToList();
        var series = OccasionSeries.Of(Club, mondays, Calendar).ShouldHaveSingleItem();
        (series.Rhythm, series.First, series.Last, series.OnHolidays).ShouldBe((Rhythm.EveryWeek, Monday, Monday.AddDays(91), HolidayUse.Empty));
    }

    [Fact]
    public void Series_that_goes_on_in_the_holidays_says_so()
    {
        var series = OccasionSeries.Of(Club, Enumerable.Range(0, 14).Select(i => Monday.AddDays(7 * i)), Calendar).ShouldHaveSingleItem();
        series.OnHolidays.ShouldBe(HolidayUse.AsUsual);
    }

    [Fact]
    public void Days_in_a_row_are_one_exception() =>
        OccasionSeries.Of(Club, Enumerable.Range(0, 5).Select(Monday.AddDays), Calendar).ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.First.ShouldBe(Monday), o => o.Last.ShouldBe(Monday.AddDays(4)));

    [Fact]
    public void Lessons_on_every_weekday_are_five_series_and_not_thirty_weeks() =>
        OccasionSeries.Of(Club, Enumerable.Range(0, 200).Select(Monday.AddDays).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && Calendar.On(d) is null), Calendar).Length.ShouldBe(5);
}
