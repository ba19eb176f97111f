using EnergyPilot.Core.Energy;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Energy;

public sealed class EnergyPeriods
{
    [Theory]
    [InlineData(PeriodLength.Day, "2026-11-18", "2026-11-18", "2026-11-18", "2025-11-19")]
    [InlineData(PeriodLength.Week, "2026-11-18", "2026-11-16", "2026-11-22", "2025-11-17")]
    [InlineData(PeriodLength.Week, "2027-01-01", "2026-12-28", "2027-01-03", "2025-12-22")]   // week 53 of 2026; 2025 has 52
    [InlineData(PeriodLength.Week, "2027-03-10", "2027-03-08", "2027-03-14", "2026-03-02")]   // week 10
    [InlineData(PeriodLength.Month, "2028-02-29", "2028-02-01", "2028-02-29", "2027-02-01")]
    [InlineData(PeriodLength.Year, "2026-11-18", "2026-01-01", "2026-12-31", "2025-01-01")]
    public void A_day_lies_in_its_period_and_last_year_has_one_like_it(PeriodLength length, string day, string first, string last, string lastYear)
    {
        var period = EnergyPeriod.Of(length, EnergyWorld.Date(day));
        (period.First, period.Last).ShouldBe((EnergyWorld.Date(first), EnergyWorld.Date(last)));
        period.LastYear.First.ShouldBe(EnergyWorld.Date(lastYear));
    }

    [Fact]
    public void Periods_follow_each_other() => Law.Holds(chance =>
    {
        var period = EnergyPeriod.Of((PeriodLength)chance.Next(4), new DateOnly(2001, 1, 1).AddDays(chance.Next(60_000)));
        period.Next.First.ShouldBe(period.Last.AddDays(1));
        period.Next.Previous.ShouldBe(period);
        period.LastYear.Last.ShouldBeLessThan(period.First);
        period.LastYear.Length.ShouldBe(period.Length);
    });

    [Fact]
    public void Days_that_nobody_lived_are_brought_into_those_that_are() =>
        EnergyPeriod.Of(PeriodLength.Year, DateOnly.MaxValue).Next.LastYear.Previous.Last.Year.ShouldBeInRange(2190, 2199);

    [Fact]
    public void Only_hours_that_are_measured_in_both_are_compared()
    {
        var (now, then) = (EnergyPeriod.Of(PeriodLength.Week, new DateOnly(2026, 11, 18)), EnergyPeriod.Of(PeriodLength.Week, new DateOnly(2026, 11, 11)));
        var days = EnergyWorld.Days(now, _ => 3, 4);
        MeterDay[] others = [.. then.Days.Select(d => EnergyWorld.Day(EnergyWorld.Demo, d, at => at.Hour < 12 ? new(2, 1) : at.DayOfWeek == DayOfWeek.Monday ? new(100, 0) : new(2, 1), 7))];

        var comparison = EnergyComparison.Of(now, days, then, others).ShouldNotBeNull();

        comparison.Hours.ShouldBe(7 * 24 - 12, "Monday afternoon was only counted as a whole");
        (comparison.Now, comparison.Then).ShouldBe((3.0 * comparison.Hours, 2.0 * comparison.Hours));
        (comparison.Change, comparison.OutdoorNowC, comparison.OutdoorThenC).ShouldBe((0.5, 4, 7));
    }

    [Fact]
    public void Little_in_common_says_nothing()
    {
        var now = EnergyPeriod.Of(PeriodLength.Week, new DateOnly(2026, 11, 18));
        EnergyComparison.Of(now, EnergyWorld.Days(now, _ => 3), now.Previous, EnergyWorld.Days(now.Previous, _ => 3)[..3]).ShouldBeNull();
        EnergyComparison.Of(now, EnergyWorld.Days(now, _ => 3), now.Previous, []).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-03-29", "2026-03-22", 23)]
    [InlineData("2026-10-25", "2026-10-18", 24)]
    public void Days_of_unequal_length_are_compared_by_the_clock(string date, string other, int hours)
    {
        var (now, then) = (EnergyPeriod.Of(PeriodLength.Day, EnergyWorld.Date(date)), EnergyPeriod.Of(PeriodLength.Day, EnergyWorld.Date(other)));
        var comparison = EnergyComparison.Of(now, EnergyWorld.Days(now, at => at.Hour), then, EnergyWorld.Days(then, at => at.Hour)).ShouldNotBeNull();
        comparison.Hours.ShouldBe(hours);
        comparison.Now.ShouldBe(comparison.Then, 1e-9);
    }

    [Fact]
    public void A_part_of_today_counts_as_far_as_it_has_come()
    {
        var today = EnergyPeriod.Of(PeriodLength.Day, new DateOnly(2026, 11, 18));
        var day = EnergyWorld.Day(EnergyWorld.Demo, today.First, at => at.Hour < 14 ? new(1, 1) : at.Hour == 14 ? new(0.5, 0.5) : HourAmount.Unknown);
        var account = EnergyAccount.Of(today, [day], day.Day.Hour(14).AddMinutes(30));
        (account.Amount, account.Measured, account.Unplaced, account.Bars.Length).ShouldBe((14.5, 1, 0, 15));
        account.Shares.Sum().ShouldBe(1, 1e-9);
    }
}
