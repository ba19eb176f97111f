using System.Net;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Hosting;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Which holidays apply, chosen on the page, in the demo school's own site file. It is Monday 19 January 2026.</summary>
public sealed class HolidayTests : IDisposable
{
    private const string Page = "/calendar/holidays", Own = "lucie-aubrac-2026";

    private readonly DeskBench bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    private async Task<PageHost> Host()
    {
        bench.Start().ShouldBeTrue();
        var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        (host.Desk.Editor, host.Desk.Site, host.Desk.HolidayFiles) = (() => bench.Desk, bench.Live.Site, bench.HolidayFiles);
        return host;
    }

    private string[] Apply => [.. bench.Desk.Current.Calendar.Sources.Select(s => s.Id)];

    private (string, string)[] Ticked(string school, string @public, string act, params string[] own) =>
        [("version", $"{bench.Desk.Version}"), ("seen", string.Join(' ', [school, @public, .. own])), ("school", school), ("public", @public), .. own.Select(o => ("own", o)), ("act", act)];

    [Fact]
    public async Task Calendars_at_hand_are_listed_in_words_with_their_ends_and_what_applies_is_ticked()
    {
        await using var host = await Host();
        using var marie = host.Visitor("fr");
        await marie.SignIn(Stop);
        var html = await marie.GetStringAsync(new Uri(Page, UriKind.Relative), Stop);
        var text = Forms.Plain(html);
        foreach (var words in new[] { "Quelles vacances valent ici", "France, zone A", "Grenoble", "France, zone C", "Versailles", "Belgique, Fédération Wallonie-Bruxelles", "sans l’Alsace et la Moselle", "connu jusqu’au samedi 3 juillet 2027" }) text.ShouldContain(words);
        text.ShouldContain("value=\"france-zone-b\" checked");
        text.ShouldContain("value=\"france-public\" checked");
        text.Split("type=\"radio\"").Length.ShouldBe(1 + SchoolFiles.Calendars.Count + 2);
        text.ShouldNotContain("name=\"own\"");
        text.ShouldNotContain("name=\"act\" value=\"keep\"");
    }

    [Fact]
    public async Task Choice_is_shown_with_its_days_before_it_is_kept_and_is_undone()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        var looked = Forms.Plain(await (await marie.Send(Page, "holidays", [.. Ticked("france-zone-a", "france-public", "look")], Stop)).Content.ReadAsStringAsync(Stop));
        looked.ShouldContain("Until Tue 19 Jan 2027: 9 school days become days off, 10 days off become school days.");
        looked.ShouldContain("Mon 9 Feb 2026 to Fri 13 Feb 2026: off now (Vacances d'hiver)");
        looked.ShouldContain("Holds at once");
        looked.ShouldContain("+   calendars: [france-zone-a, france-public]");
        bench.Desk.Versions.ShouldBeEmpty();

        var kept = await marie.Send(Page, "holidays", Ticked("france-zone-a", "france-public", "keep"), Stop);
        kept.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Apply.ShouldBe(["france-zone-a", "france-public"]);
        bench.Live.Site.Calendar.On(new(2026, 2, 9)).ShouldNotBeNull();
        bench.Beginnings.ShouldBe(0);
        bench.Store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(
            a => a.Who.ShouldBe("Marie"), a => a.Subject.ShouldBe("site.calendars"), a => a.Old.ShouldBe("[france-zone-b, france-public]"), a => a.New.ShouldBe("[france-zone-a, france-public]"));

        var done = new Uri(host.Address, kept.Headers.Location.ShouldNotBeNull()).PathAndQuery;
        (await marie.Send(done, "undo", [("version", $"{bench.Desk.Version}")], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Apply.ShouldBe(["france-zone-b", "france-public"]);
        bench.Desk.Text.Text.ShouldBe(SchoolFiles.Demo.Text);
    }

    [Fact]
    public async Task What_was_not_looked_at_is_shown_and_not_kept()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        var sent = Ticked("france-zone-a", "france-public", "keep").Select(f => f.Item1 == "seen" ? ("seen", "france-zone-c france-public") : f);
        var answer = await marie.Send(Page, "holidays", [.. sent], Stop);
        (answer.StatusCode, bench.Desk.Versions.Length).ShouldBe((HttpStatusCode.OK, 0));
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("value=\"france-zone-a france-public\"");
    }

    [Fact]
    public async Task Somebody_who_was_quicker_is_not_overruled_and_a_second_look_goes_through()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        var sent = Ticked("france-zone-a", "france-public", "keep");
        bench.Desk.Apply([new SetValue("site.calendars[0]", "france-zone-c")], bench.Desk.Version, DeskBench.Staff, "").IsDone.ShouldBeTrue();
        var answer = await marie.Send(Page, "holidays", sent, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var text = Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
        text.ShouldContain("Somebody else has changed something meanwhile");
        text.ShouldContain("value=\"france-zone-a\" checked");
        Apply.ShouldBe(["france-zone-c", "france-public"]);
        (await marie.Send(Page, "holidays", Ticked("france-zone-a", "france-public", "keep"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Apply.ShouldBe(["france-zone-a", "france-public"]);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("99")]
    [InlineData("newest")]
    public async Task Change_that_is_not_the_newest_any_more_is_not_undone(string version)
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        foreach (var zone in new[] { "france-zone-a", "france-zone-c" }) await marie.Send(Page, "holidays", Ticked(zone, "france-public", "keep"), Stop);
        var answer = await marie.SendTo($"{Page}?done=2", Page, "undo", [("version", version)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Apply.ShouldBe(["france-zone-c", "france-public"]);
    }

    [Theory]
    [InlineData("", "france-public", "Choose one, or none.")]
    [InlineData("france-zone-d", "france-public", "There is no calendar “france-zone-d” here any more")]
    [InlineData("france-public", "france-public", "There is no calendar “france-public” here any more")]
    [InlineData("france-zone-a", "<script>", "There is no calendar “<script>” here any more")]
    public async Task Mistake_stands_beside_its_field_and_changes_nothing(string school, string @public, string message)
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        var answer = await marie.Send(Page, "holidays", Ticked(school, @public, "keep"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Forms.Plain(html).ShouldContain(message);
        html.ShouldNotContain("<script>”");
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task School_without_holidays_is_said_so_on_the_calendar()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        (await marie.Send(Page, "holidays", Ticked("-", "-", "keep"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        bench.Desk.Text.Text.ShouldNotContain("calendars:");
        host.Desk.Site = bench.Live.Site;
        (await marie.Text("/calendar", Stop)).ShouldContain("No holidays are known");
        (await marie.Send(Page, "holidays", Ticked("france-zone-b", "-", "keep"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Apply.ShouldBe(["france-zone-b"]);
    }

    [Fact]
    public async Task Days_of_the_school_itself_stand_beside_the_published_ones_and_comments_stay()
    {
        var days = "# name: Ponts de Lucie Aubrac\n# kind: school\n# known-until: 9999-12-31\nfirst,last,name\n2026-05-15,2026-05-15,Pont\n";
        bench.HolidayFiles = new Dictionary<string, DocumentText>(SchoolFiles.Calendars) { [Own] = new($"{Own}.csv", days), ["torn"] = new("config/calendars/torn.csv", "# kind: scool\n") };
        bench.File = SchoolFiles.Demo.Text.Replace("  calendars: [france-zone-b, france-public]\n", "  calendars:\n    - france-public   # all of France\n    - france-zone-b   # Lille\n", StringComparison.Ordinal);
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        var text = await marie.Text(Page, Stop);
        text.ShouldContain("Ponts de Lucie Aubrac");
        text.ShouldContain("config/calendars/torn.csv cannot be used: line 1,");

        await marie.Send(Page, "holidays", Ticked("france-zone-c", "france-public", "keep"), Stop);
        bench.Desk.Text.Text.ShouldContain("    - france-public   # all of France\n    - france-zone-c   # Lille\n");
        await marie.Send(Page, "holidays", Ticked("france-zone-c", "france-public", "keep", Own), Stop);
        Apply.ShouldBe(["france-public", "france-zone-c", Own]);
        (await marie.Text(Page, Stop)).ShouldContain($"value=\"{Own}\" checked");
        bench.Live.Site.Calendar.On(new(2026, 5, 15)).ShouldNotBeNull().Name.ShouldBe("Pont");
    }

    [Fact]
    public async Task Several_calendars_of_a_kind_are_named_before_one_is_left()
    {
        bench.File = SchoolFiles.Demo.Text.Replace("[france-zone-b, france-public]", "[france-zone-b, france-zone-c, france-public]", StringComparison.Ordinal);
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        (await marie.Text(Page, Stop)).ShouldContain("School holidays: France, zone B; School holidays: France, zone C");
        await marie.Send(Page, "holidays", Ticked("france-zone-c", "france-public", "keep"), Stop);
        Apply.ShouldBe(["france-zone-c", "france-public"]);
    }

    [Fact]
    public async Task Viewer_and_stranger_neither_see_nor_change_it()
    {
        await using var host = await Host();
        using var vera = await host.SignedIn("Vera", Stop);
        (await vera.GetAsync(new Uri(Page, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await vera.SendTo(Page, "/", "holidays", Ticked("france-zone-a", "france-public", "keep"), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await vera.Text("/calendar", Stop)).ShouldNotContain(Page);
        using var stranger = host.Visitor("en");
        (await stranger.GetAsync(new Uri(Page, UriKind.Relative), Stop)).Headers.Location.ShouldNotBeNull().ToString().ShouldContain("/login");
        bench.Desk.Versions.ShouldBeEmpty();
    }
}
