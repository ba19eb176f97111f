using System.Net;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Access;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What somebody has typed is kept, and whoever sends it too late is told why.</summary>
public sealed class TypedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("made up")]
    public async Task Secret_that_is_too_old_is_told_as_that(string secret)
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        var answer = await marie.Send("/account", "second-on", [("secret", secret), ("code", "123456")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("That took too long. Please begin again.");
    }

    [Fact]
    public async Task Second_step_that_another_window_has_switched_needs_no_form()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        (await marie.Send("/account", "second-off", [("password", SampleDesk.Password)], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var secret = Totp.NewSecret();
        await marie.Send("/account", "second-on", [("secret", host.Service<SecretSeal>().Close("Marie", secret)), ("code", Totp.Code(secret, Totp.StepAt(host.Clock.Now)))], Stop);
        host.Access.Books.SecondSteps.IsOn("Marie").ShouldBeTrue();
        (await marie.Send("/account", "second-begin", [], Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Suggestion_that_is_gone_is_put_off_without_a_word_of_old_forms()
    {
        await using var host = await VoteTests.Host();
        host.Votes.Fill(new("cp"), 4, Feeling.TooWarm, Feeling.TooWarm);
        using var staff = await host.SignedIn("Marie", Stop);
        await staff.Send("/votes", "rest-cp", [], Stop);
        (await staff.Send("/votes", "rest-cp", [], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Token_that_is_refused_keeps_what_was_chosen()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var page = Forms.Plain(await (await ivo.Send("/account", "token", [("name", ""), ("scope", "Settings"), ("days", "7")], Stop)).Content.ReadAsStringAsync(Stop));
        page.ShouldContain("<option value=\"Settings\" selected");
        page.ShouldContain("<option value=\"7\" selected");
    }

    [Fact]
    public async Task Note_of_an_undo_that_came_too_late_stays()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var text = SchoolFiles.Demo.Text.Replace("comfort: 19 °C", "comfort: 18.5 °C", StringComparison.Ordinal);
        await ivo.Send("/settings", "site", [("do", "apply"), ("text", text), ("version", "0"), ("seen", SiteBook.Hash(text)), ("note", "")], Stop);
        var late = await ivo.Send("/settings/version?number=1", "undo", [("version", "1"), ("note", "too cold after all")], Stop);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Forms.Plain(await late.Content.ReadAsStringAsync(Stop)).ShouldContain("value=\"too cold after all\"");
    }

    [Fact]
    public async Task Page_that_is_about_to_be_loaded_again_takes_no_text()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        (await ivo.Text("/settings?done=anew", Stop)).ShouldSatisfyAllConditions(p => p.ShouldContain("http-equiv=\"refresh\""), p => p.ShouldNotContain("<textarea"));
        (await ivo.Text("/settings", Stop)).ShouldSatisfyAllConditions(p => p.ShouldNotContain("http-equiv=\"refresh\""), p => p.ShouldContain("<textarea"));
    }

    [Fact]
    public async Task Text_of_a_site_that_is_too_long_is_refused_and_not_cut()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var text = SchoolFiles.Demo.Text + "# " + new string('x', LongFormAttribute.LongestText) + " the end";
        var answer = await ivo.Send("/settings", "site", [("do", "look"), ("text", text), ("version", "0"), ("seen", ""), ("note", "")], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldSatisfyAllConditions(p => p.ShouldContain("This text is too long"), p => p.ShouldContain("x the end"));
    }

    [Fact]
    public async Task Mistake_leads_to_a_line_only_where_the_text_stands()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var page = Forms.Plain(await (await ivo.Send("/devices/edit?device=room-library", "device", [("do", "remove"), ("type", "dallas-ds18b20"), ("bus", "one-wire"), ("address", "x"), ("version", "0")], Stop)).Content.ReadAsStringAsync(Stop));
        page.ShouldSatisfyAllConditions(p => p.ShouldContain("<code>zones.library.temperature</code>", Case.Sensitive), p => p.ShouldContain("; expected: "));
        page.ShouldNotContain("href=\"#text\"");
    }

    [Theory]
    [InlineData("Ali", 201, "at most 200")]
    [InlineData("Ali\u0007", 20, "all of which can be seen")]
    [InlineData("", 20, "Type a name of at most 64 characters")]
    public async Task First_account_says_what_is_wrong_with_it_and_not_with_the_code(string name, int length, string told)
    {
        await using var host = await Host();
        var code = host.Access.Forget();
        using var visitor = host.Visitor("en");
        var password = new string('w', length);
        var answer = await visitor.Send("/setup", "setup", [("code", code), ("name", name), ("password", password), ("again", password)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldSatisfyAllConditions(p => p.ShouldContain(told), p => p.ShouldNotContain("This code is not the right one"));
        host.Access.Books.Accounts.IsEmpty.ShouldBeTrue();
    }

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
}
