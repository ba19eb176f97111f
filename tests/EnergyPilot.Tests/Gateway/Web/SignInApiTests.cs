using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The way in and out as JSON: the same session, the same refusals and the same pace as by the form.</summary>
public sealed class SignInApiTests
{
    private static readonly Uri Sessions = new("/api/v1/sessions", UriKind.Relative), Account = new("/api/v1/account", UriKind.Relative);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_signs_in_changes_something_and_signs_out_without_a_page()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var program = host.Visitor("en");
        (await program.GetAsync(Account, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var wrong = await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = "a wrong password" }, Stop);
        (wrong.StatusCode, wrong.Headers.Contains("Set-Cookie")).ShouldBe((HttpStatusCode.UnprocessableEntity, false));
        (await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = SampleDesk.Password }, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var account = await program.GetFromJsonAsync<JsonElement>(Account, Stop);
        account.GetProperty("name").GetString().ShouldBe("Marie");
        account.GetProperty("mustChangePassword").GetBoolean().ShouldBeFalse();
        var wish = new { setpointC = 20.5, until = SampleSchool.Monday0612.AddHours(3) };
        (await program.PostAsJsonAsync("/api/v1/zones/cp/overrides", wish, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "without the form's token");
        program.DefaultRequestHeaders.Add("RequestVerificationToken", account.GetProperty("formToken").GetString());
        (await program.PostAsJsonAsync("/api/v1/zones/cp/overrides", wish, Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await program.DeleteAsync(new Uri("/api/v1/sessions/this", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.GetAsync(Account, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        host.Access.Audit.Select(a => a.What).Take(3).ShouldBe(["signed out", "signed in", "sign-in refused"]);
        host.Access.Books.Sessions.Of("Marie").ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_step_is_asked_for_and_a_lockout_says_when_again()
    {
        await using var host = await PageHost.Start(Stop);
        using var program = host.Visitor("en");
        var secret = Totp.NewSecret();
        host.Access.Books.SecondSteps.TurnOn("Marie", secret, Totp.Code(secret, Totp.StepAt(host.Clock.Now))).ShouldNotBeEmpty();
        var asked = await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = SampleDesk.Password }, Stop);
        (asked.StatusCode, asked.Headers.Contains("Set-Cookie")).ShouldBe((HttpStatusCode.UnprocessableEntity, false));
        (await asked.Content.ReadAsStringAsync(Stop)).ShouldContain("code: found nothing");
        (await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = SampleDesk.Password, code = "000000" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        host.Clock.Now += TimeSpan.FromSeconds(30);
        var code = Totp.Code(secret, Totp.StepAt(host.Clock.Now));
        (await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = SampleDesk.Password, code }, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using var other = host.Visitor("en");
        host.Clock.Now = SampleSchool.Monday0612;
        var locked = await other.PostAsJsonAsync(Sessions, new { name = SampleDesk.LockedName, password = SampleDesk.Password }, Stop);
        (locked.StatusCode, locked.Headers.RetryAfter?.Date).ShouldBe((HttpStatusCode.TooManyRequests, SampleDesk.LockedUntil));
    }

    [Fact]
    public async Task Guessing_by_form_and_by_json_is_counted_together()
    {
        await using var host = await PageHost.Start(Stop);
        using var program = host.Visitor("en");
        for (var guess = 0; guess < 5; guess++) await program.PostAsJsonAsync(Sessions, new { name = "Nobody", password = $"guess number {guess}" }, Stop);
        for (var guess = 0; guess < 5; guess++) await program.Post("/login", [("name", "Nobody"), ("password", $"guess number {guess}")], Stop);
        (await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = SampleDesk.Password }, Stop)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("/login/")]
    [InlineData("/Setup/")]
    [InlineData("/api/v1/sessions/")]
    [InlineData("/api/v1/setup/")]
    public async Task Stroke_at_the_end_of_the_way_in_does_not_get_round_its_pace(string path)
    {
        await using var host = await PageHost.Start(Stop);
        using var program = host.Visitor("en");
        for (var guess = 0; guess < 10; guess++) (await program.PostAsJsonAsync(path, new { name = "Nobody", password = $"guess number {guess}" }, Stop)).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        (await program.PostAsJsonAsync(path, new { name = "Nobody", password = "another guess" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Whoever_must_change_a_given_password_may_leave_instead()
    {
        await using var host = await PageHost.Start(Stop);
        host.Access.Books.Accounts.ChangePassword("Marie", "given by somebody", PasswordBy.Admin).ShouldBe(AccountChange.Done);
        using var program = host.Visitor("en");
        (await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = "given by somebody" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var account = await program.GetFromJsonAsync<JsonElement>(Account, Stop);
        account.GetProperty("mustChangePassword").GetBoolean().ShouldBeTrue();
        program.DefaultRequestHeaders.Add("RequestVerificationToken", account.GetProperty("formToken").GetString());
        (await program.DeleteAsync(Sessions, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await program.DeleteAsync(new Uri("/api/v1/sessions/this", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.GetAsync(Account, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task First_account_is_made_with_the_code_and_only_once()
    {
        await using var host = await PageHost.Start(Stop);
        var path = new Uri("/api/v1/setup", UriKind.Relative);
        using var program = host.Visitor("en");
        (await program.PostAsJsonAsync(path, new { code = "any", name = "Ali", password = "long enough words" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var code = host.Access.Forget();
        (await program.PostAsJsonAsync(Sessions, new { name = "Marie", password = SampleDesk.Password }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await program.PostAsJsonAsync(path, new { code = "wrong", name = "Ali", password = "long enough words" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var brief = await program.PostAsJsonAsync(path, new { code, name = "Ali", password = "short" }, Stop);
        (await brief.Content.ReadAsStringAsync(Stop)).ShouldContain("password: This password is too short or too long: at least 10 characters, at most 200.");
        (await program.PostAsJsonAsync(path, new { code, name = "Ali", password = "long enough words" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.GetFromJsonAsync<JsonElement>(Account, Stop)).GetProperty("role").GetString().ShouldBe("Admin");
    }

    [Fact]
    public async Task Admin_who_ends_all_own_sessions_goes_on_with_this_one_as_on_the_page()
    {
        await using var host = await PageHost.Start(Stop);
        using var other = await host.SignedIn("Anne", Stop);
        using var anne = await host.SignedIn("Anne", Stop);
        anne.DefaultRequestHeaders.Add("RequestVerificationToken", (await anne.GetFromJsonAsync<JsonElement>(Account, Stop)).GetProperty("formToken").GetString());
        (await anne.DeleteAsync(new Uri("/api/v1/accounts/Anne/sessions", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await anne.GetAsync(Account, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync(Account, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var given = await anne.PutAsJsonAsync("/api/v1/accounts/Marie/password", new { @new = "short" }, Stop);
        (await given.Content.ReadAsStringAsync(Stop)).ShouldContain("new: This password is too short");
    }
}
