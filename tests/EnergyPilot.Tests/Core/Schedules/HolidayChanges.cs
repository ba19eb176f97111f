using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Schedules;

/// <summary>What other calendars make of the days of the demo school, which is in zone B.</summary>
public sealed class HolidayChanges
{
    private static readonly DateOnly First = new(2027, 1, 4), Last = new(2027, 5, 31);

    private static readonly Site Demo = SchoolFiles.DemoSite;

    [Fact]
    public void Zone_A_moves_winter_and_spring_by_a_week() => Told(HolidayChange.Between(Demo, Calendar("france-zone-a", "france-public"), First, Last)).ShouldBe(
    [
        "2027-02-15 2027-02-19 5 DayOff Vacances d'hiver", "2027-03-01 2027-03-05 5 SchoolDay Vacances d'hiver",
        "2027-04-12 2027-04-16 5 DayOff Vacances de printemps", "2027-04-26 2027-04-30 5 SchoolDay Vacances de printemps",
    ]);

    [Fact]
    public void Same_calendars_change_nothing() => HolidayChange.Between(Demo, Calendar("france-public", "france-zone-b"), First, Last).ShouldBeEmpty();

    [Fact]
    public void Weekend_between_two_weeks_parts_no_holiday_and_is_not_counted() =>
        Told(HolidayChange.Between(Demo with { Calendar = Calendar("france-public") }, Calendar("france-zone-b", "france-public"), First, new(2027, 3, 31))).ShouldBe(["2027-02-22 2027-03-05 10 DayOff Vacances d'hiver"]);

    [Fact]
    public void Day_on_which_nobody_comes_changes_nothing() =>
        HolidayChange.Between(Demo, HolidayFile.Together([Demo.Calendar, Own(new(2027, 1, 16), new(2027, 1, 17))]), First, Last).ShouldBeEmpty();

    [Fact]
    public void Programme_that_goes_on_in_school_holidays_rests_on_public_ones_only()
    {
        var always = Demo with { Zones = [.. Demo.Zones.Select(z => z with { Programme = z.Programme with { OnHolidays = HolidayUse.AsUsual } })] };
        HolidayChange.Between(always, Calendar("france-zone-a", "france-public"), First, Last).ShouldBeEmpty();
        Told(HolidayChange.Between(always, Calendar("france-zone-b"), First, new(2027, 3, 31))).ShouldBe(["2027-03-29 2027-03-29 1 SchoolDay Lundi de Pâques"]);
    }

    [Fact]
    public void Day_within_that_was_off_before_parts_what_changes() => Told(HolidayChange.Between(
        Demo with { Calendar = HolidayFile.Together([Demo.Calendar, Own(new(2027, 1, 13), new(2027, 1, 13))]) },
        HolidayFile.Together([Demo.Calendar, Own(new(2027, 1, 11), new(2027, 1, 15))]), First, Last)).ShouldBe(
        ["2027-01-11 2027-01-12 2 DayOff Pont", "2027-01-14 2027-01-15 2 DayOff Pont"]);

    private static HolidayCalendar Own(DateOnly first, DateOnly last) => new([new(first, last, HolidayKind.School, "Pont")], DateOnly.MaxValue, DateOnly.MaxValue);

    private static HolidayCalendar Calendar(params string[] ids) => HolidayFile.Together([.. ids.Select(id => HolidayFile.Parse(SchoolFiles.Calendars[id]).TryGet(out var calendar) ? calendar : throw new InvalidOperationException(id))]);

    private static string[] Told(IEnumerable<HolidayChange> changes) => [.. changes.Select(c => $"{c.First:yyyy-MM-dd} {c.Last:yyyy-MM-dd} {c.Days} {c.Becomes} {c.Holiday.Name}")];
}
