using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Tests.Gateway.Calendars;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The calendar on the page and for programs. It is Monday 19 January 2026, 06:12.</summary>
public sealed class CalendarTests
{
    private static readonly HolidayCalendar Holidays = new(
        [new(new(2026, 2, 15), new(2026, 3, 1), HolidayKind.School, "Vacances d'hiver"), new(new(2026, 4, 6), new(2026, 4, 6), HolidayKind.Public, "Lundi de Pâques")], new(2027, 7, 3), new(2031, 12, 31)) { Sources = [Source("france-zone-b", HolidayKind.School, new(2027, 7, 3), "France, zone B"), Source("france-public", HolidayKind.Public, new(2031, 12, 31), "France")] };

    private static HolidaySource Source(string id, HolidayKind kind, DateOnly knownUntil, string title) => new(id, kind, knownUntil) { Titles = ImmutableDictionary<string, string>.Empty.Add("", title) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<PageHost> Host()
    {
        var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Desk.Site = SampleSchool.Site with { Calendar = Holidays };
        return host;
    }

    private static (string, string)[] Event(string hours, string first, params string[] zones) =>
        [("note", "Réunion de parents"), ("kind", "Event"), ("where", "zones"), .. zones.Select(z => ("zone", z)), ("rhythm", "once"), ("first", first), ("hours", hours), ("setpoint", ""), ("act", "keep")];

    [Fact]
    public async Task Year_is_shown_to_anybody_with_words_for_every_colour()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var text = await visitor.Text("/calendar", Stop);
        text.ShouldContain("School year 2025–2026");
        text.ShouldContain("february 2026", Case.Insensitive);
        text.ShouldContain("Vacances d'hiver (School holidays)");
        text.ShouldContain("School holidays: France, zone B; Public holidays: France. Known until Sat 3 Jul 2027");
        text.ShouldNotContain("New event");
        (await visitor.Text("/calendar?year=1", Stop)).ShouldContain("2015");
    }

    [Theory]
    [InlineData("2026-04-20", false, "")]
    [InlineData("2026-04-19", true, "School holidays (France, zone B): no days are known yet after Sun 19 Apr 2026.")]
    [InlineData("2026-01-19", true, "School holidays (France, zone B): no days are known yet after Mon 19 Jan 2026.")]
    [InlineData("2026-01-18", true, "School holidays (France, zone B): the days ended on Sun 18 Jan 2026.")]
    public async Task Calendar_that_ends_within_90_days_or_is_over_is_named(string until, bool isNamed, string words)
    {
        await using var host = await Host();
        var end = DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture);
        host.Desk.Site = SampleSchool.Site with { Calendar = Holidays with { SchoolKnownUntil = end, Sources = [Holidays.Sources[0] with { KnownUntil = end }, Holidays.Sources[1]] } };
        using var visitor = host.Visitor("en");
        var text = await visitor.Text("/calendar", Stop);
        text.Contains("counts as a school day and is heated", StringComparison.Ordinal).ShouldBe(isNamed);
        text.ShouldContain(words);
        text.ShouldNotContain("Public holidays (France)");
    }

    [Fact]
    public async Task Line_fills_in_the_form_with_what_will_happen()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("fr");
        await visitor.SignIn(Stop);
        var text = await visitor.Text($"/calendar/event?text={Uri.EscapeDataString("réunion de parents, gymnase, 20 janv 18h-21h")}", Stop);
        text.ShouldContain("value=\"2026-01-20\"");
        text.ShouldContain("value=\"18:00-21:00\"");
        text.ShouldContain("value=\"gym\" checked");
        text.ShouldMatch("Salle de motricité : 19,0 °C à partir de mardi 18:00 ; .*(chaud|démarre)");
        host.Desk.Uses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_room_is_said_clearly()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        (await visitor.Text("/calendar/event?text=choir,%20attic,%2020%20Jan%2018:00-21:00", Stop)).ShouldContain("“attic” is none of the rooms");
    }

    [Fact]
    public async Task Event_is_kept_changed_and_removed()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var answer = await visitor.Send("/calendar/event", "event", Event("18:00-21:00", "2026-01-20", "gym", "hall"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var use = host.Desk.Uses.ShouldHaveSingleItem();
        use.Occasion.ShouldSatisfyAllConditions(o => o.Note.ShouldBe("Réunion de parents"), o => o.Zones.Select(z => z.Name).ShouldBe(["gym", "hall"]), o => HoursText.Of(o.Hours).ShouldBe("18:00-21:00"));
        use.Owner.ShouldBe("Marie");
        (await visitor.Text("/calendar", Stop)).ShouldContain("Tue 20 Jan 2026, 18:00–21:00");
        (await visitor.Text("/calendar/day/2026-01-20", Stop)).ShouldContain("18:00–21:00 (19.0 °C)");

        var path = $"/calendar/event/{use.Id}";
        await visitor.Send(path, "event", Event("19:00-21:00", "2026-01-20", "gym"), Stop);
        HoursText.Of(host.Desk.Uses.ShouldHaveSingleItem().Occasion.Hours).ShouldBe("19:00-21:00");
        await visitor.Send(path, "remove", [], Stop);
        host.Desk.Uses.ShouldBeEmpty();
        (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_stands_there_already_is_told()
    {
        await using var host = await Host();
        host.Desk.Uses.Add(new(1, new Occasion(OccasionKind.Letting, new(2026, 1, 19), new(2026, 6, 29)) { Rhythm = Rhythm.EveryWeek, Note = "Judo", Zones = [new("gym")], Hours = [new(TimeSpan.FromHours(18), TimeSpan.FromHours(20), Mode.Comfort)] }, "Marie", SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var text = await visitor.Text($"/calendar/event?text={Uri.EscapeDataString("vote, gym, 26 Jan 19:00-21:00")}", Stop);
        text.ShouldContain("Salle de motricité: Judo (Every Monday from Mon 19 Jan 2026 to Mon 29 Jun 2026, 18:00–20:00), first on Mon 26 Jan 2026.");
    }

    [Theory]
    [InlineData("21:00-18:00", "2026-01-20", "gym", "are no hours")]
    [InlineData("", "2026-01-20", "gym", "Say from when to when")]
    [InlineData("18:00-21:00", "tomorrow", "gym", "Choose a day")]
    [InlineData("18:00-21:00", "2026-01-01", "gym", "This is over already")]
    [InlineData("18:00-21:00", "2026-01-20", "attic", "Choose the whole school, a group, or at least one room")]
    public async Task Mistake_is_said_and_what_was_typed_stays(string hours, string first, string zone, string message)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var answer = await visitor.Send("/calendar/event", "event", Event(hours, first, zone), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
        html.ShouldContain(message);
        html.ShouldContain("value=\"Réunion de parents\"");
        host.Desk.Uses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/calendar/event", "event")]
    [InlineData("/calendar/import", "import")]
    public async Task Viewer_adds_nothing(string path, string handler)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn("Vera", Stop);
        var answer = await visitor.SendTo(path, "/", handler, Event("18:00-21:00", "2026-01-20", "gym"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        host.Desk.Uses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Script_in_a_name_stays_text()
    {
        await using var host = await Host();
        host.Desk.Uses.Add(new(1, new Occasion(OccasionKind.Event, new(2026, 1, 20), new(2026, 1, 20)) { Note = "<script>alert(1)</script>", Hours = [new(TimeSpan.FromHours(18), TimeSpan.FromHours(20), Mode.Comfort)] }, "Marie", SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        foreach (var path in new[] { "/calendar", "/calendar/day/2026-01-20" })
            (await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Stop)).ShouldSatisfyAllConditions(h => h.ShouldContain("&lt;script&gt;"), h => h.ShouldNotContain("<script>alert"));
    }

    [Fact]
    public async Task Large_calendar_is_imported_after_a_look_and_a_larger_one_is_refused()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var file = CalendarFiles.File([.. Enumerable.Range(0, 300).Select(i => $"UID:{i}\r\nSUMMARY:Vote {i}\r\nLOCATION:Gymnase\r\nDESCRIPTION:{new string('x', 300)}\r\nDTSTART:20260{2 + i % 5}10T170000Z\r\nDURATION:PT2H")]);
        file.Length.ShouldBeGreaterThan(100_000);
        var shown = await Upload(visitor, file);
        var html = Forms.Plain(await shown.Content.ReadAsStringAsync(Stop));
        html.ShouldContain("300 events to add, 0 left out.");
        host.Desk.Uses.ShouldBeEmpty();
        var plan = html.Split("name=\"plan\" value=\"")[1].Split('"')[0];
        (await visitor.Post("/calendar/import", [("_handler", "confirm"), ("__RequestVerificationToken", await visitor.Token("/calendar/import", Stop)), ("plan", plan)], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        host.Desk.Uses.Count.ShouldBe(300);
        (await visitor.Text("/calendar/import", Stop)).ShouldContain("town.ics");

        var large = await Upload(visitor, file + new string(' ', 3 * 1024 * 1024));
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        Forms.Plain(await large.Content.ReadAsStringAsync(Stop)).ShouldContain("A calendar file may have at most 1 MB");
        host.Desk.Uses.Count.ShouldBe(300);
    }

    [Theory]
    [InlineData("Marie", "/srv/calendars/town.ics")]
    [InlineData("Ivo", "/etc/passwd")]
    [InlineData("Ivo", "../secret.ics")]
    [InlineData("Ivo", "/nowhere/town.ics")]
    public async Task Path_on_disk_is_for_installers_and_tells_nothing_of_the_disk(string who, string path)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(who, Stop);
        var answer = await visitor.Send("/calendar/import", "import", [("path", path), ("wholeDays", "LeftOut"), ("elsewhere", "")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("root:");
    }

    [Fact]
    public async Task Programs_read_and_change_the_calendar()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var row = new { kind = "Event", first = "2026-01-20", last = (string?)null, weekly = false, hours = "18:00-21:00", zones = new[] { "gym" }, note = "Vote", setpointC = 16.5, inSchoolHolidays = false };
        (await visitor.PostAsJsonAsync("/api/v1/calendar/events", row, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.SignIn(Stop);
        (await visitor.PostAsJsonAsync("/api/v1/calendar/events", row, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "without the form's token");
        visitor.DefaultRequestHeaders.Add("RequestVerificationToken", await visitor.Token("/calendar/import", Stop));
        (await visitor.PostAsJsonAsync("/api/v1/calendar/events", row, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await visitor.PostAsJsonAsync("/api/v1/calendar/events", row with { hours = "late" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var calendar = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/api/v1/calendar?from=2026-01-01&to=2026-06-30", UriKind.Relative), Stop));
        var added = calendar.RootElement.GetProperty("events")[0];
        (added.GetProperty("note").GetString(), added.GetProperty("setpointC").GetDouble(), added.GetProperty("addedBy").GetString()).ShouldBe(("Vote", 16.5, "Marie"));
        calendar.RootElement.GetProperty("holidays").GetArrayLength().ShouldBe(2);

        var exported = await visitor.GetAsync(new Uri("/api/v1/calendar.ics", UriKind.Relative), Stop);
        (exported.Content.Headers.ContentType?.MediaType).ShouldBe("text/calendar");
        var file = await exported.Content.ReadAsStringAsync(Stop);
        file.ShouldContain("SUMMARY:Vote");
        using var body = new StringContent(file, Encoding.UTF8, "text/calendar");
        var imported = await visitor.PostAsync(new Uri("/api/v1/calendar/import?name=own.ics&preview=true", UriKind.Relative), body, Stop);
        (await imported.Content.ReadAsStringAsync(Stop)).ShouldContain("\"note\":\"Vote\"");
        host.Desk.Uses.Count.ShouldBe(1);
        (await visitor.DeleteAsync(new Uri($"/api/v1/calendar/events/{added.GetProperty("id").GetInt64()}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Desk.Uses.ShouldBeEmpty();
    }

    [Fact]
    public void Override_ends_by_default_with_the_event_and_not_in_the_holidays()
    {
        var now = SampleSchool.Monday0612;
        var (site, gym) = (SampleSchool.Site, SampleSchool.Site.Zones.First(z => z.Id.Name == "gym"));
        var evening = new Occasion(OccasionKind.Event, new(2026, 1, 19), new(2026, 1, 19)) { Zones = [gym.Id], Hours = [new(TimeSpan.FromHours(18), TimeSpan.FromHours(21), Mode.Comfort)] };
        EnergyPilot.Gateway.Web.OverrideForm.EndOfUse(gym, site.With([evening]), now).ShouldBe(new DateTimeOffset(2026, 1, 19, 20, 0, 0, TimeSpan.Zero));
        EnergyPilot.Gateway.Web.OverrideForm.EndOfUse(gym, site.With([new Occasion(OccasionKind.Closed, new(2026, 1, 19), new(2026, 1, 19))]), now).ShouldBe(DateTimeOffset.MinValue);
    }

    private static async Task<HttpResponseMessage> Upload(HttpClient visitor, string file)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("import"), "_handler");
        form.Add(new StringContent(await visitor.Token("/calendar/import", Stop)), "__RequestVerificationToken");
        form.Add(new StringContent(""), "path");
        form.Add(new StringContent("LeftOut"), "wholeDays");
        form.Add(new StringContent(""), "elsewhere");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "town.ics");
        return await visitor.PostAsync(new Uri("/calendar/import", UriKind.Relative), form, Stop);
    }
}
