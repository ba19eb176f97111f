using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What the pages show and do beyond the oldest routes, told to programs in the same words and done by the same hand.</summary>
public sealed class ApiPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task School_is_told_with_the_sentences_of_its_page()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var (school, page) = (await Get(visitor, "/api/v1/school"), await visitor.Text("/", Stop));
        page.ShouldContain(Plain(school.GetProperty("verdict")));
        page.ShouldContain(Plain(school.GetProperty("boiler").GetProperty("why")[0]));
        school.GetProperty("circuits").GetArrayLength().ShouldBe(SampleSchool.Site.Circuits.Length);
        foreach (var circuit in school.GetProperty("circuits").EnumerateArray()) page.ShouldContain(Plain(circuit.GetProperty("why")));
        foreach (var room in school.GetProperty("needAttention").EnumerateArray()) page.ShouldContain(Plain(room.GetProperty("why")));
        school.GetProperty("meters").GetArrayLength().ShouldBe(SampleSchool.Site.Meters.Length);
        var zone = (await Get(visitor, "/api/v1/zones")).EnumerateArray().First(z => z.GetProperty("zone").GetString() == "cp");
        var zonePage = await visitor.Text("/zones/cp", Stop);
        foreach (var why in (string[])["whyTarget", "whyHeat", "valve", "whyValve"]) zonePage.ShouldContain(Plain(zone.GetProperty(why)));
    }

    [Fact]
    public async Task School_before_the_first_cycle_says_so()
    {
        await using var host = await PageHost.Start(Stop);
        using var visitor = host.Visitor("en");
        foreach (var path in (string[])["/api/v1/school", "/api/v1/zones/cp/learned", "/api/v1/planner"]) (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict, path);
        (await Get(visitor, "/api/v1/zones/cp/next")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Every_change_of_a_zone_says_what_decided_it_and_why()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var changes = await Get(visitor, "/api/v1/zones/cp/changes");
        changes.EnumerateArray().Select(c => c.GetProperty("decidedBy").GetString()).ShouldBe(["Schedule", "Schedule", "Operator"]);
        var page = await visitor.Text("/zones/cp", Stop);
        foreach (var change in changes.EnumerateArray()) page.ShouldContain(Plain(change.GetProperty("sentence")));
        (await Get(visitor, "/api/v1/zones/cp/changes?skip=1&limit=1")).EnumerateArray().ShouldHaveSingleItem().GetProperty("at").GetString().ShouldBe(changes[1].GetProperty("at").GetString());
        foreach (var path in (string[])["limit=0", "limit=501", "skip=-1", "skip=10001", "from=2020-01-01T00:00:00Z", "from=2026-01-19T00:00:00Z&to=2026-01-18T00:00:00Z"])
            (await visitor.GetAsync(new Uri($"/api/v1/zones/cp/changes?{path}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        foreach (var path in (string[])["zones/cp/changes", "alarms"])
            (await visitor.GetAsync(new Uri($"/api/v1/{path}?to=0001-01-02T00:00:00Z", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, "the usual time before it would begin before all times");
        (await visitor.GetAsync(new Uri("/api/v1/zones/nosuch/changes", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_comes_and_what_was_learned_of_a_zone_is_told()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var next = await Get(visitor, "/api/v1/zones/cp/next");
        next.GetArrayLength().ShouldBeGreaterThan(0);
        next.EnumerateArray().Select(n => n.GetProperty("at").GetDateTimeOffset()).ShouldAllBe(at => at > SampleSchool.Monday0612);
        var page = await visitor.Text("/zones/cp", Stop);
        foreach (var at in next.EnumerateArray().Select(n => n.GetProperty("at").GetDateTimeOffset())) page.ShouldContain($"datetime=\"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\"");
        (await Get(visitor, "/api/v1/zones/cp/learned")).GetProperty("lossKPerHour").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Wish_of_one_tap_is_read_and_sent_as_it_is()
    {
        await using var host = await Host();
        using var staff = await ApiTests.Staff(host);
        var wishes = await Get(staff, "/api/v1/zones/cp/wishes");
        var warmer = wishes.EnumerateArray().Single(w => w.GetProperty("kind").GetString() == "Warmer");
        (await ApiTests.Post(staff, "/api/v1/zones/cp/overrides", warmer.ToString())).StatusCode.ShouldBe(HttpStatusCode.Created);
        await staff.Send("/zones/cp", "quick", [("kind", "Warmer")], Stop);
        var (sent, tapped) = (host.Desk.Wishes[0], host.Desk.Wishes[1]);
        (sent with { Id = 0 }).ShouldBe(tapped with { Id = 0 });
    }

    [Fact]
    public async Task Day_is_told_as_on_its_sheet()
    {
        await using var host = await Host();
        host.Desk.AddWish();
        using var visitor = host.Visitor("en");
        var day = await Get(visitor, "/api/v1/days/2026-01-19");
        day.GetProperty("zones").GetArrayLength().ShouldBe(SampleSchool.Site.Zones.Length);
        day.GetProperty("byHand")[0].GetProperty("wish").GetProperty("note").GetString().ShouldBe("Heure du conte");
        var page = await visitor.Text("/today?date=2026-01-19", Stop);
        foreach (var zone in day.GetProperty("zones").EnumerateArray()) page.ShouldContain(zone.GetProperty("uses").GetString() ?? "");
        foreach (var wrong in (string[])["2026-01-20", "2000-01-01", "someday"]) (await visitor.GetAsync(new Uri($"/api/v1/days/{wrong}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
    }

    [Fact]
    public async Task Outputs_say_where_they_stand_and_which_is_tested()
    {
        await using var host = await PageHost.Start(Stop, DeviceChangeTests.Demo());
        using var ivo = await host.SignedIn("Ivo", Stop);
        (await Get(ivo, "/api/v1/devices/types")).EnumerateArray().Select(t => t.GetProperty("type").GetString()).ShouldContain("eastron-sdm630");
        One(await Get(ivo, "/api/v1/outputs")).GetProperty("testUntil").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ApiTests.Send(ivo, "PUT", "/api/v1/outputs/relays.channel-1/test", """{"value": 1, "confirmed": true}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        One(await Get(ivo, "/api/v1/outputs")).GetProperty("testUntil").GetDateTimeOffset().ShouldBe(SampleSchool.Monday0612.AddSeconds(30));

        static JsonElement One(JsonElement outputs) => outputs.EnumerateArray().Single(o => o.GetProperty("point").GetString() == "relays.channel-1");
    }

    [Fact]
    public async Task Line_to_the_city_is_told_where_there_is_one()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri("/api/v1/uplink", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        host.Service<UplinkView>().Show(Sending);
        var uplink = await Get(visitor, "/api/v1/uplink");
        (uplink.GetProperty("phase").GetString(), uplink.GetProperty("sent").GetInt64()).ShouldBe(("Born", 1234));
        uplink.GetProperty("oldest").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Calendar_on_the_gateways_disk_is_looked_at_followed_and_listed_by_installers()
    {
        await using var host = await Host();
        using var folder = new Storage.StoreFolder();
        var path = Path.Combine(Path.GetDirectoryName(folder.File) ?? "", "town.ics");
        await File.WriteAllTextAsync(path, Calendars.CalendarFiles.File("UID:vote\r\nSUMMARY:Elections, whole school\r\nCATEGORIES:Event\r\nDTSTART;TZID=Europe/Paris:20260206T080000\r\nDURATION:PT12H"), Stop);
        using var marie = await ApiTests.Staff(host);
        (await ApiTests.Post(marie, "/api/v1/calendar/sources", $$"""{"path": "{{path}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var ivo = await host.SignedIn("Ivo", Stop);
        (await ApiTests.Send(ivo, "POST", "/api/v1/calendar/sources", """{"path": "/etc/passwd"}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ApiTests.Send(ivo, "POST", "/api/v1/calendar/sources", $$"""{"path": "{{path}}", "elsewhere": "nowhere"}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var look = await ApiTests.Send(ivo, "POST", "/api/v1/calendar/sources", $$"""{"path": "{{path}}", "elsewhere": "*", "preview": true}""");
        (await look.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("added").GetArrayLength().ShouldBe(1);
        host.Desk.Uses.ShouldBeEmpty();
        (await ApiTests.Send(ivo, "POST", "/api/v1/calendar/sources", $$"""{"path": "{{path}}", "elsewhere": "*"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Desk.Uses.ShouldHaveSingleItem().Source.ShouldBe("town.ics");
        var source = (await Get(marie, "/api/v1/calendar/sources")).EnumerateArray().ShouldHaveSingleItem();
        (source.GetProperty("name").GetString(), source.GetProperty("path").GetString(), source.GetProperty("added").GetInt32()).ShouldBe(("town.ics", path, 1));
    }

    [Fact]
    public async Task Posters_lead_where_a_program_says()
    {
        await using var host = await VoteTests.Host();
        using var staff = await ApiTests.Staff(host);
        (await Get(staff, "/api/v1/votes/address")).GetProperty("address").GetString().ShouldBe(host.Address.GetLeftPart(UriPartial.Authority));
        foreach (var wrong in (string[])["ftp://school", "https://school?x=1", "school", ""])
            (await ApiTests.Send(staff, "PUT", "/api/v1/votes/address", $$"""{"address": "{{wrong}}"}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, wrong);
        (await ApiTests.Send(staff, "PUT", "/api/v1/votes/address", """{"address": "https://school.example/"}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await staff.Text("/votes/posters", Stop)).ShouldContain("https://school.example/r/");
        host.Votes.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.What.ShouldBe("address for votes"), a => a.Who.ShouldBe("Marie"));
    }

    [Fact]
    public async Task Suggestion_is_looked_at_line_by_line_as_on_its_page()
    {
        await using var host = await VoteTests.Host();
        using var staff = await ApiTests.Staff(host);
        (await Get(staff, "/api/v1/votes/ce1/preview")).GetProperty("lines").GetArrayLength().ShouldBe(0);
        host.Votes.Fill(new("cp"), 4, Feeling.TooCold, Feeling.TooCold);
        var preview = await Get(staff, "/api/v1/votes/cp/preview");
        (preview.GetProperty("setpointC").GetDouble(), preview.GetProperty("canHold").GetBoolean()).ShouldBe((19.0, true));
        var page = await staff.Text("/votes/cp", Stop);
        foreach (var line in preview.GetProperty("lines").EnumerateArray()) page.ShouldContain(Plain(line));
    }

    internal static UplinkFigures Sending() => new(
        SparkplugPhase.Born, SampleSchool.Monday0612, 0, DateTimeOffset.MaxValue, 0, SampleSchool.Monday0612, 1234, 0, 1, 0, null, "");

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    private static async Task<JsonElement> Get(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path, Stop);

    private static string Plain(JsonElement text) => Forms.Plain(text.GetString() ?? "");
}
