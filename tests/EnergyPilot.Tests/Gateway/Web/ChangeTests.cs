using System.Net;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Changing anything: who may, how it is guarded, and what a mistake costs.</summary>
public sealed class ChangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (string, string)[] Wish(string setpoint, string end, string until, string note) =>
        [("setpoint", setpoint), ("end", end), ("until", until), ("note", note)];

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    [Fact]
    public async Task Nobody_changes_anything_without_signing_in()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("Sign in to change the temperature");
        // Such a page has no form at all: the token is one of the sign-in page.
        var token = await visitor.Token("/login", Stop);
        var answer = await visitor.Post("/zones/cp", [("_handler", "override"), ("__RequestVerificationToken", token), .. Wish("20", "TwoHours", "", "")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith("/login?back=%2Fzones%2Fcp");
        host.Desk.Wishes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Viewer_cannot_change_a_setpoint()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn("Vera", Stop);
        var answer = await visitor.Post("/zones/cp", [("_handler", "override"), ("__RequestVerificationToken", await visitor.Token("/zones/cp", Stop)), .. Wish("20", "TwoHours", "", "")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Plain(answer)).ShouldContain("Not with this account");
        host.Desk.Wishes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Form_without_its_token_is_refused()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var answer = await visitor.Post("/zones/cp", [("_handler", "override"), .. Wish("20", "TwoHours", "", "")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("This form was too old");
        host.Desk.Wishes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wish_by_hand_is_kept_with_its_end_and_owner()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("fr");
        await visitor.SignIn(Stop);
        var answer = await visitor.Send("/zones/cp", "override", Wish("20,5", "EndOfUse", "", " Réunion "), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        host.Desk.Wishes.ShouldHaveSingleItem().ShouldBe(new Override(
            1, new("cp"), 20.5.Celsius, "Marie", SampleSchool.Monday0612, new DateTimeOffset(2026, 1, 19, 15, 30, 0, TimeSpan.Zero), "Réunion"));
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("Réglé à la main à 20,5 °C par Marie jusqu’à 16:30. « Réunion »");
    }

    [Fact]
    public async Task Wish_until_a_moment_is_on_the_schools_clocks()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/gym", "override", Wish("17", "Moment", "2026-01-19T21:15", ""), Stop);
        host.Desk.Wishes.ShouldHaveSingleItem().Until.ShouldBe(new DateTimeOffset(2026, 1, 19, 20, 15, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("warm", "TwoHours", "", "“warm” is not a temperature. Type a number such as 19.5, between 5.0 °C and 22.0 °C.")]
    [InlineData("", "TwoHours", "", "Type a temperature such as 19.5, between 5.0 °C and 22.0 °C.")]
    [InlineData("25", "TwoHours", "", "25.0 °C is outside what is allowed here: between 5.0 °C and 22.0 °C.")]
    [InlineData("NaN", "TwoHours", "", "“NaN” is not a temperature.")]
    [InlineData("20", "", "", "Choose when it ends.")]
    [InlineData("20", "7", "", "Choose when it ends.")]
    [InlineData("20", "Moment", "tonight", "This is not a day and time: “tonight”.")]
    [InlineData("20", "Moment", "2026-01-19T05:00", "This moment has passed: it is 06:12 now.")]
    [InlineData("20", "Moment", "2026-01-20T06:30", "This is too far away: at most 24 h, until Tue 06:12.")]
    public async Task Mistake_is_explained_and_what_was_typed_stays(string setpoint, string end, string until, string message)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var answer = await visitor.Send("/zones/cp", "override", Wish(setpoint, end, until, "for the <choir>"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Forms.Plain(html).ShouldContain(message);
        html.ShouldContain("value=\"for the &lt;choir&gt;\"");
        html.ShouldContain($"name=\"setpoint\" inputmode=\"decimal\" autocomplete=\"off\" required value=\"{setpoint}\"");
        html.ShouldContain("aria-describedby=\"note-mistake\"");
        host.Desk.Wishes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wish_by_hand_can_be_cancelled()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/cp", "override", Wish("20.5", "TwoHours", "", ""), Stop);
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("Set by hand to 20.5 °C");
        await visitor.Send("/zones/cp", "cancel", [("override", "1")], Stop);
        host.Desk.Cancelled.ShouldBe([(1L, "Marie")]);
        (await visitor.Text("/zones/cp", Stop)).ShouldNotContain("Set by hand to 20.5 °C");
    }

    [Fact]
    public async Task Wish_that_was_cancelled_already_is_cancelled_without_ado()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/cp", "override", Wish("20.5", "TwoHours", "", ""), Stop);
        var first = await visitor.Send("/zones/cp", "cancel", [("override", "1")], Stop);
        var second = await visitor.Send("/zones/cp", "cancel", [("override", "1")], Stop);
        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Redirect, HttpStatusCode.Redirect));
        host.Desk.Cancelled.ShouldBe([(1L, "Marie")]);
    }

    [Theory]
    [InlineData("override")]
    [InlineData("cancel")]
    public async Task Zone_that_does_not_exist_is_not_found_whatever_is_sent_to_it(string handler)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var answer = await visitor.SendTo("/zones/attic", "/zones/cp", handler, [("override", "1"), .. Wish("20", "TwoHours", "", "")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Plain(answer)).ShouldContain("There is nothing here");
    }

    [Fact]
    public async Task Wish_of_another_zone_is_not_cancelled_from_here()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.Send("/zones/gym", "override", Wish("17", "TwoHours", "", ""), Stop);
        await visitor.Send("/zones/cp", "override", Wish("20", "TwoHours", "", ""), Stop);
        await visitor.Send("/zones/cp", "cancel", [("override", "1")], Stop);
        host.Desk.Cancelled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_password_is_said_and_the_name_stays()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var answer = await visitor.Send("/login", "login", [("name", "Marie"), ("password", "wrong")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        html.ShouldContain("Name and password do not go together");
        html.ShouldContain("value=\"Marie\"");
        html.ShouldNotContain("value=\"wrong\"");
    }

    [Fact]
    public async Task Lock_out_is_said_with_its_end()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var answer = await visitor.Send("/login", "login", [("name", SampleDesk.LockedName), ("password", "right or not")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Too many wrong passwords. Wait until 06:20");
    }

    [Fact]
    public async Task Guessing_passwords_is_slow()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 11; i++)
            statuses.Add((await visitor.Send("/login", "login", [("name", "Marie"), ("password", $"guess {i}")], Stop)).StatusCode);
        statuses[9].ShouldBe(HttpStatusCode.UnprocessableEntity);
        statuses[10].ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("/zones/cp", "/zones/cp")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task Sign_in_leads_back_to_our_own_pages_only(string back, string expected)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var path = $"/login?back={Uri.EscapeDataString(back)}";
        var answer = await visitor.Send(path, "login", [("name", "Marie"), ("password", SampleDesk.Password)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        new Uri(host.Address, answer.Headers.Location?.ToString()).ShouldBe(new Uri(host.Address, expected));
        var cookie = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("energypilot=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task Signing_out_needs_no_more_than_the_button()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("Keep this temperature");
        var answer = await visitor.SendTo("/logout", "/", "logout", [], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.Text("/zones/cp", Stop)).ShouldContain("Sign in to change the temperature");
    }

    [Fact]
    public async Task First_account_needs_the_code_that_the_gateway_printed()
    {
        await using var host = await Host();
        var setupCode = host.Access.Forget();
        using var visitor = host.Visitor("en");
        ((await visitor.GetAsync(new Uri("/login", UriKind.Relative), Stop)).Headers.Location?.ToString()).ShouldEndWith("/setup");

        (string, string)[] Form(string code, string password, string again) => [("code", code), ("name", "Ali"), ("password", password), ("again", again)];
        (await Plain(await visitor.Send("/setup", "setup", Form("wrong", "long enough words", "long enough words"), Stop))).ShouldContain("This code is not the right one");
        (await Plain(await visitor.Send("/setup", "setup", Form(setupCode, "short", "short"), Stop))).ShouldContain("at least 10 characters");
        (await Plain(await visitor.Send("/setup", "setup", Form(setupCode, "long enough words", "other words here"), Stop))).ShouldContain("The two passwords differ");
        host.Access.Books.Accounts.IsEmpty.ShouldBeTrue();

        var answer = await visitor.Send("/setup", "setup", Form(setupCode, "long enough words", "long enough words"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        host.Access.Books.Accounts.All.Select(a => a.Name).ShouldBe(["Ali"]);
        (await visitor.Text("/", Stop)).ShouldContain("Ali");
        ((await visitor.GetAsync(new Uri("/setup", UriKind.Relative), Stop)).Headers.Location?.ToString()).ShouldEndWith("/login");
    }

    private static async Task<string> Plain(HttpResponseMessage answer) => Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
}
