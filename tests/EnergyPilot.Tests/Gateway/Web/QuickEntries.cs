using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>One line about an event, typed on Sunday 22 November 2026 at the sample school, in French or English.</summary>
public sealed class QuickEntries
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("parents' evening, gym, 24 Nov 18:00–21:00", "parents' evening", "gym", "2026-11-24", "2026-11-24", "18:00-21:00")]
    [InlineData("réunion de parents, gymnase, 24 nov 18h-21h", "réunion de parents", "gym", "2026-11-24", "2026-11-24", "18:00-21:00")]
    [InlineData("Réunion de parents, Salle de motricité, mardi 24 novembre 2026 de 18 h 30 à 21 h", "Réunion de parents", "gym", "2026-11-24", "2026-11-24", "18:30-21:00")]
    [InlineData("Choir, library, tomorrow 6-8 pm", "Choir", "library", "2026-11-23", "2026-11-23", "18:00-20:00")]
    [InlineData("Kermesse, toute l'école, 12/06 14h-22h", "Kermesse", "", "2027-06-12", "2027-06-12", "14:00-22:00")]
    [InlineData("Open day, whole school, 2026-12-05 10:00-12:00", "Open day", "", "2026-12-05", "2026-12-05", "10:00-12:00")]
    [InlineData("Stage, cantine et gymnase, du 26 au 28 nov 9h-12h 14h-17h", "Stage", "canteen gym", "2026-11-26", "2026-11-28", "09:00-12:00, 14:00-17:00")]
    [InlineData("Dec 3rd 7pm-9pm, staff meeting, CE1", "staff meeting", "ce1", "2026-12-03", "2026-12-03", "19:00-21:00")]
    [InlineData("vote, Classe 1, dimanche 8h-20h", "vote", "cp", "2026-11-29", "2026-11-29", "08:00-20:00")]
    [InlineData("repas, circuit sud, 1er janvier 12h-15h", "repas", "canteen gym", "2027-01-01", "2027-01-01", "12:00-15:00")]
    public void Line_is_understood(string line, string note, string zones, string first, string last, string hours)
    {
        var site = SampleSchool.Site with
        {
            Zones = [.. SampleSchool.Site.Zones.Select(z => z.Id.Name is "gym" or "canteen" ? z with { Circuit = new("south") } : z with { Circuit = new("north") })],
        };
        var entry = QuickEntry.Read(line, site, Today);
        entry.Faults.ShouldBeEmpty();
        (entry.Occasion.Note, string.Join(' ', entry.Occasion.Zones), $"{entry.Occasion.First:yyyy-MM-dd}", $"{entry.Occasion.Last:yyyy-MM-dd}", HoursText.Of(entry.Occasion.Hours))
            .ShouldBe((note, zones, first, last, hours));
    }

    [Theory]
    [InlineData("Chorale, bibliothèque, chaque mardi 18h-20h", DayOfWeek.Tuesday)]
    [InlineData("choir, library, every Friday 18:00-20:00", DayOfWeek.Friday)]
    public void Every_week_is_until_the_summer(string line, DayOfWeek day)
    {
        var entry = QuickEntry.Read(line, SampleSchool.Site, Today);
        entry.Faults.ShouldBeEmpty();
        (entry.Occasion.Rhythm, entry.Occasion.First.DayOfWeek, entry.Occasion.Last).ShouldBe((Rhythm.EveryWeek, day, new DateOnly(2027, 7, 5)));
    }

    [Theory]
    [InlineData("parents' evening, attic, 24 Nov 18:00-21:00", nameof(QuickFault.UnknownZone), "attic")]
    [InlineData("parents' evening, 24 Nov 18:00-21:00", nameof(QuickFault.NoZone), "")]
    [InlineData("parents' evening, gym, 31 Feb 18:00-21:00", nameof(QuickFault.NoDay), "")]
    [InlineData("parents' evening, gym, 24 Nov", nameof(QuickFault.NoHours), "")]
    [InlineData("parents' evening, gym, 24 Nov 21:00-18:00", nameof(QuickFault.NoHours), "")]
    public void What_is_not_understood_is_said(string line, string fault, string unknown)
    {
        var entry = QuickEntry.Read(line, SampleSchool.Site, Today);
        entry.Faults.Select(f => f.ToString()).ShouldContain(fault);
        if (unknown.Length > 0) entry.Unknown.ShouldBe(unknown);
    }

    [Fact]
    public void Closed_day_needs_no_hours()
    {
        var entry = QuickEntry.Read("fermé, toute l'école, 7 mai", SampleSchool.Site, Today);
        (entry.Occasion.Kind, entry.Faults.Length, entry.Occasion.First).ShouldBe((OccasionKind.Closed, 0, new DateOnly(2027, 5, 7)));
    }

    [Fact]
    public void No_line_whatever_it_says_throws()
    {
        var signs = "0123456789:h-–/,. gymàé'novmardi24";
        var random = new Random(6);
        for (var i = 0; i < 3000; i++)
            QuickEntry.Read(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => signs[random.Next(signs.Length)])), SampleSchool.Site, Today).Occasion.Hours.ShouldAllBe(h => h.From < h.To);
    }

    [Theory]
    [InlineData("08:30-12:00, 13:30-16:30", "08:30-12:00, 13:30-16:30", true)]
    [InlineData("8h30-12h 13h30-16h30", "08:30-12:00, 13:30-16:30", true)]
    [InlineData("22:00-24:00", "22:00-24:00", true)]
    [InlineData("", "", true)]
    [InlineData("in the evening", "", false)]
    [InlineData("18:00", "", false)]
    public void Hours_are_read_as_people_write_them(string text, string written, bool isRead)
    {
        QuickHours.TryRead(text, out var hours).ShouldBe(isRead);
        if (isRead) HoursText.Of(hours).ShouldBe(written);
    }
}
