using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Schedules;

public sealed class Occasions
{
    private static readonly Site Demo = SchoolFiles.DemoSite with { Exceptions = [] };
    private static readonly Zone Gym = Zone("gym"), Cp = Zone("cp");

    // 2027-06-12 is a Saturday; the gym is in use on weekdays until 18:30, on Wednesdays until 12:00, at 16 °C.
    private static readonly Occasion Fair = Of(OccasionKind.Event, "2027-06-12", 14, 22) with { Zones = [Gym.Id], Setpoint = new(17), Note = "Kermesse" };
    private static readonly Occasion Judo = Of(OccasionKind.Letting, "2027-01-12", 19, 21) with
    {
        Zones = [Gym.Id], Note = "Judo", Rhythm = Rhythm.EveryWeek, Last = Day("2027-06-30"),
    };

    private static readonly Occasion Shut = new(OccasionKind.Closed, Day("2027-05-18"), Day("2027-05-18")) { Note = "Journée pédagogique" };

    [Theory]
    [InlineData("2027-06-12 13:59:59", PeriodCause.Empty, "2027-06-11 18:30", "2027-06-12 14:00")]
    [InlineData("2027-06-12 14:00:00", PeriodCause.Event, "2027-06-12 14:00", "2027-06-12 22:00")]
    [InlineData("2027-06-12 22:00:00", PeriodCause.Empty, "2027-06-12 22:00", "2027-06-14 09:00")]
    public void A_fair_on_a_saturday_is_a_use_between_two_shorter_absences(string at, PeriodCause cause, string from, string until)
    {
        var period = At(Gym, at, Fair);
        (period.From, period.Until).ShouldBe((Paris(from), Paris(until)));
        period.Cause.ShouldBe(cause, "both absences are shorter than 48 h");
        period.ComfortOf(Gym).Degrees.ShouldBe(period.LastUse > Paris("2027-06-12 14:00") ? 16 : 17, "a warm-up aims at what the next use wishes");
        (period.Occasion?.Note ?? "").ShouldBe(cause == PeriodCause.Event ? "Kermesse" : "");
    }

    [Fact]
    public void Other_rooms_do_not_notice() => At(Cp, "2027-06-12 15:00", Fair).Cause.ShouldBe(PeriodCause.LongAbsence);

    [Theory]
    [InlineData("2027-01-12 20:00", PeriodCause.Event)]
    [InlineData("2027-01-13 20:00", PeriodCause.Empty)]      // not a Tuesday
    [InlineData("2027-01-05 20:00", PeriodCause.Empty)]      // before its first
    [InlineData("2027-02-23 20:00", PeriodCause.Holiday)]    // winter holidays
    [InlineData("2027-06-29 20:00", PeriodCause.Event)]
    public void A_letting_every_tuesday_rests_in_holidays_and_ends(string at, PeriodCause cause) => At(Gym, at, Judo).Cause.ShouldBe(cause);

    [Fact]
    public void A_letting_that_goes_on_in_holidays_rests_on_public_ones()
    {
        var always = Judo with { OnHolidays = HolidayUse.AsUsual, First = Day("2027-01-14") };
        At(Gym, "2027-02-25 20:00", always).Cause.ShouldBe(PeriodCause.Event);
        At(Gym, "2027-05-06 20:00", always).Cause.ShouldBe(PeriodCause.Holiday, "Ascension is a Thursday");
    }

    [Fact]
    public void A_closed_day_is_named_by_its_note()
    {
        var period = At(Cp, "2027-01-19 10:00", Shut with { First = Day("2027-01-19"), Last = Day("2027-01-19") });
        (period.Cause, period.Occasion?.Note, period.HolidayName).ShouldBe((PeriodCause.Closed, "Journée pédagogique", ""));
        (period.LastUse, period.NextUse).ShouldBe((Paris("2027-01-18 16:30"), Paris("2027-01-20 08:30")));
    }

    [Fact]
    public void Hours_that_are_closed_leave_the_rest_of_the_day()
    {
        var afternoon = Of(OccasionKind.Closed, "2027-01-19", 13, 17);
        At(Cp, "2027-01-19 10:00", afternoon).Cause.ShouldBe(PeriodCause.InUse);
        At(Cp, "2027-01-19 14:00", afternoon).Cause.ShouldBe(PeriodCause.Closed);
        At(Cp, "2027-01-18 20:00", afternoon).Cause.ShouldBe(PeriodCause.Empty, "the evening before is an ordinary one");
    }

    [Fact]
    public void The_more_specific_wins_whatever_the_order()
    {
        // A Tuesday: all are closed, the gym is let to the club all the same, but not on the day that its own closure names.
        var strike = Shut with { First = Day("2027-01-19"), Last = Day("2027-01-19") };
        var noJudo = strike with { Zones = [Gym.Id], Hours = [] };
        foreach (var order in new Occasion[][] { [strike, Judo], [Judo, strike] })
        {
            At(Gym, "2027-01-19 20:00", order).Cause.ShouldBe(PeriodCause.Event);
            At(Gym, "2027-01-19 10:00", order).Cause.ShouldBe(PeriodCause.Closed);
        }

        foreach (var order in new Occasion[][] { [noJudo, Judo, strike], [strike, Judo, noJudo] })
            At(Gym, "2027-01-19 20:00", order).Cause.ShouldBe(PeriodCause.Closed);
    }

    [Fact]
    public void Of_equals_the_later_date_and_then_the_later_entry_wins()
    {
        var week = Of(OccasionKind.Event, "2027-06-07", 14, 22) with { Last = Day("2027-06-13"), Zones = [Gym.Id], Setpoint = new(12) };
        At(Gym, "2027-06-12 15:00", Fair, week).ComfortOf(Gym).Degrees.ShouldBe(17);
        At(Gym, "2027-06-12 15:00", Fair, Fair with { Setpoint = new(18) }).ComfortOf(Gym).Degrees.ShouldBe(18);
    }

    [Fact]
    public void An_event_over_lessons_replaces_their_hours_only()
    {
        var concert = Of(OccasionKind.Event, "2027-01-19", 11, 20) with { Setpoint = new(18) };
        At(Cp, "2027-01-19 10:30", concert).Until.ShouldBe(Paris("2027-01-19 11:00"));
        At(Cp, "2027-01-19 12:30", concert).Cause.ShouldBe(PeriodCause.Event);
        At(Cp, "2027-01-19 16:00", concert).Until.ShouldBe(Paris("2027-01-19 20:00"));
    }

    [Fact]
    public void Nobody_is_let_in_warmer_than_the_site_allows() =>
        At(Gym, "2027-06-12 15:00", Fair with { Setpoint = new(35) }).ComfortOf(Gym).ShouldBe(Demo.Control.HighestSetpoint);

    [Theory]
    [InlineData("2026-03-29", 1.5, 4, 1.5)]     // from 1:30 to 4:00 is an hour and a half in spring
    [InlineData("2026-10-25", 1.5, 4, 3.5)]     // and three and a half in autumn
    [InlineData("2026-03-29", 2.25, 4, 1)]      // 2:15 does not exist: it begins with the change
    public void A_night_of_the_clock_change_is_as_long_as_it_is(string day, double from, double to, double hours)
    {
        var party = new Occasion(OccasionKind.Event, Day(day), Day(day)) { Hours = [new Interval(TimeSpan.FromHours(from), TimeSpan.FromHours(to), Mode.Comfort)] };
        var period = At(Gym, $"{day} 03:30", party);
        (period.Until - period.From).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public void An_exception_added_to_a_site_counts_at_once()
    {
        Demo.PeriodOf(Gym, Paris("2027-06-12 15:00")).IsInUse.ShouldBeFalse();
        var changed = Demo with { Exceptions = [Fair] };
        changed.PeriodOf(Gym, Paris("2027-06-12 15:00")).IsInUse.ShouldBeTrue();
        (changed with { Exceptions = [] }).PeriodOf(Gym, Paris("2027-06-12 15:00")).IsInUse.ShouldBeFalse();
    }

    private static Occasion Of(OccasionKind kind, string day, double from, double to) =>
        new(kind, Day(day), Day(day)) { Hours = [new Interval(TimeSpan.FromHours(from), TimeSpan.FromHours(to), Mode.Comfort)] };

    private static Period At(Zone zone, string at, params Occasion[] exceptions) => Periods.At(Demo with { Exceptions = [.. exceptions] }, zone, Paris(at));

    private static Zone Zone(string id) => Demo.Zones.Single(z => z.Id.Name == id);

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    private static DateTimeOffset Paris(string local) => Demo.Instant(DateTime.Parse(local, CultureInfo.InvariantCulture));
}
