using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Energy;

public sealed class DayUses
{
    // The hall of the demonstration school is in use from 07:30 to 18:30, on Wednesdays to 12:30; the gym to 18:30.
    [Theory]
    [InlineData("2026-11-16", Occupied.Night, true, 11)]
    [InlineData("2026-11-18", Occupied.Night, true, 5)]
    [InlineData("2026-11-21", Occupied.Weekend, false, 0)]
    [InlineData("2026-12-05", Occupied.Weekend, false, 8)]     // the Christmas market: a use, but no day of lessons
    [InlineData("2026-11-11", Occupied.Holiday, false, 0)]     // Armistice
    [InlineData("2026-10-24", Occupied.Holiday, false, 0)]     // a Saturday within holidays
    [InlineData("2027-05-18", Occupied.Holiday, false, 0)]     // the school is shut
    public void A_day_is_what_calendar_programme_and_exceptions_make_of_it(string date, Occupied empty, bool isSchoolDay, double hoursInUse)
    {
        var use = DayUse.Of(EnergyWorld.Demo, LocalDay.Of(EnergyWorld.Demo, EnergyWorld.Date(date)));
        (use.Empty, use.IsSchoolDay).ShouldBe((empty, isSchoolDay));
        use.InUse.Sum().ShouldBe(hoursInUse, 1e-9);
    }

    [Fact]
    public void An_hour_that_begins_empty_is_in_use_for_its_share()
    {
        var use = DayUse.Of(EnergyWorld.Demo, LocalDay.Of(EnergyWorld.Demo, new DateOnly(2026, 11, 16)));
        (use.InUse[6], use.InUse[7], use.InUse[12], use.InUse[18], use.InUse[19]).ShouldBe((0, 0.5, 1, 0.5, 0));
    }

    [Fact]
    public void What_staff_added_is_a_use()
    {
        var evening = new Occasion(OccasionKind.Event, new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 24)) { Hours = [new(TimeSpan.FromHours(19), TimeSpan.FromHours(21), Mode.Comfort)] };
        var site = EnergyWorld.Demo.With([evening]);
        DayUse.Of(site, LocalDay.Of(site, new DateOnly(2026, 11, 24))).InUse.Sum().ShouldBe(13, 1e-9);
    }

    [Fact]
    public void Shares_of_a_period_add_up_to_one_and_bars_to_the_whole() => Law.Holds(chance =>
    {
        var period = EnergyPeriod.Of((PeriodLength)chance.Next(3), new DateOnly(2026, 1, 1).AddDays(chance.Next(700)));
        MeterDay[] days = [.. period.Days.Select(d => EnergyWorld.Day(EnergyWorld.Demo, d, _ => chance.Next(9) == 0 ? HourAmount.Unknown : new(chance.NextDouble() * 50, chance.Next(9) == 0 ? 0.1 : 1)))];
        var account = EnergyAccount.Of(period, days, EnergyWorld.Later);

        if (!account.Shares.IsEmpty) account.Shares.Sum().ShouldBe(1, 1e-9);
        account.Shares.ShouldAllBe(share => share >= 0 && share <= 1);
        Sum(account.Bars.Select(b => b.Amount)).ShouldBe(Known(account.Amount), 1e-6);
        (account.Bars.Sum(b => b.ByUse.Sum()) + account.Unplaced).ShouldBe(Known(account.Amount), 1e-6);
        Sum(days.Select(d => d.Total)).ShouldBe(Known(account.Amount), 1e-6);
    }, 60);

    private static double Sum(IEnumerable<double> values) => values.Where(double.IsFinite).Sum();

    private static double Known(double value) => double.IsFinite(value) ? value : 0;
}
