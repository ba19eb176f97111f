using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Coming in, staying in and being put out; what programs may; and what the audit tells of it.</summary>
public sealed partial class AccessTests
{
    private const string Fresh = "a new long password";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    [Fact]
    public async Task A_role_is_that_of_the_account_at_each_request_and_a_change_ends_the_session()
    {
        await using var host = await Host();
        using var anne = await In(host, "Anne");
        using var marie = await In(host, "Marie");
        (await anne.Send("/accounts/Marie", "role", [("role", "Viewer")], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await marie.Text("/zones/cp", Stop)).ShouldContain("Sign in to change the temperature");
        host.Access.Audit[0].ShouldBe(host.Access.Audit[0] with { Who = "Anne", Origin = "127.0.0.1", What = "role changed", Subject = "Marie", Old = "Staff", New = "Viewer" });
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_needs_the_old_one()
    {
        await using var host = await Host();
        using var here = await In(host, "Marie");
        using var there = await In(host, "Marie");
        var wrong = await here.Send("/account", "password", [("old", "not it at all"), ("password", Fresh), ("again", Fresh)], Stop);
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await wrong.Content.ReadAsStringAsync(Stop)).ShouldContain("This is not your password.");
        (await here.Send("/account", "password", [("old", SampleDesk.Password), ("password", Fresh), ("again", Fresh)], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await here.Text("/account", Stop)).ShouldContain("Where you are signed in");
        (await there.Text("/account", Stop)).ShouldContain("Nobody is signed in");
        host.Access.Books.Accounts.Verify("Marie", Fresh).Result.ShouldBe(SignIn.Welcome);
    }

    [Fact]
    public async Task Whoever_must_mend_a_gateway_whose_card_takes_nothing_gets_in()
    {
        await using var host = await Host();
        host.Access.Books.Accounts.Verify("Marie", "mistyped").Result.ShouldBe(SignIn.Refused);
        host.Access.Fill("session", "audit", "account");
        using var marie = await In(host, "Marie");
        (await marie.Text("/account", Stop)).ShouldContain("this browser");
    }

    [Fact]
    public async Task A_session_that_was_ended_elsewhere_is_over_at_once()
    {
        await using var host = await Host();
        using var here = await In(host, "Marie");
        using var there = await In(host, "Marie");
        var other = host.Access.Books.Sessions.Of("Marie").MaxBy(s => s.Id).ShouldNotBeNull();
        await here.Send("/account", "sessions", [("end", $"{other.Id}")], Stop);
        (await there.Text("/account", Stop)).ShouldContain("Nobody is signed in");
        (await here.Text("/account", Stop)).ShouldContain("this browser");
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else_from_the_own_page()
    {
        await using var host = await Host();
        using var vera = await In(host, "Vera");
        using var anne = await In(host, "Anne");
        var other = host.Access.Books.Sessions.Of("Anne")[0];
        await vera.Send("/account", "sessions", [("end", $"{other.Id}")], Stop);
        (await anne.Text("/accounts", Stop)).ShouldContain("Who may sign in");
    }

    [Fact]
    public async Task A_stolen_cookie_is_worth_nothing_after_signing_out()
    {
        await using var host = await Host();
        using var marie = host.Visitor("en");
        var answer = await marie.SignIn(Stop);
        var cookie = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("energypilot=", StringComparison.Ordinal)).Split(';')[0];
        await marie.SendTo("/logout", "/", "logout", [], Stop);
        using var thief = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = host.Address };
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        (await thief.Text("/account", Stop)).ShouldContain("Nobody is signed in");
    }

    [Fact]
    public async Task Who_got_a_password_chooses_another_before_anything_else()
    {
        await using var host = await Host();
        using var anne = await In(host, "Anne");
        await anne.Send("/accounts", "add", [("name", "Zoé"), ("role", "Staff"), ("password", Fresh)], Stop);
        using var zoe = host.Visitor("en");
        await zoe.Send("/login", "login", [("name", "Zoé"), ("password", Fresh)], Stop);
        ((await zoe.GetAsync(new Uri("/zones/cp", UriKind.Relative), Stop)).Headers.Location?.ToString()).ShouldBe("/account");
        var token = await zoe.Token("/account", Stop);
        (await zoe.Post("/zones/cp", [("_handler", "override"), ("__RequestVerificationToken", token), ("setpoint", "20"), ("end", "TwoHours")], Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        host.Desk.Wishes.ShouldBeEmpty();
        await zoe.Send("/account", "password", [("old", Fresh), ("password", "one of my own"), ("again", "one of my own")], Stop);
        (await zoe.Text("/zones/cp", Stop)).ShouldContain("Keep this temperature");
    }

    [Fact]
    public async Task The_second_step_asks_a_code_and_takes_none_twice()
    {
        await using var host = await Host();
        using var marie = await In(host, "Marie");
        var (secret, paper) = await TurnOn(host, marie);
        paper.Length.ShouldBe(8);

        using var phone = host.Visitor("en");
        var asked = await phone.SignIn(Stop);
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Headers.Contains("Set-Cookie").ShouldBeFalse("no session before the second step");
        var html = await asked.Content.ReadAsStringAsync(Stop);
        (await Code(phone, html, Totp.Code(secret, Totp.StepAt(host.Clock.Now)))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "the code that switched it on is used");
        host.Clock.Now += TimeSpan.FromSeconds(30);
        (await Code(phone, html, Totp.Code(secret, Totp.StepAt(host.Clock.Now)))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await phone.Text("/account", Stop)).ShouldContain("You have 8 codes on paper left");

        using var lost = host.Visitor("en");
        html = await (await lost.SignIn(Stop)).Content.ReadAsStringAsync(Stop);
        (await Code(lost, html, paper[0].ToLowerInvariant())).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        html = await (await host.Visitor("en").SignIn(Stop)).Content.ReadAsStringAsync(Stop);
        host.Access.Books.SecondSteps.Check("Marie", paper[0]).Result.ShouldBe(SignIn.Refused);
    }

    [Fact]
    public async Task Guessing_codes_locks_the_second_step_and_the_right_password_does_not_unlock_it()
    {
        await using var host = await Host();
        using var marie = await In(host, "Marie");
        var (secret, _) = await TurnOn(host, marie);
        host.Clock.Now += TimeSpan.FromSeconds(60);
        for (var guess = 0; guess < 5; guess++) host.Access.Books.SecondSteps.Check("Marie", "000000").Result.ShouldBe(SignIn.Refused);
        using var thief = host.Visitor("en");
        var html = await (await thief.SignIn(Stop)).Content.ReadAsStringAsync(Stop);
        var answer = await Code(thief, html, Totp.Code(secret, Totp.StepAt(host.Clock.Now)));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Too many wrong codes. Wait until 06:14");
    }

    [Fact]
    public async Task Card_that_takes_nothing_lets_the_second_step_in_and_takes_no_code_twice()
    {
        await using var host = await Host();
        using var marie = await In(host, "Marie");
        var (secret, paper) = await TurnOn(host, marie);
        var codes = host.Access.Books.SecondSteps;
        host.Access.Fill("session", "audit", "account", "second_factor", "recovery_code");
        host.Clock.Now += TimeSpan.FromSeconds(60);
        var code = Totp.Code(secret, Totp.StepAt(host.Clock.Now));

        using var phone = host.Visitor("en");
        var html = await (await phone.SignIn(Stop)).Content.ReadAsStringAsync(Stop);
        (await Code(phone, html, code)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await phone.Text("/account", Stop)).ShouldContain("You have 8 codes on paper left");
        using var again = host.Visitor("en");
        html = await (await again.SignIn(Stop)).Content.ReadAsStringAsync(Stop);
        (await Code(again, html, code)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "from memory: the card does not know that it is used");

        codes.Check("Marie", paper[0]).Result.ShouldBe(SignIn.Welcome);
        codes.Check("Marie", paper[0]).Result.ShouldBe(SignIn.Refused);
        codes.PaperCodesLeft("Marie").ShouldBe(7);
        for (var guess = 0; guess < 4; guess++) codes.Check("Marie", "000000").Result.ShouldBe(SignIn.Refused);
        codes.Check("Marie", paper[1]).Result.ShouldBe(SignIn.LockedOut);
    }

    [Fact]
    public async Task Card_that_takes_again_is_told_which_codes_are_used()
    {
        await using var host = await Host();
        using var marie = await In(host, "Marie");
        var (_, paper) = await TurnOn(host, marie);
        host.Access.Fill("second_factor", "recovery_code");
        host.Access.Books.SecondSteps.Check("Marie", paper[0]).Result.ShouldBe(SignIn.Welcome);
        host.Access.Standing.Split("recovery_code").Length.ShouldBe(1 + 8);

        host.Access.Drain("second_factor", "recovery_code");
        host.Access.Books.SecondSteps.Check("Marie", "000000").Result.ShouldBe(SignIn.Refused);
        host.Access.Standing.Split("recovery_code").Length.ShouldBe(1 + 7);
        host.Access.Books.SecondSteps.PaperCodesLeft("Marie").ShouldBe(7);
    }

    [Fact]
    public async Task Lock_out_that_the_card_did_not_take_ends_when_an_admin_says_so()
    {
        await using var host = await Host();
        using var marie = await In(host, "Marie");
        var (_, paper) = await TurnOn(host, marie);
        host.Access.Fill("second_factor");
        for (var guess = 0; guess < 5; guess++) host.Access.Books.SecondSteps.Check("Marie", "000000");
        host.Access.Books.SecondSteps.Check("Marie", paper[0]).Result.ShouldBe(SignIn.LockedOut);
        host.Access.Drain("second_factor");
        using var anne = await In(host, "Anne");
        await anne.Send("/accounts/Marie", "deed", [("deed", "unlock")], Stop);
        host.Access.Books.SecondSteps.Check("Marie", paper[0]).Result.ShouldBe(SignIn.Welcome);
    }

    [Fact]
    public async Task A_ticket_of_somebody_else_or_a_made_up_one_opens_nothing()
    {
        await using var host = await Host();
        using var thief = host.Visitor("en");
        foreach (var ticket in (string[])["", "Marie", new string('x', 5000)])
        {
            var answer = await thief.Post("/login", [("_handler", "code"), ("__RequestVerificationToken", await thief.Token("/login", Stop)), ("ticket", ticket), ("code", "000000")], Stop);
            ((int)answer.StatusCode).ShouldBeInRange(400, 422);
        }

        (await thief.Text("/account", Stop)).ShouldContain("Nobody is signed in");
    }

    [Fact]
    public async Task A_program_with_a_token_does_what_its_owner_may_and_no_more()
    {
        await using var host = await Host();
        host.Desk.Uses.Add(QuestionTests.Added);
        using var marie = await In(host, "Marie");
        var made = await marie.Send("/account", "token", [("name", "display"), ("scope", "Comfort"), ("days", "30")], Stop);
        var key = KeyText().Match(await made.Content.ReadAsStringAsync(Stop)).Value;
        key.ShouldStartWith("ep_");
        (await marie.Text("/account", Stop)).ShouldNotContain(key, Case.Sensitive);

        using var program = Program(host, key);
        (await program.DeleteAsync(new Uri($"/api/v1/uses/{QuestionTests.Added.Id}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent, "no form's token is needed");
        (await program.GetAsync(new Uri("/api/v1/audit", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await program.GetAsync(new Uri("/api/v1/tokens", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await program.Text("/account", Stop)).ShouldContain("Nobody is signed in", Case.Sensitive, "pages know no tokens");

        host.Access.Books.Accounts.ChangeRole("Marie", Role.Viewer);
        (await program.DeleteAsync(new Uri("/api/v1/uses/1", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "bounded by the owner's role now");
        await marie.Send("/account", "tokens", [("token", $"{host.Access.Books.Tokens.All[0].Id}")], Stop);
        var gone = await program.GetAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop);
        (gone.StatusCode, gone.Headers.WwwAuthenticate.ToString()).ShouldBe((HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\""));
    }

    [Fact]
    public async Task A_token_is_over_at_its_end_and_wrong_ones_are_slowed_down()
    {
        await using var host = await Host();
        host.Access.Books.Tokens.TryAdd("Marie", "short", TokenScope.Read, host.Clock.Now.AddMinutes(1), out var key);
        using var program = Program(host, key);
        (await program.GetAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Clock.Now += TimeSpan.FromMinutes(2);
        List<HttpStatusCode> answers = [];
        for (var n = 0; n < 25; n++) answers.Add((await program.GetAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop)).StatusCode);
        (answers[0], answers[^1]).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests));
        host.Access.Audit.Count(e => e.What == "token refused").ShouldBe(1, "an attacker fills no card");
    }

    [Fact]
    public async Task Refused_sign_ins_are_one_line_an_hour_and_tell_no_mistyped_password()
    {
        await using var host = await Host();
        using var stranger = host.Visitor("en");
        for (var n = 0; n < 4; n++) await stranger.Send("/login", "login", [("name", "Marie"), ("password", $"guess {n}")], Stop);
        await stranger.Send("/login", "login", [("name", "my secret password"), ("password", "Marie")], Stop);
        host.Access.Audit.Select(e => (e.What, e.Subject, e.Origin)).ShouldBe([("sign-in refused", "", "127.0.0.1"), ("sign-in refused", "Marie", "127.0.0.1")]);
        host.Clock.Now += TimeSpan.FromHours(2);
        using var anne = await In(host, "Anne");
        (await anne.Text("/audit", Stop)).ShouldContain("+ 3");
        host.Access.Audit.ShouldAllBe(e => !e.ToString().Contains("secret"));
    }

    [Fact]
    public async Task The_last_admin_cannot_be_removed_nor_demoted()
    {
        await using var host = await Host();
        using var anne = await In(host, "Anne");
        foreach (var (handler, fields) in ((string, (string, string)[])[])[("remove", []), ("role", [("role", "Staff")])])
        {
            var answer = await anne.Send("/accounts/Anne", handler, fields, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("the last account that manages accounts");
        }

        host.Access.Books.Accounts.All.Single(a => a.Name == "Anne").Role.ShouldBe(Role.Admin);
    }

    [Fact]
    public async Task A_removed_account_leaves_nothing_behind_for_one_of_its_name()
    {
        await using var host = await Host();
        using var anne = await In(host, "Anne");
        using var marie = await In(host, "Marie");
        host.Access.Books.Tokens.TryAdd("Marie", "old", TokenScope.Comfort, host.Clock.Now.AddDays(9), out var key);
        await TurnOn(host, marie);
        await anne.Send("/accounts/Marie", "remove", [], Stop);
        await anne.Send("/accounts", "add", [("name", "Marie"), ("role", "Admin"), ("password", Fresh)], Stop);
        (await marie.Text("/account", Stop)).ShouldContain("Nobody is signed in");
        using var program = Program(host, key);
        (await program.GetAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        host.Access.Books.SecondSteps.IsOn("Marie").ShouldBeFalse();
    }

    [Fact]
    public async Task The_interface_does_what_the_pages_do()
    {
        await using var host = await Host();
        using var anne = await In(host, "Anne");
        anne.DefaultRequestHeaders.Add("RequestVerificationToken", await anne.Token("/account", Stop));
        (await anne.PostAsJsonAsync("/api/v1/accounts", new { name = "Luca", role = "installer", password = Fresh }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await anne.PostAsJsonAsync("/api/v1/accounts", new { name = "luca", role = "staff", password = Fresh }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await anne.PutAsJsonAsync("/api/v1/accounts/Luca/role", new { role = "staff" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await anne.DeleteAsync(new Uri("/api/v1/accounts/Anne", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var accounts = await anne.GetFromJsonAsync<JsonElement>("/api/v1/accounts", Stop);
        accounts.EnumerateArray().Single(a => a.GetProperty("name").GetString() == "Luca").GetProperty("hasGivenPassword").GetBoolean().ShouldBeTrue();
        accounts.ToString().ShouldNotContain("hash", Case.Insensitive);

        var made = await (await anne.PostAsJsonAsync("/api/v1/tokens", new { name = "city", scope = "settings" }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        using var program = Program(host, made.GetProperty("key").GetString() ?? "");
        var audit = await program.GetFromJsonAsync<JsonElement>("/api/v1/audit?what=role&who=anne", Stop);
        audit.EnumerateArray().Select(e => (e.GetProperty("subject").GetString(), e.GetProperty("old").GetString(), e.GetProperty("new").GetString())).ShouldBe([("Luca", "Installer", "Staff")]);
        (await program.GetFromJsonAsync<JsonElement>("/api/v1/audit.json", Stop)).GetArrayLength().ShouldBe(host.Access.Audit.Count);
        (await anne.GetFromJsonAsync<JsonElement>("/api/v1/sessions", Stop))[0].GetProperty("isThis").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_audit_is_found_by_person_deed_subject_and_day_and_paged()
    {
        await using var host = await Host();
        for (var n = 0; n < 120; n++) host.Access.Books.Audit.Write(new(host.Clock.Now.AddDays(-n), n % 2 == 0 ? "Marie" : "Luc", "10.0.0.7", "override", "cp", $"{n}", "20"));
        using var ivo = await In(host, "Ivo");
        var page = await ivo.Text("/audit?who=marie&what=override&from=2026-01-10&to=2026-01-12", Stop);
        Regex.Count(page, "class=\"deed\"").ShouldBe(1, "10 and 12 January are odd days ago but one");
        Regex.Count(await ivo.Text("/audit", Stop), "class=\"deed\"").ShouldBe(50);
        var older = OlderLink().Match(await ivo.Text("/audit", Stop)).Groups[1].Value;
        Regex.Count(await ivo.Text(older, Stop), "class=\"deed\"").ShouldBe(50);
    }

    private static async Task<HttpClient> In(PageHost host, string name)
    {
        var client = host.Visitor("en");
        (await client.SignIn(name, Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    private static HttpClient Program(PageHost host, string key)
    {
        var client = host.Visitor("en");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<(byte[] Secret, string[] Paper)> TurnOn(PageHost host, HttpClient client)
    {
        client.DefaultRequestHeaders.Remove("RequestVerificationToken");
        client.DefaultRequestHeaders.Add("RequestVerificationToken", await client.Token("/account", Stop));
        var begun = await (await client.PostAsJsonAsync("/api/v1/account/second-step", new { }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var secret = FromBase32(begun.GetProperty("secret").GetString() ?? "");
        (await client.PutAsJsonAsync("/api/v1/account/second-step", new { @sealed = begun.GetProperty("sealed").GetString(), code = "12345" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var paper = await client.PutAsJsonAsync("/api/v1/account/second-step", new { @sealed = begun.GetProperty("sealed").GetString(), code = Totp.Code(secret, Totp.StepAt(host.Clock.Now)) }, Stop);
        return (secret, await paper.Content.ReadFromJsonAsync<string[]>(Stop) ?? []);
    }

    private static Task<HttpResponseMessage> Code(HttpClient client, string html, string code) => client.Post(
        "/login",
        [("_handler", "code"), ("__RequestVerificationToken", TokenText().Match(html).Groups[1].Value), ("ticket", TicketText().Match(html).Groups[1].Value), ("code", code)], Stop);

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Where(char.IsLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("ep_[A-Za-z0-9_-]{43}")]
    private static partial Regex KeyText();

    [GeneratedRegex("href=\"(/audit\\?before=[^\"]+)\"")]
    private static partial Regex OlderLink();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex TicketText();

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenText();
}
