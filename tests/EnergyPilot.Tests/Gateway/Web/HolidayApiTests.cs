using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EnergyPilot.Tests.Gateway.Hosting;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Which holidays apply, for programs. It is Monday 19 January 2026.</summary>
public sealed class HolidayApiTests : IDisposable
{
    private const string Path = "/api/v1/calendar/holidays";

    private readonly DeskBench bench = new();

    public HolidayApiTests() => bench.Start().ShouldBeTrue();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    private async Task<PageHost> Host()
    {
        var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        (host.Desk.Editor, host.Desk.Site) = (() => bench.Desk, bench.Live.Site);
        return host;
    }

    [Fact]
    public async Task Calendars_are_listed_chosen_after_a_look_and_chosen_again()
    {
        await using var host = await Host();
        using var marie = await Signed(host, "Marie");
        var listed = await Json(await marie.GetAsync(new Uri(Path, UriKind.Relative), Stop));
        Number(listed).ShouldBe(0);
        Row(listed, "france-zone-c").ToJsonString().ShouldBe("""{"id":"france-zone-c","name":"France, zone C","places":"Cr\u00E9teil, Montpellier, Paris, Toulouse, Versailles","kind":"School","knownUntil":"2027-07-03","applies":false}""");
        Applies(listed, "france-zone-b").ShouldBeTrue();
        Applies(listed, "belgium-public").ShouldBeFalse();

        var looked = await Json(await Put(marie, "?preview=true", 0, "france-zone-a", "france-public"));
        (looked["changes"]?[0]).ShouldNotBeNull().ToJsonString().ShouldBe("""{"first":"2026-02-09","last":"2026-02-13","days":5,"becomes":"DayOff","holiday":"Vacances d\u0027hiver"}""");
        (bench.Desk.Versions.Length, Applies(looked, "france-zone-a")).ShouldBe((0, false));

        var chosen = await Json(await Put(marie, "", 0, "france-zone-a", "france-public"));
        (Number(chosen), Applies(chosen, "france-zone-a"), Applies(chosen, "france-zone-b")).ShouldBe((2, true, false));
        bench.Store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Marie"), a => a.Subject.ShouldBe("site.calendars"));

        var late = await Put(marie, "", 0, "france-zone-c");
        (late.StatusCode, late.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.Conflict, "application/problem+json"));
        (await Put(marie, "", 2)).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Desk.Current.Calendar.Sources.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_calendar_and_a_list_that_is_none_are_told()
    {
        await using var host = await Host();
        using var marie = await Signed(host, "Marie");
        var unknown = await Put(marie, "", 0, "france-zone-d");
        unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((await Json(unknown))["detail"]?.GetValue<string>()).ShouldNotBeNull().ShouldStartWith("calendars: there is no calendar “france-zone-d”; those at hand are belgium-french-school, belgium-public, france-public,");
        var none = await marie.PutAsJsonAsync(Path, new { version = 0, calendars = (string[]?)null }, Stop);
        none.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await marie.PutAsJsonAsync(Path, new { version = 0, calendars = new string?[] { null } }, Stop)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await marie.PutAsJsonAsync(Path, new { calendars = Array.Empty<string>() }, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Viewer_may_neither_read_nor_choose()
    {
        await using var host = await Host();
        using var vera = await Signed(host, "Vera");
        (await vera.GetAsync(new Uri(Path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Put(vera, "", 0, "france-zone-a")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        bench.Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_calls_stand_in_the_description()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var described = JsonNode.Parse(await visitor.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), Stop))?["paths"]?[Path];
        (described?["get"]?["operationId"]?.GetValue<string>(), described?["put"]?["operationId"]?.GetValue<string>()).ShouldBe(("Holidays", "ChooseHolidays"));
        foreach (var status in new[] { "200", "403", "409", "422", "503" }) (described?["put"]?["responses"]?[status]).ShouldNotBeNull(status);
    }

    private static async Task<HttpClient> Signed(PageHost host, string who)
    {
        var visitor = await host.SignedIn(who, Stop);
        visitor.DefaultRequestHeaders.Add("RequestVerificationToken", await visitor.Token("/", Stop));
        return visitor;
    }

    private static Task<HttpResponseMessage> Put(HttpClient who, string query, long version, params string[] calendars) => who.PutAsJsonAsync(Path + query, new { version, calendars }, Stop);

    private static async Task<JsonNode> Json(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop)).ShouldNotBeNull();

    private static long Number(JsonNode answer) => answer["version"]?.GetValue<long>() ?? -1;

    private static bool Applies(JsonNode answer, string id) => Row(answer, id)["applies"].ShouldNotBeNull().GetValue<bool>();

    private static JsonNode Row(JsonNode answer, string id) => (answer["calendars"]?.AsArray().FirstOrDefault(c => c?["id"]?.GetValue<string>() == id)).ShouldNotBeNull();
}
