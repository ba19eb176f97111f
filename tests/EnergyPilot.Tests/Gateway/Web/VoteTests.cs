using System.Net;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Voting by anybody who stands in a room, and what staff make of it.</summary>
public sealed class VoteTests
{
    private const string Room = $"/r/{SampleVotes.Code}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anybody_votes_without_cookies_and_is_told_how_warm_it_is_and_why()
    {
        await using var host = await Host();
        using var phone = Phone(host, "fr");
        (await phone.GetAsync(new Uri(Room, UriKind.Relative), Stop)).Headers.Contains("Set-Cookie").ShouldBeFalse("a page without an account needs no cookie");

        var answer = await Vote(phone, "TooCold");
        var text = Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        text.ShouldContain("Merci, votre vote est compté : Trop froid.");
        text.ShouldContain("Il fait 17,2 °C, la consigne est de 19,0 °C jusqu’à 16:30.");
        text.ShouldContain("En relance pour atteindre 19,0 °C");
        text.ShouldContain("jamais au-dessus des 19,0 °C que la loi permet");
        text.ShouldContain("de nouveau pour cette pièce à partir de 06:42");
        var kept = host.Votes.Book.Since(new("cp"), SampleSchool.Monday0612.AddDays(-1)).ShouldHaveSingleItem();
        kept.ShouldBe(new ComfortVote(new(2026, 1, 19, 5, 0, 0, TimeSpan.Zero), new("cp"), Feeling.TooCold, 17.2.Celsius, 19.0.Celsius, kept.Outdoor, InUse: false));
    }

    [Fact]
    public async Task Second_vote_from_the_same_address_waits_half_an_hour_and_is_told_so()
    {
        await using var host = await Host();
        using var phone = Phone(host, "en");
        await Vote(phone, "TooCold");
        var again = await Vote(phone, "TooWarm");
        again.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Forms.Plain(await again.Content.ReadAsStringAsync(Stop)).ShouldContain("Not counted: somebody on this device, or on the same network, voted for this room a short time ago. Again from 06:42 on.");

        host.Clock.Now += TimeSpan.FromMinutes(30);
        (await Vote(phone, "TooWarm")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Votes.Book.CountSince(new("cp"), DateTimeOffset.MinValue).ShouldBe(2);
    }

    [Fact]
    public async Task Room_takes_sixty_votes_a_day()
    {
        await using var host = await Host();
        using var phone = Phone(host, "en");
        for (var i = 0; i < 60; i++) host.Votes.Book.Add(new ComfortVote(host.Clock.Now, new("cp"), Feeling.Fine, 18.0.Celsius, 18.0.Celsius, 2.0.Celsius, true));
        var answer = await Vote(phone, "Fine");
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("all the votes that are taken in a day");
        host.Clock.Now = host.Clock.Now.AddDays(1);
        (await Vote(phone, "Fine")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Page_of_somebody_else_does_not_vote_for_its_visitors(string header, string value)
    {
        await using var host = await Host();
        using var phone = Phone(host, "en");
        phone.DefaultRequestHeaders.Add(header, value);
        (await Vote(phone, "TooCold")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        host.Votes.Book.CountSince(new("cp"), DateTimeOffset.MinValue).ShouldBe(0);
    }

    [Theory]
    [InlineData("/r/AAAAAAAA"), InlineData("/r/cp"), InlineData("/r/7K3MXW9"), InlineData("/r/%27%20OR%201=1")]
    public async Task Unknown_code_leads_nowhere(string path)
    {
        await using var host = await Host();
        using var phone = Phone(host, "en");
        (await phone.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await phone.Post(path, [("_handler", "vote"), ("feeling", "TooCold")], Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/r/7k3m-xw9q"), InlineData("/r/7K3MXW9Q")]
    public async Task Code_is_read_as_people_type_it(string path)
    {
        await using var host = await Host();
        using var phone = Phone(host, "en");
        (await phone.Text(path, Stop)).ShouldContain("How do you feel in this room right now?");
    }

    [Theory]
    [InlineData("Hot"), InlineData("7"), InlineData("")]
    public async Task What_is_no_button_is_no_vote(string feeling)
    {
        await using var host = await Host();
        using var phone = Phone(host, "en");
        (await Vote(phone, feeling)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        host.Votes.Book.CountSince(new("cp"), DateTimeOffset.MinValue).ShouldBe(0);
    }

    [Fact]
    public async Task Viewer_and_stranger_see_no_votes()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        foreach (var path in new[] { "/votes", "/votes/cp", "/votes/posters" }) (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
        await visitor.SignIn("Vera", Stop);
        foreach (var path in new[] { "/votes", "/votes/cp", "/votes/posters" }) (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
    }

    [Fact]
    public async Task Staff_apply_a_suggestion_and_the_degree_that_was_given_is_remembered()
    {
        await using var host = await Host();
        host.Votes.Fill(new("cp"), 4, Feeling.TooCold, Feeling.TooCold);
        using var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        (await staff.Text("/votes", Stop)).ShouldContain("Suggestion: 19.0 °C instead of 18.0 °C. On 4 days, 100% of the moments were too cold");
        (await staff.Text("/", Stop)).ShouldContain("Votes suggest 19.0 °C instead of 18.0 °C");
        (await staff.Text("/votes/cp", Stop)).ShouldContain("+   setpoints: { comfort: 19.0 °C }");

        (await staff.Send("/votes/cp", "apply", [("version", "3"), ("setpoint", "19")], Stop)).Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith("/votes?done=set&zone=cp");
        host.Desk.Site.Zones[0].Setpoints.Comfort.ShouldBe(new Celsius(19));
        host.Votes.Rooms.Now.Given["cp"].ShouldBe(new(18, 19));
        host.Votes.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Marie"), a => a.What.ShouldBe("comfort suggestion applied"), a => a.Old.ShouldBe("18.0 °C"), a => a.New.ShouldBe("19.0 °C"));
    }

    [Theory]
    [InlineData("2", "19"), InlineData("3", "20"), InlineData("three", "19")]
    public async Task What_changed_meanwhile_is_looked_at_again(string version, string setpoint)
    {
        await using var host = await Host();
        host.Votes.Fill(new("cp"), 4, Feeling.TooCold, Feeling.TooCold);
        using var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        var answer = await staff.Send("/votes/cp", "apply", [("version", version), ("setpoint", setpoint)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Nothing was changed");
        host.Desk.Site.Zones[0].Setpoints.Comfort.ShouldBe(new Celsius(18));
    }

    [Fact]
    public async Task Not_now_rests_for_four_weeks()
    {
        await using var host = await Host();
        host.Votes.Fill(new("cp"), 4, Feeling.TooWarm, Feeling.TooWarm);
        using var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        await staff.Send("/votes", "rest-cp", [], Stop);
        (await staff.Text("/votes", Stop)).ShouldContain("Put off until Mon 16 Feb 06:12.");
        (await staff.Text("/", Stop)).ShouldNotContain("Votes suggest");
        host.Votes.Audit.Latest(1)[0].What.ShouldBe("comfort suggestion put off");
    }

    [Fact]
    public async Task New_code_ends_the_old_one()
    {
        await using var host = await Host();
        using var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        await staff.Send("/votes", "renew-cp", [], Stop);
        (await staff.GetAsync(new Uri(Room, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var code = host.Votes.Rooms.Now.Codes["cp"];
        code.ShouldMatch("^[0-9A-HJKMNP-TV-Z]{8}$");
        (await staff.GetAsync(new Uri($"/r/{code}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Posters_have_the_address_that_staff_keep_and_only_rooms_that_were_chosen()
    {
        await using var host = await Host();
        using var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        (await staff.Text("/votes/posters", Stop)).ShouldContain($"{host.Address.GetLeftPart(UriPartial.Authority)}{Room}");
        (await staff.Send("/votes/posters", "where", [("address", "https://chauffage.ecole.lan/")], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var sheet = await staff.Text("/votes/posters?zone=cp&size=a5", Stop);
        sheet.ShouldContain($"https://chauffage.ecole.lan{Room}");
        sheet.Split("class=\"poster\"").Length.ShouldBe(2);
        sheet.ShouldContain("Trop froid ? Trop chaud ? Bien ?");
        sheet.ShouldContain("Too cold? Too warm? Fine?");
        host.Votes.Rooms.Now.Codes.Values.Distinct().Count().ShouldBe(12);
    }

    [Theory]
    [InlineData("javascript:alert(1)"), InlineData("heating.lan"), InlineData("http://a:b@heating.lan"), InlineData("http://heating.lan/?x=1"), InlineData(""), InlineData("ftp://heating.lan")]
    public async Task What_is_no_address_is_said_beside_the_field_and_kept_there(string address)
    {
        await using var host = await Host();
        using var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        var answer = await staff.Send("/votes/posters", "where", [("address", address)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("This is no address.");
        host.Votes.Rooms.Now.Address.ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_language_is_in_the_address_not_in_a_cookie()
    {
        await using var host = await Host();
        using var phone = Phone(host, "fr");
        var page = await phone.GetAsync(new Uri($"{Room}?lang=en", UriKind.Relative), Stop);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        Forms.Plain(await page.Content.ReadAsStringAsync(Stop)).ShouldContain("Too cold");
        var answer = await phone.Post($"{Room}?lang=en", [("_handler", "vote"), ("feeling", "TooCold")], Stop);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Thank you, your vote counts");
    }

    internal static async Task<PageHost> Host()
    {
        var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Votes.GiveCode();
        return host;
    }

    private static HttpClient Phone(PageHost host, string language)
    {
        var phone = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        phone.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return phone;
    }

    private static Task<HttpResponseMessage> Vote(HttpClient phone, string feeling) => phone.Post(Room, [("_handler", "vote"), ("feeling", feeling)], Stop);
}
