using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Energy;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The sheet of a day, the screen in the hall, and the help.</summary>
public sealed partial class DayAndWallTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sheet_of_a_day_tells_programme_temperatures_alarms_and_what_was_done_by_hand()
    {
        await using var host = await AlarmTests.Host();
        host.Desk.Wishes.Add(new Override(1, new("library"), 20.0.Celsius, "Marie", SampleSchool.Monday0612.AddHours(-1), SampleSchool.Monday0612.AddHours(2), "Heure du conte"));
        host.Desk.Site = SampleSchool.Site with { Exceptions = [new Occasion(OccasionKind.Event, new DateOnly(2026, 1, 19), new DateOnly(2026, 1, 19)) { Hours = [new Interval(TimeSpan.FromHours(18), TimeSpan.FromHours(21), Mode.Comfort)], Zones = [new("gym")], Note = "Réunion de parents" }] };
        using var visitor = host.Visitor("fr");
        var sheet = await visitor.Text("/today", Stop);
        sheet.ShouldContain("Lundi 19 janvier 2026");
        sheet.ShouldContain("08:30–16:30");
        sheet.ShouldContain("Réunion de parents (18:00–21:00), Salle de motricité");
        sheet.ShouldContain("La chaudière est en sécurité");
        sheet.ShouldContain("Bibliothèque : 20,0 °C de 05:12 à 08:12, par Marie : « Heure du conte ».");
        sheet.ShouldContain("id=\"day-energy\"");
        sheet.ShouldNotContain("Journée calme");
    }

    [Fact]
    public async Task Sheet_tells_what_each_meter_counted_that_day_beside_a_day_like_it()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var desk = host.Service<EnergyDesk>();
        var meter = SampleSchool.Site.Meters[0];

        var (today, friday) = (await visitor.Text("/today", Stop), await visitor.Text("/today?date=2026-01-16", Stop));

        var (soFar, whole) = (desk.DayOf(meter, new DateOnly(2026, 1, 19)).ShouldNotBeNull(), desk.DayOf(meter, new DateOnly(2026, 1, 16)).ShouldNotBeNull());
        soFar.Until.ShouldBe(new DateTimeOffset(2026, 1, 19, 5, 0, 0, TimeSpan.Zero));
        whole.Amount.ShouldBeGreaterThan(soFar.Amount);
        whole.Amount.ShouldBe(desk.Of(meter, EnergyPeriod.Of(PeriodLength.Day, new DateOnly(2026, 1, 16))).Account.Amount, 0.01, "the energy page says the same");
        var usual = whole.Usual.ShouldNotBeNull();
        var reader = new Reader(Language.All["en"], SampleSchool.Site, SampleSchool.Monday0612);
        today.ShouldContain(Forms.Plain($"{reader.Amount(meter, soFar.Amount)} by 06:00"));
        friday.ShouldContain(Forms.Plain($"<td>{reader.Amount(meter, whole.Amount)}</td>"));
        friday.ShouldContain(Forms.Plain($"{reader.Amount(meter, usual.Low)} to {reader.Amount(meter, usual.High)}"));
        friday.ShouldContain(Forms.Plain($"/energy?period=day&day=2026-01-16&meter={meter.Id}"));
    }

    [Theory]
    [InlineData("2026-01-17", "Saturday 17 January 2026")]
    [InlineData("2027-01-01", "Monday 19 January 2026")]
    [InlineData("1066-01-01", "Monday 19 January 2026")]
    [InlineData("yesterday'--", "Monday 19 January 2026")]
    public async Task Any_day_of_the_past_can_be_chosen_and_nothing_else(string date, string title)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await visitor.Text($"/today?date={Uri.EscapeDataString(date)}", Stop)).ShouldContain(title);
    }

    [Fact]
    public async Task Screen_in_the_hall_shows_every_room_and_offers_nothing_to_touch()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        using var visitor = host.Visitor("fr");
        var wall = await visitor.Text("/wall", Stop);
        foreach (var zone in SampleSchool.Site.Zones) wall.ShouldContain(zone.Name);
        wall.ShouldContain("CO₂ à aérer");
        Controls().Matches(wall).ShouldBeEmpty();
        // The names of people are nobody's business in the hall.
        wall.ShouldNotContain("Marie");
    }

    [Theory]
    [InlineData("2026-01-19T12:00:00Z", false)]
    [InlineData("2026-01-19T19:30:00Z", true)]
    public async Task Screen_is_dim_at_night(string at, bool isNight)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
        using var visitor = host.Visitor("en");
        (await visitor.Text("/wall", Stop)).Contains("hall night", StringComparison.Ordinal).ShouldBe(isNight);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Help_of_every_page_stands_on_one_page(string language)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor(language);
        var help = await visitor.Text("/help", Stop);
        foreach (var topic in Enum.GetNames<Phrase>().Where(n => n.StartsWith("HelpOn", StringComparison.Ordinal)))
            help.ShouldContain(Forms.Plain(Language.All[language][$"page.{topic}"].Render(_ => null, (_, _, _) => "").Split('\n')[0]));
        (await visitor.Text("/", Stop)).ShouldContain(Language.All[language]["page.HelpOnSchool"].Render(_ => null, (_, _, _) => "").Split('\n')[0]);
    }

    [GeneratedRegex("<(a|button|input|form|select) ")]
    private static partial Regex Controls();
}
