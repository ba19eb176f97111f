using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Schedules;

public sealed class HolidayFiles
{
    private static readonly HolidayCalendar Roubaix = HolidayFile.Together([Calendar("france-zone-b"), Calendar("france-public")]);

    private const string Ten = "0123456789", Hundred = Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten, Long = Hundred + Hundred + Hundred + Hundred;

    public static TheoryData<string> All => [.. SchoolFiles.Calendars.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_calendar_of_the_repository_can_be_read_and_its_school_holidays_do_not_overlap(string id)
    {
        var holidays = Calendar(id).Holidays;
        holidays.Length.ShouldBeGreaterThan(20);
        for (var i = 1; i < holidays.Length; i++) holidays[i].First.ShouldBeGreaterThan(holidays[i - 1].Last);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_calendar_of_the_repository_says_what_it_is_in_every_language_of_the_page(string id)
    {
        var source = Calendar(id).Sources.ShouldHaveSingleItem();
        (source.Id, source.IsOwn).ShouldBe((id, false));
        foreach (var language in Language.All.Keys) source.Titles.GetValueOrDefault(language, "").ShouldNotBeEmpty();
        (source.Kind == HolidayKind.School).ShouldBe(source.Places.Length > 0);
    }

    [Theory]
    [InlineData("# name: Pont", "fr", "Pont")]
    [InlineData("# name-en: Bridge\n# name: Pont", "en", "Bridge")]
    [InlineData("# name-en: Bridge\n# name: Pont", "fr", "Pont")]
    [InlineData("# name-en: Bridge", "fr", "own")]
    [InlineData("# named: Pont", "fr", "own")]
    public void A_calendar_is_called_by_its_name_in_the_language_or_in_all_or_by_its_file(string lines, string language, string title)
    {
        HolidayFile.Parse(new DocumentText("own.csv", $"{lines}\n# kind: school\n# known-until: 9999-12-31\nfirst,last,name\n")).TryGet(out var calendar).ShouldBeTrue();
        calendar.ShouldNotBeNull().Sources.ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Title(language).ShouldBe(title), s => s.IsOwn.ShouldBeTrue());
    }

    [Theory]
    [InlineData("2026-10-17", "")]
    [InlineData("2026-10-18", "Vacances de la Toussaint")]
    [InlineData("2026-11-02", "")]
    [InlineData("2026-11-11", "11 novembre")]
    [InlineData("2026-12-21", "Vacances de Noël")]
    [InlineData("2026-12-25", "Jour de Noël")]
    [InlineData("2027-01-04", "")]
    [InlineData("2027-02-22", "Vacances d'hiver")]
    [InlineData("2027-03-08", "")]
    public void The_winter_of_zone_B_is_as_published(string day, string name) =>
        (Roubaix.On(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))?.Name ?? "").ShouldBe(name);

    [Fact]
    public void Each_kind_is_known_until_its_own_day()
    {
        Roubaix.SchoolKnownUntil.ShouldBe(new DateOnly(2027, 7, 3));
        Roubaix.PublicKnownUntil.ShouldBe(new DateOnly(2031, 12, 31));
    }

    [Fact]
    public void A_site_without_calendars_has_no_holidays() => HolidayFile.Together([]).ShouldBe(HolidayCalendar.None);

    [Theory]
    [InlineData("kind: school", "kind: scool", 1, 1, "Nearest known name: school")]
    [InlineData("# kind: school\n", "", 1, 1, "no line \"# kind: …\"")]
    [InlineData("known-until: 2027-07-03", "known-until: July", 2, 1, "a day like 2027-07-03")]
    [InlineData("first,last,name", "from,to,name", 3, 1, "the heading \"first,last,name\"")]
    [InlineData("2026-10-18,", "18/10/2026,", 4, 1, "two days and a name")]
    [InlineData("2026-11-01", "2026-10-01", 4, 12, "before the first day 2026-10-18")]
    [InlineData("2026-10-18,2026-11-01", "2028-10-18,2028-11-01", 1, 1, "none after the day until which the file is known")]
    [InlineData("Toussaint", "\0", 4, 23, "binary")]
    [InlineData("# kind: school\n", "# kind: school\n# name: " + Long + "\n", 2, 1, "400 characters")]
    public void A_wrong_calendar_says_where_and_what(string find, string change, int line, int column, string words)
    {
        var text = "# kind: school\n# known-until: 2027-07-03\nfirst,last,name\n2026-10-18,2026-11-01,Toussaint\n".Replace(find, change, StringComparison.Ordinal);
        var mistake = HolidayFile.Parse(new DocumentText("b.csv", text)).Mistakes.ShouldHaveSingleItem().ToString();
        mistake.ShouldStartWith($"b.csv:{line}:{column}: ");
        mistake.ShouldContain(words);
    }

    private static HolidayCalendar Calendar(string id) =>
        HolidayFile.Parse(SchoolFiles.Calendars[id]).TryGet(out var calendar) ? calendar : throw new InvalidOperationException(id);
}
