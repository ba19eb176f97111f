using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The page of the site file: who may, what is shown before anything holds, and what happens when two change at once.</summary>
public sealed class SettingsTests
{
    private static readonly string Demo = SchoolFiles.Demo.Text;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    [Fact]
    public async Task Text_holds_after_it_was_looked_at_and_applied_and_goes_back()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var text = Demo.Replace("comfort: 19 °C", "comfort: 18.5 °C", StringComparison.Ordinal);

        var looked = await Look(ivo, text, "0");
        looked.ShouldContain("Holds at once");
        looked.ShouldContain("comfort: 18.5 °C      # Code de l'énergie, R.241-26");
        Desk(host).Version.ShouldBe(0);

        ((await Apply(ivo, text, "0", "saves gas")).Headers.Location?.ToString()).ShouldEndWith("/settings?done=live");
        var desk = Desk(host);
        (desk.Version, desk.Current.Zones[0].Setpoints.Comfort.Degrees, desk.Text.Text).ShouldBe((2, 18.5, text));
        (await ivo.Text("/settings/version?number=2", Stop)).ShouldContain("saves gas");

        var undone = await ivo.Send("/settings/version?number=1", "undo", [("version", "2"), ("number", "1"), ("note", "")], Stop);
        undone.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        desk.Text.Text.ShouldBe(Demo);
        host.Services.GetRequiredService<SampleSite.SampleStore>().Store.Audit.Latest(2).Select(a => (a.Who, a.Subject, a.New)).ShouldBe([("Ivo", "setpoints.comfort", "19 °C"), ("Ivo", "setpoints.comfort", "18.5 °C")]);
    }

    [Fact]
    public async Task What_was_not_looked_at_is_shown_and_not_applied()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var text = Demo.Replace("comfort: 19 °C", "comfort: 18.5 °C", StringComparison.Ordinal);

        var answer = await ivo.Send("/settings", "site", [("do", "apply"), ("text", text), ("version", "0"), ("seen", SiteBook.Hash(Demo)), ("note", "")], Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Desk(host).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Mistake_is_shown_with_its_line_and_the_line_itself()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var line = Demo.Split('\n').TakeWhile(l => !l.StartsWith("  comfort:", StringComparison.Ordinal)).Count() + 1;

        var page = await Look(ivo, Demo.Replace("comfort: 19 °C", "comfort: 99 °C", StringComparison.Ordinal), "0");

        page.ShouldContain($"data-line=\"{line}\">Line {line}</a>");
        page.ShouldContain("<code>comfort: 99 °C      # Code de l'énergie, R.241-26</code>");
        page.ShouldContain($"data-marks=\"{line}\"");
        page.ShouldNotContain("value=\"apply\"");
    }

    [Fact]
    public async Task Who_comes_second_is_told_and_loses_nothing_typed()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        using var anne = await host.SignedIn("Anne", Stop);
        var (first, second) = (Demo.Replace("frost: 6 °C", "frost: 7 °C", StringComparison.Ordinal), Demo.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal));
        (await Apply(ivo, first, "0", "")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var answer = await Apply(anne, second, "0", "");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
        page.ShouldContain("Somebody else has changed the site meanwhile");
        page.ShouldContain("comfort: 18 °C      #");
        page.ShouldContain("<input type=\"hidden\" name=\"version\" value=\"2\"");
        Desk(host).Text.Text.ShouldBe(first);
    }

    [Theory]
    [InlineData("Marie", HttpStatusCode.Forbidden)]
    [InlineData("Vera", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Redirect)]
    public async Task Only_installers_change_the_text(string who, HttpStatusCode status)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        if (who.Length > 0) await visitor.SignIn(who, Stop);
        var token = await visitor.Token(who.Length > 0 ? "/zones/cp" : "/login", Stop);

        var answer = await visitor.Post("/settings", [("_handler", "site"), ("__RequestVerificationToken", token), ("do", "apply"), ("text", "x"), ("version", "0"), ("seen", SiteBook.Hash("x"))], Stop);

        answer.StatusCode.ShouldBe(status);
        Desk(host).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Markup_in_the_file_is_text_on_every_page()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var text = Demo.Replace("name: Classe 1 (CP)", "name: <script>alert(1)</script></textarea>", StringComparison.Ordinal);
        (await Apply(ivo, text, "0", "<b>note</b>")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        foreach (var path in (string[])["/settings", "/settings/version?number=2", "/settings/version?number=1"])
        {
            var page = await ivo.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
            page.ShouldNotContain("<script>alert");
            page.ShouldNotContain("<b>note");
        }
    }

    [Fact]
    public async Task Programs_change_a_setpoint_with_one_edit_and_get_problems_as_such()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        marie.DefaultRequestHeaders.Add("RequestVerificationToken", await marie.Token("/zones/cp", Stop));
        object Edit(string path, string value, long basedOn) => new { edits = new[] { new { kind = "set", path, value } }, basedOn, note = "program" };

        var done = await marie.PutAsJsonAsync("/api/v1/site", Edit("zones.cp.setpoints.comfort", "18.5 °C", 0), Stop);
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await done.Content.ReadFromJsonAsync<JsonElement>(Stop);
        (answer.GetProperty("state").GetString(), answer.GetProperty("version").GetInt64()).ShouldBe(("Applied", 2));

        (await marie.PutAsJsonAsync("/api/v1/site", Edit("setpoints.comfort", "18 °C", 0), Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var wrong = await marie.PutAsJsonAsync("/api/v1/site", Edit("setpoints.comfort", "99 °C", 2), Stop);
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wrong.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("mistakes")[0].GetProperty("line").GetInt32().ShouldBeGreaterThan(1);
        (await marie.PutAsJsonAsync("/api/v1/site", Edit("devices.relays.address", "9", 2), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await marie.PutAsJsonAsync("/api/v1/site", new { basedOn = 2 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await marie.PostAsJsonAsync("/api/v1/site/versions/1/undo", new { basedOn = 2 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await marie.GetFromJsonAsync<JsonElement>("/api/v1/site", Stop)).GetProperty("text").GetString().ShouldBe(Demo);
        (await marie.GetFromJsonAsync<JsonElement>("/api/v1/site/versions", Stop)).GetArrayLength().ShouldBe(3);
    }

    private static SiteDesk Desk(PageHost host) => host.Services.GetRequiredService<SiteDesk>();

    // As a browser sends a text field.
    private static string Typed(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);

    private static async Task<string> Look(HttpClient visitor, string text, string version)
    {
        var answer = await visitor.Send("/settings", "site", [("do", "look"), ("text", Typed(text)), ("version", version), ("seen", "")], Stop);
        return Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
    }

    private static Task<HttpResponseMessage> Apply(HttpClient visitor, string text, string version, string note) =>
        visitor.Send("/settings", "site", [("do", "apply"), ("text", Typed(text)), ("version", version), ("seen", SiteBook.Hash(text)), ("note", note)], Stop);
}
