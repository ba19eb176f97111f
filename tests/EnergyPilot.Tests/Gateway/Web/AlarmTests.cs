using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Alarms: who looks after them, and how everybody sees that somebody does.</summary>
public sealed class AlarmTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One that lasts and that nobody has seen.</summary>
    internal static AlarmEntry Unseen { get; } = new(1, new Alarm("cp", Severity.Warning, SampleSchool.Monday0612.AddHours(-2), Reason.Of(ReasonCode.WindowLeftOpen)), DateTimeOffset.MaxValue, Acknowledgement.None);

    internal static async Task<PageHost> Host()
    {
        var host = await PageHost.Start(Stop, SampleSchool.Troubled(SampleSchool.Monday0612));
        var alarms = SampleSchool.Troubled(SampleSchool.Monday0612).Decision.Alarms;
        host.Desk.Alarms.AddRange(alarms.Select((a, i) => new AlarmEntry(i + 1, a, DateTimeOffset.MaxValue, Acknowledgement.None)));
        host.Desk.Alarms.Add(new AlarmEntry(9, new Alarm("cp", Severity.Warning, SampleSchool.Monday0612.AddDays(-2), Reason.Of(ReasonCode.WindowLeftOpen)), SampleSchool.Monday0612.AddDays(-2).AddHours(3), Acknowledgement.None));
        return host;
    }

    [Fact]
    public async Task Staff_say_that_they_look_after_an_alarm_and_everybody_sees_who()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("fr");
        await visitor.SignIn(Stop);
        (await visitor.Text("/", Stop)).ShouldContain("Je m’en occupe");
        var answer = await visitor.SendTo("/alarms/2", "/alarms", "acknowledge", [("note", " Brûleur réarmé <b>  ")], Stop);
        answer.Headers.Location.ShouldNotBeNull().ToString().ShouldEndWith("/alarms?done=true");
        (await visitor.Text("/alarms?done=true", Stop)).ShouldContain("Vu par Marie, 06:12 : « Brûleur réarmé <b> »");
        (await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Stop)).ShouldContain("&lt;b&gt;");
        (await visitor.Text("/", Stop)).ShouldContain("Vu par Marie");
        host.Desk.Alarms[1].Acknowledgement.Note.ShouldBe("Brûleur réarmé <b>");
    }

    [Fact]
    public async Task First_who_looks_after_it_counts()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        await visitor.SendTo("/alarms/2", "/alarms", "acknowledge", [("note", "mine")], Stop);
        var second = await visitor.SendTo("/alarms/2", "/alarms", "acknowledge", [("note", "no, mine")], Stop);
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Forms.Plain(await second.Content.ReadAsStringAsync(Stop)).ShouldContain("Somebody was quicker");
        host.Desk.Alarms[1].Acknowledgement.Note.ShouldBe("mine");
    }

    [Theory]
    [InlineData("Vera", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Redirect)]
    public async Task Others_cannot(string who, HttpStatusCode refused)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        if (who.Length > 0) await visitor.SignIn(who, Stop);
        (await visitor.GetStringAsync(new Uri("/alarms", UriKind.Relative), Stop)).ShouldNotContain("name=\"note\"");
        (await visitor.SendTo("/alarms/2", who.Length > 0 ? "/alarms" : "/login", "acknowledge", [("note", "x")], Stop)).StatusCode.ShouldBe(refused);
        host.Desk.Alarms.ShouldAllBe(a => !a.IsAcknowledged);
    }

    [Fact]
    public async Task Too_long_a_note_is_told_beside_the_field_and_kept()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        var note = new string('n', 201);
        var answer = await visitor.SendTo("/alarms/2", "/alarms", "acknowledge", [("note", note)], Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        page.ShouldContain("too long");
        page.ShouldContain(note);
    }

    [Theory]
    [InlineData("/alarms/77")]
    [InlineData("/alarms/77777777777777777777777")]
    public async Task Alarm_that_does_not_exist_is_not_found(string path)
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Alarm_that_is_gone_is_not_found_by_its_form_either()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        (await visitor.SendTo("/alarms/77", "/alarms", "acknowledge", [("note", "x")], Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task History_tells_what_is_over_and_can_be_narrowed_to_one_room()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var all = await visitor.Text("/alarms", Stop);
        all.ShouldContain("for 3 h");
        all.ShouldContain("locked out");
        var one = await visitor.Text("/alarms?subject=cp", Stop);
        one.ShouldContain("for 3 h");
        one.ShouldNotContain("locked out and does not heat");
        (await visitor.Text("/alarms?subject=-", Stop)).ShouldContain("calendar of school");
    }

    [Fact]
    public async Task What_is_open_is_shown_however_much_has_been_since()
    {
        await using var host = await Host();
        var now = SampleSchool.Monday0612;
        host.Desk.Alarms.Clear();
        host.Desk.Alarms.Add(new AlarmEntry(1, new Alarm("ce1", Severity.Warning, now.AddDays(-20), Reason.Of(ReasonCode.WindowLeftOpen)), DateTimeOffset.MaxValue, Acknowledgement.None));
        for (var i = 2; i < 400; i++) host.Desk.Alarms.Add(new AlarmEntry(i, new Alarm("cp", Severity.Warning, now.AddMinutes(-10 * i), Reason.Of(ReasonCode.WindowLeftOpen)), now.AddMinutes(-10 * i + 5), Acknowledgement.None));
        using var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        (await visitor.Text("/alarms", Stop)).ShouldSatisfyAllConditions(p => p.ShouldContain("id=\"note-1\""), p => p.ShouldContain("<option value=\"ce1\">"));
        (await visitor.Text("/alarms?subject=ce1", Stop)).ShouldContain("id=\"note-1\"");
        (await visitor.Text("/alarms?subject=cp", Stop)).ShouldNotContain("id=\"note-1\"");
    }

    [Fact]
    public async Task Programs_read_and_acknowledge_alarms()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("fr");
        await visitor.SignIn(Stop);
        var list = await visitor.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/alarms?open=true", UriKind.Relative), Stop);
        list.EnumerateArray().Select(a => a.GetProperty("code").GetString()).ShouldBe(["SensorLost", "BoilerLockedOut", "CalendarEnds"]);
        list[1].GetProperty("sentence").GetString().ShouldNotBeNull().ShouldContain("en sécurité");

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/alarms/2/acknowledge", UriKind.Relative)) { Content = JsonContent.Create(new { note = "seen" }) };
        request.Headers.Add("RequestVerificationToken", await visitor.Token("/alarms", Stop));
        var answer = await visitor.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("acknowledgedBy").GetString().ShouldBe("Marie");
        (await visitor.PostAsJsonAsync(new Uri("/api/v1/alarms/1/acknowledge", UriKind.Relative), new { note = "no token" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Desk.Alarms[0].IsAcknowledged.ShouldBeFalse();
    }
}
