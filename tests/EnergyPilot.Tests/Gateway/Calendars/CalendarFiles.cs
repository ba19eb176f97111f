using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Calendar;
using EnergyPilot.Tests.Gateway.Web;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Gateway.Calendars;

/// <summary>Calendar files of whoever, and our own; today is Sunday 22 November 2026.</summary>
public sealed class CalendarFiles
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly Site Site = SampleSchool.Site with
    {
        Calendar = new HolidayCalendar([new(new(2026, 12, 20), new(2027, 1, 3), HolidayKind.School, "Noël"), new(new(2027, 3, 29), new(2027, 3, 29), HolidayKind.Public, "Lundi de Pâques")], new(2027, 7, 3), new(2031, 12, 31)),
    };

    private static DateOnly Today => DateOnly.FromDateTime(Site.Local(Now));

    internal static string File(params string[] entries) => "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//town hall//rooms\r\n" + string.Concat(entries.Select(e => $"BEGIN:VEVENT\r\n{e}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";

    private static CalendarEntry One(string entry) => CalendarReader.Read(File("UID:1\r\n" + entry), Site, Now).Entries.ShouldHaveSingleItem();

    private static string Told(CalendarEntry entry) => string.Join(' ', entry.Hours.Select(h => $"{h.Day:MM-dd}T{HoursText.Of([h.Hours])}").Concat(entry.WholeDays.Select(d => $"{d:MM-dd}")));

    [Theory]
    [InlineData("DTSTART;TZID=Europe/Paris:20261124T180000\r\nDTEND;TZID=Europe/Paris:20261124T210000", "11-24T18:00-21:00")]
    [InlineData("DTSTART:20261124T170000Z\r\nDTEND:20261124T200000Z", "11-24T18:00-21:00")]
    [InlineData("DTSTART:20261124T180000\r\nDURATION:PT3H", "11-24T18:00-21:00")]
    [InlineData("DTSTART;TZID=Romance Standard Time:20261124T180000\r\nDTEND;TZID=Romance Standard Time:20261124T210000", "11-24T18:00-21:00")]
    [InlineData("DTSTART;TZID=Pacific Standard Time:20261124T090000\r\nDTEND;TZID=Pacific Standard Time:20261124T120000", "11-24T18:00-21:00")]
    [InlineData("DTSTART;TZID=\"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris\":20261124T180000\r\nDURATION:PT3H", "11-24T18:00-21:00")]
    [InlineData("DTSTART;TZID=Our/Clocks:20261124T180000\r\nDTEND;TZID=Our/Clocks:20261124T210000", "11-24T18:00-21:00")]
    [InlineData("DTSTART;TZID=Europe/Paris:20261124T220000\r\nDTEND;TZID=Europe/Paris:20261125T020000", "11-24T22:00-24:00 11-25T00:00-02:00")]
    [InlineData("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261126", "11-24 11-25")]
    [InlineData("DTSTART;VALUE=DATE:20261124", "11-24")]
    [InlineData("DTSTART;TZID=Europe/Paris:20261124T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "11-24T18:00-19:00 11-26T18:00-19:00 12-01T18:00-19:00 12-03T18:00-19:00")]
    [InlineData("DTSTART;TZID=Europe/Paris:20261124T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;UNTIL=20261223T000000Z", "11-24T18:00-19:00 12-08T18:00-19:00 12-22T18:00-19:00")]
    [InlineData("DTSTART;TZID=Europe/Paris:20261124T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=-1TU;COUNT=2\r\nEXDATE;TZID=Europe/Paris:20261124T180000\r\nRDATE;TZID=Europe/Paris:20261130T180000", "11-30T18:00-19:00 12-29T18:00-19:00")]
    [InlineData("DTSTART;TZID=Europe/Paris:20200612T140000\r\nDURATION:PT8H\r\nRRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12;UNTIL=20280101T000000Z", "06-12T14:00-22:00")]
    public void Days_and_hours_are_on_the_schools_clocks(string entry, string expected) => Told(One(entry)).ShouldBe(expected);

    [Fact]
    public void Weekly_evening_stays_at_its_hour_when_clocks_change()
    {
        var entry = One("DTSTART;TZID=Europe/Paris:20270323T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2");
        Told(entry).ShouldBe("03-23T18:00-19:00 03-30T18:00-19:00");
    }

    [Fact]
    public void Folded_and_escaped_text_is_put_together() =>
        One("DTSTART:20261124T170000Z\r\nDURATION:PT1H\r\nSUMMARY:Réunion\\, pa\r\n rents\\; et tous\r\nLOCATION:Gymnase").ShouldSatisfyAllConditions(e => e.Title.ShouldBe("Réunion, parents; et tous"), e => e.Place.ShouldBe("Gymnase"));

    [Fact]
    public void Changed_and_cancelled_days_of_a_series_are_as_its_calendar_says()
    {
        var file = CalendarReader.Read(File(
            "UID:1\r\nSUMMARY:Choir\r\nDTSTART:20261124T170000Z\r\nDTEND:20261124T180000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3",
            "UID:1\r\nSUMMARY:Choir\r\nRECURRENCE-ID:20261201T170000Z\r\nDTSTART:20261202T170000Z\r\nDTEND:20261202T180000Z",
            "UID:1\r\nSUMMARY:Choir\r\nRECURRENCE-ID:20261208T170000Z\r\nSTATUS:CANCELLED\r\nDTSTART:20261208T170000Z\r\nDTEND:20261208T180000Z"), Site, Now);
        Told(file.Entries.ShouldHaveSingleItem()).ShouldBe("11-24T18:00-19:00 12-02T18:00-19:00");
    }

    [Theory]
    [InlineData("DTSTART:20261124T170000Z\r\nRRULE:FREQ=SECONDLY")]
    [InlineData("DTSTART:20261124T170000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("SUMMARY:without a day")]
    public void Entry_that_makes_no_sense_is_named_and_the_others_are_read(string strange)
    {
        var file = CalendarReader.Read(File("UID:1\r\n" + strange, "UID:2\r\nDTSTART:20261124T170000Z\r\nDURATION:PT1H"), Site, Now);
        (file.Fault, file.Entries.Length).ShouldBe((CalendarFault.None, 1));
        file.LeftOut.ShouldHaveSingleItem().Why.ShouldBe(WhyLeftOut.Strange);
    }

    [Fact]
    public void File_that_is_none_is_refused()
    {
        CalendarReader.Read("hello", Site, Now).Fault.ShouldBe(CalendarFault.Unreadable);
        CalendarReader.Read("", Site, Now).Fault.ShouldBe(CalendarFault.Unreadable);
        CalendarReader.Read(File("UID:1\r\nDTSTART:20261124T170000Z\r\nRRULE:FREQ=WEEKLY;INTERVAL=0"), Site, Now).Fault.ShouldBe(CalendarFault.Unreadable);
        CalendarReader.Read(new string('x', CalendarReader.LargestFile + 1), Site, Now).Fault.ShouldBe(CalendarFault.TooLarge);
        CalendarReader.Read(File([.. Enumerable.Range(0, 3100).Select(i => $"UID:{i}\r\nDTSTART:20261124T170000Z")]), Site, Now).Fault.ShouldBe(CalendarFault.TooMany);
    }

    [Fact]
    public void Endless_series_in_a_large_file_is_bounded()
    {
        var file = CalendarReader.Read(File([.. Enumerable.Range(0, 2500).Select(i => $"UID:{i}\r\nDTSTART:20200101T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY")]), Site, Now);
        file.Entries.Sum(e => e.Hours.Length).ShouldBeInRange(19_000, 20_000);
        (file.Entries.Length + file.LeftOut.Length).ShouldBe(2500);
        file.LeftOut.ShouldAllBe(l => l.Why == WhyLeftOut.TooManyDays);
    }

    [Fact]
    public void Clubs_of_every_weekday_are_all_read_to_the_end_of_a_year()
    {
        var file = CalendarReader.Read(File([.. Enumerable.Range(0, 12).Select(i => $"UID:{i}\r\nDTSTART:20260901T160000Z\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]), Site, Now);
        file.LeftOut.ShouldBeEmpty();
        file.Entries.Length.ShouldBe(12);
        foreach (var entry in file.Entries) (entry.Hours[^1].Day > Today.AddDays(390), entry.Hours.Length > 270).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("DTSTART:20261124T060000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYHOUR=6,8,10", nameof(WhyLeftOut.TooManyDays))]
    [InlineData("DTSTART:20290601T080000Z\r\nDURATION:PT1H", nameof(WhyLeftOut.FarAhead))]
    public void Entry_that_is_not_looked_at_is_left_out_whole_for_the_reason_that_is_true(string entry, string why)
    {
        var file = CalendarReader.Read(File("UID:1\r\n" + entry, "UID:2\r\nDTSTART:20261124T170000Z\r\nDURATION:PT1H"), Site, Now);
        file.LeftOut.ShouldHaveSingleItem().Why.ToString().ShouldBe(why);
        file.Entries.ShouldHaveSingleItem().Uid.ShouldBe("2");
    }

    [Theory]
    [InlineData("DTSTART:99991231T230000Z\r\nDURATION:P9D")]
    [InlineData("DTSTART:00010101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY")]
    [InlineData("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:99991231")]
    [InlineData("DTSTART;TZID=Europe/Paris:20261124T180000\r\nDTEND;TZID=America/Los_Angeles:99991231T235959")]
    public void Days_at_the_ends_of_time_end_nothing_but_their_entry(string entry) =>
        CalendarReader.Read(File("UID:1\r\n" + entry, "UID:2\r\nDTSTART:20261124T170000Z\r\nDURATION:PT1H"), Site, Now).Entries.ShouldContain(e => e.Uid == "2");

    [Fact]
    public void Spoiled_file_never_throws()
    {
        var whole = File("UID:1\r\nSUMMARY:x\r\nDTSTART;TZID=Europe/Paris:20261124T180000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4\r\nEXDATE;TZID=Europe/Paris:20261201T180000");
        var random = new Random(5545);
        for (var i = 0; i < 400; i++)
        {
            var text = whole.ToCharArray();
            for (var n = 0; n < 3; n++) text[random.Next(text.Length)] = "0;:=\r\nZ-9T,A"[random.Next(12)];
            CalendarReader.Read(new string(text), Site, Now).Entries.Length.ShouldBeLessThan(3);
        }
    }

    [Fact]
    public void What_we_export_comes_back_the_same()
    {
        var zones = Gen.SubListOf(Site.Zones.Select(z => z.Id)).Select(z => Site.Zones.Select(s => s.Id).Where(z.Contains).ToImmutableArray());
        var hours = Gen.Elements("18:00-21:00", "08:30-12:00, 13:30-16:30", "00:00-24:00", "22:15-23:45");
        var uses = from kind in Gen.Elements(Enum.GetValues<OccasionKind>())
                   from first in Gen.Choose(1, 300)
                   from length in Gen.Elements(0, 1, 14, 70)
                   from weekly in Gen.Elements(true, false)
                   from zone in zones
                   from text in hours
                   from note in Gen.Elements("Kermesse", "a, b; c\\d", "Réunion \"de\" parents", "")
                   from warm in Gen.Elements(double.NaN, 16.5)
                   select Use(kind, Today.AddDays(first), length, weekly, zone, text, note, warm);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(uses.ToArbitrary(), use =>
        {
            var file = CalendarReader.Read(CalendarWriter.Write(Site, [new AddedUse(7, use, "Marie", Now)], [], Site.Calendar.Holidays, Now), Site, Now);
            var plan = ImportPlan.Of(file, new CalendarSource("own.ics", ""), Site, Today);
            var wanted = Days(use, use.Hours);
            plan.Uses.SelectMany(u => Days(u.Occasion, u.Occasion.Hours)).Order().ShouldBe(wanted.Order());
            plan.Uses.ShouldAllBe(u => u.Occasion.Kind == use.Kind && u.Occasion.Note == use.Note && u.Occasion.Zones.SequenceEqual(use.Zones) && u.Occasion.Setpoint == use.Setpoint);
        }));
    }

    private static Occasion Use(OccasionKind kind, DateOnly first, int length, bool weekly, ImmutableArray<ZoneId> zones, string hours, string note, double warm)
    {
        QuickHours.TryRead(hours, out var read).ShouldBeTrue();
        return new Occasion(kind, first, first.AddDays(length))
        {
            Rhythm = weekly && length > 1 ? Rhythm.EveryWeek : Rhythm.EveryDay, Zones = zones, Hours = kind == OccasionKind.Closed ? [] : read, Note = note,
            Setpoint = kind == OccasionKind.Closed || double.IsNaN(warm) ? null : new(warm),
        };
    }

    private static IEnumerable<string> Days(Occasion use, ImmutableArray<EnergyPilot.Core.Schedules.Interval> hours) => OccasionSeries.DaysOf(use, Site.Calendar)
        .SelectMany(d => hours.IsEmpty ? [$"{d:yyyy-MM-dd}"] : hours.Select(h => $"{d:yyyy-MM-dd} {HoursText.Of([h])}"));
}
