using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Schedules;

public sealed class SchoolDays
{
    private static readonly Site Demo = SchoolFiles.DemoSite;
    private static readonly WeekProgramme Classroom = Demo.Zones[0].Programme;

    // 2026-11-03 is a Tuesday. Holidays are those of zone B and the public ones of config/calendars.
    [Theory]
    [InlineData("2026-11-03 08:29:59", Mode.Reduced, PeriodCause.Empty, "2026-11-02 16:30", "2026-11-03 08:30", "")]
    [InlineData("2026-11-03 08:30:00", Mode.Comfort, PeriodCause.InUse, "2026-11-03 08:30", "2026-11-03 12:00", "")]
    [InlineData("2026-11-03 12:00:00", Mode.Comfort, PeriodCause.Break, "2026-11-03 12:00", "2026-11-03 13:30", "")]
    [InlineData("2026-11-03 16:29:59", Mode.Comfort, PeriodCause.InUse, "2026-11-03 13:30", "2026-11-03 16:30", "")]
    [InlineData("2026-11-03 20:00:00", Mode.Reduced, PeriodCause.Empty, "2026-11-03 16:30", "2026-11-04 08:30", "")]
    [InlineData("2026-11-04 14:00:00", Mode.Reduced, PeriodCause.Empty, "2026-11-04 12:00", "2026-11-05 08:30", "")]
    [InlineData("2026-11-07 10:00:00", Mode.Absence, PeriodCause.LongAbsence, "2026-11-06 16:30", "2026-11-09 08:30", "")]
    [InlineData("2026-10-20 10:00:00", Mode.Absence, PeriodCause.Holiday, "2026-10-16 16:30", "2026-11-02 08:30", "Vacances de la Toussaint")]
    [InlineData("2026-12-25 10:00:00", Mode.Absence, PeriodCause.Holiday, "2026-12-18 16:30", "2027-01-04 08:30", "Vacances de Noël")]
    [InlineData("2026-11-11 10:00:00", Mode.Reduced, PeriodCause.Holiday, "2026-11-10 16:30", "2026-11-12 08:30", "11 novembre")]
    [InlineData("2029-05-01 10:00:00", Mode.Reduced, PeriodCause.Holiday, "2029-04-30 16:30", "2029-05-02 08:30", "1er mai")]
    [InlineData("2027-05-07 10:00:00", Mode.Absence, PeriodCause.Holiday, "2027-05-05 12:00", "2027-05-10 08:30", "Ascension")]
    [InlineData("2026-08-15 10:00:00", Mode.Absence, PeriodCause.Holiday, "2026-07-03 16:30", "2026-09-01 08:30", "Vacances d'été")]
    public void A_classroom_is_used_as_the_calendar_says(string at, Mode mode, PeriodCause cause, string from, string until, string holiday)
    {
        var period = At(Demo, Classroom, at);
        (period.Mode, period.Cause, period.HolidayName).ShouldBe((mode, cause, holiday));
        (period.From, period.Until).ShouldBe((Paris(from), Paris(until)));
    }

    [Fact]
    public void Days_that_nobody_has_published_yet_are_school_days()
    {
        // The calendar ends on 2027-07-03; 2027-10-26 will be a holiday, but nobody has said so.
        Demo.Calendar.SchoolKnownUntil.ShouldBe(new DateOnly(2027, 7, 3));
        At(Demo, Classroom, "2027-10-26 09:00").Cause.ShouldBe(PeriodCause.InUse);
    }

    [Fact]
    public void A_programme_that_goes_on_in_holidays_rests_on_public_ones_only()
    {
        var office = Classroom with { OnHolidays = HolidayUse.AsUsual };
        At(Demo, office, "2026-10-20 09:00").Cause.ShouldBe(PeriodCause.InUse);
        At(Demo, office, "2026-12-25 09:00").ShouldSatisfyAllConditions(p => p.Cause.ShouldBe(PeriodCause.Holiday), p => p.HolidayName.ShouldBe("Jour de Noël"));
    }

    [Theory]
    [InlineData("2026-11-03 06:30", Mode.Reduced, PeriodCause.Programme, "2026-11-03 06:00", "2026-11-03 07:00", "2026-11-03 09:00")]
    [InlineData("2026-11-03 07:30", Mode.Reduced, PeriodCause.Empty, "2026-11-03 07:00", "2026-11-03 09:00", "2026-11-03 09:00")]
    [InlineData("2026-11-03 20:30", Mode.Frost, PeriodCause.Programme, "2026-11-03 20:00", "2026-11-04 00:00", "2026-11-04 09:00")]
    [InlineData("2026-11-03 19:30", Mode.Reduced, PeriodCause.Empty, "2026-11-03 10:00", "2026-11-03 20:00", "2026-11-04 09:00")]
    public void A_mode_that_the_programme_names_holds_for_its_hours_and_the_rest_stays_empty(
        string at, Mode mode, PeriodCause cause, string from, string until, string next)
    {
        var period = At(Ordinary, Daily(new(Hours(6), Hours(7), Mode.Reduced), new(Hours(9), Hours(10), Mode.Comfort), new(Hours(20), Hours(24), Mode.Frost)), at);
        (period.Mode, period.Cause).ShouldBe((mode, cause));
        (period.From, period.Until, period.NextUse).ShouldBe((Paris(from), Paris(until), Paris(next)));
    }

    [Fact]
    public void A_use_across_midnight_is_two_periods_that_meet()
    {
        var night = Daily(new(Hours(0), Hours(2), Mode.Comfort), new(Hours(20), Hours(24), Mode.Comfort));
        var evening = At(Ordinary, night, "2026-11-03 23:59:59");
        var morning = At(Ordinary, night, "2026-11-04 00:00");
        evening.Until.ShouldBe(Paris("2026-11-04 00:00"));
        morning.From.ShouldBe(evening.Until);
        morning.Cause.ShouldBe(PeriodCause.InUse);
    }

    [Theory]
    [InlineData("2026-03-21 12:00", 64, 0)]
    [InlineData("2026-03-28 12:00", 63, -1)]
    [InlineData("2026-10-24 12:00", 65, 1)]
    public void A_weekend_is_as_long_as_it_really_is(string at, double hours, int change)
    {
        var period = At(Ordinary, Classroom, at);
        (period.Until - period.From).ShouldBe(TimeSpan.FromHours(hours));
        (period.Until.Offset - period.From.Offset).ShouldBe(TimeSpan.FromHours(-change));
    }

    [Theory]
    [InlineData("2026-03-21 12:00", Mode.Absence)]   // Saturday 8:00 to Monday 8:00: 48 h
    [InlineData("2026-03-28 12:00", Mode.Reduced)]   // 47 h over the night of the spring change
    [InlineData("2026-10-24 12:00", Mode.Absence)]   // 49 h in autumn
    public void An_absence_is_long_from_48_real_hours(string at, Mode mode)
    {
        var early = new DayPlan([new(Hours(7), Hours(8), Mode.Comfort)]);
        var late = new DayPlan([new(Hours(8), Hours(9), Mode.Comfort)]);
        At(Ordinary, new WeekProgramme("edge", [late, late, late, late, late, early, new DayPlan([])], HolidayUse.Empty), at).Mode.ShouldBe(mode);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", PeriodCause.Empty)]
    [InlineData("2026-03-29T01:00:00Z", PeriodCause.InUse)]    // the clock jumps from 2:00 to 3:00: what was to begin at 2:15 begins now
    [InlineData("2026-03-29T01:29:59Z", PeriodCause.InUse)]
    [InlineData("2026-03-29T01:30:00Z", PeriodCause.Empty)]    // 3:30
    [InlineData("2026-10-25T00:20:00Z", PeriodCause.Empty)]    // 2:20 for the first time
    [InlineData("2026-10-25T01:20:00Z", PeriodCause.InUse)]    // 2:20 for the second
    [InlineData("2026-10-25T02:29:59Z", PeriodCause.InUse)]
    [InlineData("2026-10-25T02:30:00Z", PeriodCause.Empty)]
    public void In_the_nights_of_the_clock_change_a_period_begins_and_ends_once(string at, PeriodCause cause) =>
        At(Ordinary, Daily(new Interval(Hours(2.25), Hours(3.5), Mode.Comfort), new Interval(Hours(12), Hours(13), Mode.Comfort)), DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)).Cause.ShouldBe(cause);

    [Fact]
    public void A_use_that_the_spring_change_swallows_is_none() =>
        At(Ordinary, Daily(new(Hours(2.25), Hours(2.75), Mode.Comfort), new(Hours(12), Hours(13), Mode.Comfort)), "2026-03-29 01:30").NextUse.ShouldBe(Paris("2026-03-29 12:00"));

    [Fact]
    public void A_programme_without_any_use_never_comes_near_to_one()
    {
        var never = Demo.Zones[0] with { Programme = Daily() };
        var site = Ordinary with { };
        for (var day = 0; day < 400; day++)
        {
            var at = Paris("2026-01-05 12:00").AddDays(day);
            (site.PeriodOf(never, at).NextUse - at).ShouldBeGreaterThan(TimeSpan.FromDays(100), $"{at:O}");
        }
    }

    [Fact]
    public void A_changed_copy_of_a_calendar_knows_its_own_holidays_only()
    {
        var day = new DateOnly(2026, 11, 3);
        var before = new HolidayCalendar([], DateOnly.MaxValue, DateOnly.MaxValue);
        before.On(day).ShouldBeNull();
        var after = before with { Holidays = [new Holiday(day, day, HolidayKind.School, "Pont")] };
        (after.On(day)?.Name).ShouldBe("Pont");
        after.On(day).ShouldNotBeNull();
    }

    private static readonly Site Ordinary = Demo with { Calendar = HolidayCalendar.None };

    private static WeekProgramme Daily(params Interval[] intervals) => new("daily", [.. Enumerable.Repeat(new DayPlan([.. intervals]), 7)], HolidayUse.Empty);

    private static Period At(Site site, WeekProgramme programme, string at) => At(site, programme, Paris(at));

    private static Period At(Site site, WeekProgramme programme, DateTimeOffset at) => Periods.At(site, Demo.Zones[0] with { Programme = programme }, at);

    private static DateTimeOffset Paris(string local) => Demo.Instant(DateTime.Parse(local, CultureInfo.InvariantCulture));

    private static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);
}
