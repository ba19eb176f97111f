using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Gateway.Web.Programme;
using EnergyPilot.Tests.Gateway.Hosting;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The week and the temperatures of a zone, changed in the demo school's own site file.</summary>
public sealed class ProgrammeTests : IDisposable
{
    private readonly DeskBench bench = new();

    public ProgrammeTests() => bench.Start().ShouldBeTrue();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    private async Task<PageHost> Host()
    {
        var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Desk.Editor = () => bench.Desk;
        host.Desk.Site = bench.Live.Site;
        return host;
    }

    private string Week(string zone) => string.Join(" | ", bench.Desk.Current.Zones.First(z => z.Id.Name == zone).Programme.Days.Select(DayText.Of));

    private (string, string)[] Typed(string monday, string @for) =>
        [("version", $"{bench.Desk.Version}"), ("day0", monday), ("day1", ""), ("day2", "9h-12h"), ("day3", ""), ("day4", ""), ("day5", ""), ("day6", ""), ("for", @for), ("act", "keep")];

    [Theory]
    [InlineData("fr", "07:00-08:00 réduit, 9h-12h", "07:00-08:00 Réduit, 09:00-12:00")]
    [InlineData("fr", "07:00-08:00 absence longue, 09:00-12:00", "07:00-08:00 Absence longue, 09:00-12:00")]
    [InlineData("fr", "07:00-08:00 reduced, 09:00-12:00 HORS-GEL", "07:00-08:00 Réduit, 09:00-12:00 Hors-gel")]
    [InlineData("en", "07:00-08:00 frost protection", "07:00-08:00 Frost protection")]
    public async Task Modes_behind_hours_are_in_the_readers_words(string language, string typed, string shown)
    {
        await using var host = await Host();
        using var visitor = host.Visitor(language);
        await visitor.SignIn(Stop);

        (await visitor.Send("/zones/cp/programme", "week", Typed(typed, "all"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await visitor.Text("/zones/cp/programme", Stop)).ShouldContain($"value=\"{shown}\"");
    }

    [Fact]
    public async Task Week_of_all_that_share_it_is_changed_and_undone()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var before = Week("ce1");
        (await visitor.Text("/zones/cp/programme", Stop)).ShouldContain("This week also holds for: ");
        var answer = await visitor.Send("/zones/cp/programme", "week", Typed("08:00-12:00, 14:00-16:00 reduced", "all"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Week("cp").ShouldBe("08:00-12:00, 14:00-16:00 reduced |  | 09:00-12:00 |  |  |  | ");
        Week("ce1").ShouldBe(Week("cp"));
        bench.Store.Audit.Latest(1)[0].Who.ShouldBe("Marie");

        var done = new Uri(host.Address, answer.Headers.Location.ShouldNotBeNull()).PathAndQuery;
        await visitor.Send(done, "undo", [("version", $"{bench.Desk.Version}")], Stop);
        Week("ce1").ShouldBe(before);
    }

    [Fact]
    public async Task One_room_gets_a_week_of_its_own_and_the_others_keep_theirs()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var before = Week("ce1");
        await visitor.Send("/zones/cp/programme", "week", Typed("08:00-12:00", "own"), Stop);
        (Week("cp"), Week("ce1")).ShouldBe(("08:00-12:00 |  | 09:00-12:00 |  |  |  | ", before));
        bench.Desk.Text.Text.ShouldContain("cp-own:");
    }

    [Fact]
    public async Task Week_of_its_own_that_a_room_follows_no_more_is_not_written_over()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        await visitor.Send("/zones/cp/programme", "week", Typed("08:00-12:00", "own"), Stop);
        bench.Desk.Apply([new SetValue("zones.cp.programme", "classroom")], bench.Desk.Version, DeskBench.Staff, "");

        await visitor.Send("/zones/cp/programme", "week", Typed("09:00-12:00", "own"), Stop);

        bench.Desk.Current.Zones.First(z => z.Id.Name == "cp").Programme.Id.ShouldBe("cp-own-2");
        bench.Desk.Current.HasProgramme("cp-own").ShouldBeTrue();
    }

    [Fact]
    public async Task What_it_means_is_told_before_and_changes_nothing()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var answer = await visitor.Send("/zones/cp/programme", "week", [.. Typed("08:00-12:00", "own").Where(f => f.Item1 != "act"), ("template", "full")], Stop);
        var text = Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
        text.ShouldContain("value=\"08:00-18:00\"");
        (await visitor.Send("/zones/cp/programme", "week", [.. Typed("08:00-12:00", "all").Where(f => f.Item1 != "act"), ("act", "look")], Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Day_is_copied_to_the_others()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var answer = await visitor.Send("/zones/cp/programme", "week", [.. Typed("07:45-11:45", "all").Where(f => f.Item1 != "act"), ("copy", "0")], Stop);
        (await answer.Content.ReadAsStringAsync(Stop)).Split("value=\"07:45-11:45\"").Length.ShouldBe(6);
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("08:00-25:00")]
    [InlineData("<script>")]
    [InlineData("08:00-12:00, 11:00-13:00 reduced")]
    public async Task Mistake_stands_beside_its_day(string monday)
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var answer = await visitor.Send("/zones/cp/programme", "week", Typed(monday, "all"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain($"“{monday}” are no hours");
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Setpoints_hold_for_the_zone_and_limits_and_order_are_kept()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("fr");
        await visitor.SignIn(Stop);
        (string, string)[] Sent(string comfort, string reduced) => [("version", $"{bench.Desk.Version}"), ("comfort", comfort), ("reduced", reduced), ("absence", "8"), ("frost", "6"), ("for", "zone"), ("act", "keep")];
        (await visitor.Text("/zones/cp/programme", Stop)).ShouldContain("R.241-26");
        var outside = await visitor.Send("/zones/cp/programme", "setpoints", Sent("30", "16"), Stop);
        Forms.Plain(await outside.Content.ReadAsStringAsync(Stop)).ShouldContain("30,0 °C");
        var disorder = await visitor.Send("/zones/cp/programme", "setpoints", Sent("15", "16"), Stop);
        (outside.StatusCode, disorder.StatusCode).ShouldBe((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity));
        bench.Desk.Versions.ShouldBeEmpty();

        (await visitor.Send("/zones/cp/programme", "setpoints", Sent("18,5", "16"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        bench.Desk.Current.Zones.First(z => z.Id.Name == "cp").Setpoints.Comfort.Degrees.ShouldBe(18.5);
        bench.Desk.Current.Zones.First(z => z.Id.Name == "ce1").Setpoints.Comfort.Degrees.ShouldBe(19);
    }

    [Fact]
    public async Task Setpoints_of_one_zone_for_the_whole_school_are_told_before_they_hold()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        // As they stand in the gym, which has its own.
        var looked = await visitor.Send("/zones/gym/programme", "setpoints", [("version", $"{bench.Desk.Version}"), ("comfort", "16"), ("reduced", "12"), ("absence", "8"), ("frost", "6"), ("for", "site"), ("act", "look")], Stop);
        Forms.Plain(await looked.Content.ReadAsStringAsync(Stop)).ShouldContain("16.0 °C instead of 19.0 °C");
        var same = await visitor.Send("/zones/cp/programme", "setpoints", [("version", $"{bench.Desk.Version}"), ("comfort", "19"), ("reduced", "16"), ("absence", "8"), ("frost", "6"), ("for", "site"), ("act", "look")], Stop);
        Forms.Plain(await same.Content.ReadAsStringAsync(Stop)).ShouldNotContain("instead of 19.0 °C");
    }

    [Fact]
    public async Task Undo_after_a_change_of_somebody_else_says_so()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var done = new Uri(host.Address, (await visitor.Send("/zones/cp/programme", "week", Typed("08:00-12:00", "all"), Stop)).Headers.Location.ShouldNotBeNull()).PathAndQuery;
        var mine = bench.Desk.Version;
        await visitor.Send("/zones/cp/programme", "week", Typed("09:00-12:00", "all"), Stop);

        var late = await visitor.Send(done, "undo", [("version", $"{mine}")], Stop);

        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Forms.Plain(await late.Content.ReadAsStringAsync(Stop)).ShouldContain("Somebody else has changed something meanwhile");
        Week("cp").ShouldStartWith("09:00-12:00");
    }

    [Fact]
    public async Task Card_that_takes_nothing_is_told_with_the_same_status_to_people_and_programs()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var before = Week("cp");
        bench.Number("DROP TABLE site_trial; SELECT 1");

        var page = await visitor.Send("/zones/cp/programme", "week", Typed("08:00-12:00", "all"), Stop);
        visitor.DefaultRequestHeaders.Add("RequestVerificationToken", await visitor.Token("/zones/cp", Stop));
        var program = await visitor.PutAsJsonAsync("/api/v1/zones/cp/setpoints", new SetpointRow(bench.Desk.Version, 18, 16, 8, 6), Stop);

        (page.StatusCode, program.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable));
        Forms.Plain(await page.Content.ReadAsStringAsync(Stop)).ShouldContain("The memory card takes nothing at the moment: nothing was changed.");
        Week("cp").ShouldBe(before);
    }

    [Fact]
    public async Task Change_that_rests_on_an_older_version_is_not_made()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        var old = Typed("08:00-12:00", "all");
        await visitor.Send("/zones/cp/programme", "week", Typed("09:00-12:00", "all"), Stop);
        var answer = await visitor.Send("/zones/cp/programme", "week", old, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Somebody else has changed something meanwhile");
        Week("cp").ShouldStartWith("09:00-12:00");
    }

    [Fact]
    public async Task Viewer_changes_no_programme()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn("Vera", Stop);
        (await visitor.SendTo("/zones/cp/programme", "/", "week", Typed("08:00-12:00", "all"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Programs_change_week_and_setpoints_on_the_version_that_they_saw()
    {
        await using var host = await Host();
        using var visitor = await host.SignedIn("Marie", Stop);
        visitor.DefaultRequestHeaders.Add("RequestVerificationToken", await visitor.Token("/calendar/import", Stop));
        using var week = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/api/v1/zones/gym/programme", UriKind.Relative), Stop));
        var version = week.RootElement.GetProperty("version").GetInt64();
        var days = new[] { "09:00-12:00", "", "", "", "", "", "" };
        (await visitor.PutAsJsonAsync("/api/v1/zones/gym/programme", new { version, days, inSchoolHolidays = false, onlyThisZone = false }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Week("gym").ShouldStartWith("09:00-12:00 |");
        (await visitor.PutAsJsonAsync("/api/v1/zones/gym/programme", new { version = version + 99, days, inSchoolHolidays = false, onlyThisZone = false }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var degrees = new { version = bench.Desk.Version, comfortC = 16.5, reducedC = 14.0, absenceC = 8.0, frostC = 6.0, wholeSite = false };
        (await visitor.PutAsJsonAsync("/api/v1/zones/gym/setpoints", degrees, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Desk.Current.Zones.First(z => z.Id.Name == "gym").Setpoints.Comfort.Degrees.ShouldBe(16.5);
        (await visitor.PutAsJsonAsync("/api/v1/zones/gym/setpoints", degrees with { version = bench.Desk.Version, comfortC = 40 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
