using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace EnergyPilot.Tests.Gateway.Web;

public sealed class PageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task School_page_says_first_whether_all_is_well()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var text = await visitor.Text("/", Stop);
        text.ShouldContain("All is well: 12 zones, 18.0 °C on average.");
        text.ShouldContain("Warming up to reach 19.0 °C by 08:30: now 17.2 °C, −2.1 °C outdoors; needs about 2 h 28 more.");
    }

    [Fact]
    public async Task French_reader_reads_French()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("fr-FR, en;q=0.8");
        var text = await visitor.Text("/", Stop);
        text.ShouldContain("Tout va bien : 12 zones, 18,0 °C en moyenne.");
        text.ShouldContain("<html lang=\"fr\">");
    }

    [Fact]
    public async Task Chosen_language_is_remembered()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var chosen = await visitor.GetAsync(new Uri("/zones/cp?lang=fr", UriKind.Relative), Stop);
        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (chosen.Headers.Location?.ToString()).ShouldBe("/zones/cp");
        (await visitor.Text("/", Stop)).ShouldContain("Tout va bien");
    }

    [Theory]
    [InlineData("/energy?period=year&day=2026-01-14", "/energy?period=year&amp;day=2026-01-14&amp;lang=fr")]
    [InlineData("/zones/cp", "/zones/cp?lang=fr")]
    public async Task Other_language_shows_the_same(string path, string link)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var page = await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
        page.ShouldContain($"href=\"{link}\" lang=\"fr\"");
        page.ShouldContain($"/login?back={Uri.EscapeDataString(path)}\"");
        ((await visitor.GetAsync(new Uri(System.Net.WebUtility.HtmlDecode(link), UriKind.Relative), Stop)).Headers.Location?.ToString()).ShouldBe(path);
    }

    [Fact]
    public async Task Whoever_must_sign_in_first_comes_back_to_the_same()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var asked = await visitor.GetAsync(new Uri("/devices/edit?device=relays", UriKind.Relative), Stop);
        asked.Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith($"/login?back={Uri.EscapeDataString("/devices/edit?device=relays")}");
    }

    [Fact]
    public async Task Every_help_has_a_title_of_its_own()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var titles = System.Text.RegularExpressions.Regex.Matches(await visitor.Text("/help", Stop), "<h2 id=\"[^\"]+\">([^<]+)</h2>").Select(m => m.Groups[1].Value).ToList();
        titles.ShouldContain("Import a calendar");
        titles.ShouldBeUnique();
        titles.ShouldNotContain("How does this page work?");
    }

    [Fact]
    public async Task Trouble_is_said_in_words_and_by_name()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var text = await visitor.Text("/", Stop);
        text.ShouldContain("2 things need attention: Chaudière gaz, Classe 3 (CE2).");
        text.ShouldContain("The boiler is locked out since 05:57 and does not heat");
        text.ShouldContain("Sensor lost");
        text.ShouldContain("By hand until 12:12");
    }

    [Fact]
    public async Task Old_values_are_not_shown_as_news()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        host.Clock.Now = SampleSchool.Monday0612.AddMinutes(3);
        (await visitor.Text("/", Stop)).ShouldContain("No news from the control since 06:12");
        (await visitor.GetAsync(new Uri("/healthz", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Health_is_well_after_a_cycle()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await visitor.Text("/healthz", Stop)).ShouldBe("last cycle 2026-01-19T05:12:30Z\n");
    }

    [Fact]
    public async Task Before_the_first_cycle_the_page_says_that_it_starts()
    {
        await using var host = await PageHost.Start(Stop);
        using var visitor = host.Visitor("en");
        (await visitor.Text("/", Stop)).ShouldContain("The control is starting.");
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("The control is starting.");
        (await visitor.GetAsync(new Uri("/healthz", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/zones/cp")]
    [InlineData("/login")]
    [InlineData("/nowhere")]
    [InlineData("/healthz")]
    public async Task Every_answer_is_strict_about_what_may_run(string path)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'; script-src 'self'; style-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
    }

    [Fact]
    public async Task Nothing_comes_from_elsewhere_and_nothing_is_inline()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        foreach (var path in new[] { "/", "/zones/cp", "/login" })
        {
            var html = await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
            html.ShouldNotContain("https://");
            html.ShouldNotContain("http://");
            html.ShouldNotContain(" style=");
            html.ShouldNotContain("<script>");
            html.ShouldNotContain(" onclick");
        }
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/zones/nosuch")]
    public async Task Wrong_address_gets_a_clear_page(string path)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("There is nothing here");
    }

    [Fact]
    public async Task Failed_page_says_that_heating_goes_on()
    {
        var record = SampleSchool.Cycle(SampleSchool.Monday0612);
        await using var host = await PageHost.Start(Stop, record with { Decision = record.Decision with { Targets = [] } });
        using var visitor = host.Visitor("en");
        var answer = await visitor.GetAsync(new Uri("/", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("The heating goes on regardless");
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        const string Hostile = "<script>alert(1)</script>\"'&";
        var site = SampleSchool.Site with { Name = Hostile, Zones = [.. SampleSchool.Site.Zones.Select(z => z with { Name = Hostile })] };
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612) with { Site = site });
        host.Desk.Site = site;
        using var visitor = host.Visitor("en");
        foreach (var path in new[] { "/", "/zones/cp" })
        {
            var html = await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
            html.ShouldNotContain("<script>alert");
            html.ShouldContain("&lt;script&gt;alert(1)");
        }
    }

    [Fact]
    public async Task Events_bring_what_changed_and_nothing_else()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        await using var stream = await visitor.GetStreamAsync(new Uri("/events", UriKind.Relative), Stop);
        await using var events = SseParser.Create(stream).EnumerateAsync(Stop).GetAsyncEnumerator(Stop);
        (await events.MoveNextAsync()).ShouldBeTrue();
        Parts(events.Current).Count.ShouldBe(17);

        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(10)));
        (await events.MoveNextAsync()).ShouldBeTrue();
        Parts(events.Current).Keys.ShouldBeEmpty();
        events.Current.Data.ShouldContain("\"at\":\"06:12:40\"");

        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(20), 0.5));
        (await events.MoveNextAsync()).ShouldBeTrue();
        Parts(events.Current)["zone-cp"].ShouldContain("17.7");
        Parts(events.Current).ShouldNotContainKey("plant");
    }

    [Fact]
    public async Task Events_of_an_unknown_zone_do_not_exist()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri("/events?zone=nosuch", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Series_of_a_zone_has_its_units_in_its_names()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        using var json = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/api/v1/zones/cp/series?hours=24", UriKind.Relative), Stop));
        json.RootElement.GetProperty("stepSeconds").GetInt32().ShouldBe(300);
        foreach (var name in new[] { "times", "roomC", "targetC", "outdoorC", "heatPercent", "co2Ppm" })
            json.RootElement.GetProperty(name).GetArrayLength().ShouldBe(288);
        json.RootElement.GetProperty("targetC")[287].GetDouble().ShouldBe(19);
    }

    [Theory]
    [InlineData("/api/v1/zones/cp/series?hours=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/zones/cp/series?hours=9999", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/zones/nosuch/series", HttpStatusCode.NotFound)]
    public async Task Series_out_of_bounds_is_refused(string path, HttpStatusCode expected)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(expected);
    }

    private static Dictionary<string, string> Parts(SseItem<string> item)
    {
        using var json = JsonDocument.Parse(item.Data);
        return json.RootElement.GetProperty("parts").EnumerateObject().ToDictionary(p => p.Name, p => Forms.Plain(p.Value.GetString() ?? ""));
    }
}
