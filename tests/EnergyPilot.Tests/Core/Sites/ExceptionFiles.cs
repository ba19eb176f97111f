using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class ExceptionFiles
{
    private const string Meters = "\nmeters:\n";

    private static readonly string Block = """

        exceptions:
          - on: 2027-06-12
            kind: event
            hours: 14:00-22:00
            zones: [gym, hall]
            setpoint: 17 °C
            note: Kermesse
          - { on: 2027-05-17, until: 2027-05-18, kind: closed, note: Pont }
          - { on: 2027-01-12, weekly-until: 2027-06-30, kind: letting, hours: "19:00-21:00", zones: gym, holidays: as-usual }

        """;

    private static readonly string Plain = System.Text.RegularExpressions.Regex.Replace(SchoolFiles.Demo.Text, "\nexceptions:\n(  .*\n|\n(?=  ))*", "\n");

    private static string Text => Plain.Replace(Meters, Block + Meters, StringComparison.Ordinal);

    [Fact]
    public void A_site_says_when_it_is_otherwise()
    {
        SchoolFiles.Parse(Text).TryGet(out var site).ShouldBeTrue();
        var (fair, bridge, judo) = (site!.Exceptions[0], site.Exceptions[1], site.Exceptions[2]);

        (fair.Kind, fair.First, fair.Last, fair.Note, fair.Setpoint?.Degrees).ShouldBe((OccasionKind.Event, new(2027, 6, 12), new(2027, 6, 12), "Kermesse", 17));
        fair.Hours.ShouldBe([new Interval(TimeSpan.FromHours(14), TimeSpan.FromHours(22), Mode.Comfort)]);
        fair.Zones.ShouldBe([new ZoneId("gym"), new ZoneId("hall")]);
        (bridge.Kind, bridge.Last, bridge.Zones.IsEmpty, bridge.Hours.IsEmpty, bridge.Setpoint).ShouldBe((OccasionKind.Closed, new(2027, 5, 18), true, true, null));
        (judo.Rhythm, judo.Last, judo.OnHolidays).ShouldBe((Rhythm.EveryWeek, new(2027, 6, 30), HolidayUse.AsUsual));
    }

    [Fact]
    public void A_site_without_exceptions_has_none()
    {
        SchoolFiles.Parse(Plain).TryGet(out var site).ShouldBeTrue();
        site!.Exceptions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("on: 2027-06-12", "on: ¦12/06/2027", "a day, for example 2026-12-05")]
    [InlineData("on: 2027-06-12", "on: ¦2027-06-31", "a day")]
    [InlineData("kind: event", "kind: ¦fair", "one of event, letting, closed")]
    [InlineData("hours: 14:00-22:00", "hours: ¦14:00-22:00 frost", "hours, for example \"14:00-22:00\"")]
    [InlineData("hours: 14:00-22:00", "hours: ¦22:00-02:00", "a night is written as two days")]
    [InlineData("zones: [gym, hall]", "zones: [gym, ¦hal]", "the name of a zone", "Nearest known name: hall")]
    [InlineData("setpoint: 17 °C", "setpoint: ¦25 °C", "between 5 and 22 °C")]
    [InlineData("note: Kermesse", "nota: Kermesse", "unknown key \"nota\"")]
    [InlineData("kind: event\n    hours: 14:00-22:00", "kind: ¦event", "event without hours")]
    [InlineData("until: 2027-05-18", "until: ¦2027-05-16", "before the first day 2027-05-17")]
    [InlineData("until: 2027-05-18", "until: ¦2037-05-18", "at most 800 days")]
    [InlineData("until: 2027-05-18", "until: 2027-05-18, weekly-until: ¦2027-06-18", "one of them")]
    [InlineData("kind: closed", "kind: closed, hours: 08:00-12:00, setpoint: ¦17 °C", "a setpoint for closed hours")]
    [InlineData("kind: closed", "kind: closed, holidays: ¦empty", "only with weekly-until")]
    public void A_mistake_is_named_in_its_place(string find, string change, params string[] words)
    {
        if (!change.Contains('¦', StringComparison.Ordinal)) change = change.Insert(0, "¦");
        var (text, line, column) = WrongSite.Changed(Text, find, change);
        WrongSite.ShouldSay(SchoolFiles.Parse(text), line, column, words);
    }
}
