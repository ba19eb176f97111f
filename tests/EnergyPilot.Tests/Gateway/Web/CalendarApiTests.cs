using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EnergyPilot.Tests.Gateway.Calendars;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The calendar for programs: a mistake is told, never passed over.</summary>
public sealed class CalendarApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"kind":"Event","first":"2026-01-20","hours":"18:00-21:00","zones":["gym","attic"]}""", "zones: there is no zone “attic”.")]
    [InlineData("""{"kind":"Event","first":"2026-01-20","hours":"18:00-21:00","zones":["gym"],"weekly":true}""", "last: ")]
    [InlineData("""{"kind":"Party","first":"2026-01-20","hours":"late","zones":["attic"]}""", "kind: ")]
    public async Task Event_with_a_mistake_is_not_added(string row, string told)
    {
        await using var host = await CalendarTests.Host();
        using var marie = await Marie(host);
        var answer = await marie.PostAsync(new Uri("/api/v1/calendar/events", UriKind.Relative), new StringContent(row, Encoding.UTF8, "application/json"), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Detail(answer)).ShouldContain(told);
        host.Desk.Uses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Zone_for_what_takes_place_elsewhere_is_one_of_the_school()
    {
        await using var host = await CalendarTests.Host();
        using var marie = await Marie(host);
        using var file = new StringContent(CalendarFiles.File("UID:1\r\nSUMMARY:Marché\r\nLOCATION:Place\r\nDTSTART;TZID=Europe/Paris:20260120T180000\r\nDURATION:PT2H"), Encoding.UTF8, "text/calendar");
        var answer = await marie.PostAsync(new Uri("/api/v1/calendar/import?name=town.ics&elsewhere=gymm", UriKind.Relative), file, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Detail(answer)).ShouldStartWith("elsewhere: found gymm, allowed is nothing, * or one of ");
        host.Desk.Sources.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calendar_that_was_never_imported_cannot_be_forgotten()
    {
        await using var host = await CalendarTests.Host();
        using var marie = await Marie(host);
        (await marie.DeleteAsync(new Uri("/api/v1/calendar/sources/town.ics", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        host.Desk.Sources.Add(new("town.ics", ""));
        (await marie.DeleteAsync(new Uri("/api/v1/calendar/sources/town.ics", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task<HttpClient> Marie(PageHost host)
    {
        var visitor = host.Visitor("en");
        await visitor.SignIn(Stop);
        visitor.DefaultRequestHeaders.Add("RequestVerificationToken", await visitor.Token("/calendar/import", Stop));
        return visitor;
    }

    private static async Task<string> Detail(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))?["detail"]?.GetValue<string>() ?? "";
}
