using System.Net;
using System.Text.Json.Nodes;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What programs send that is missing or makes no sense is named; what is optional may be left out; and what is not kept is said so.</summary>
public sealed class ApiMistakeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "/api/v1/site", """{"edits": []}""", "basedOn is missing")]
    [InlineData("PUT", "/api/v1/site", """{"basedOn": 0, "edits": [{"kind": "set", "value": "1"}]}""", "path is missing")]
    [InlineData("PUT", "/api/v1/site", """{"basedOn": 0, "edits": [null]}""", "edits: found null without what it needs, allowed is")]
    [InlineData("PUT", "/api/v1/site", """{"basedOn": 0}""", "edits: found nothing, allowed is")]
    [InlineData("POST", "/api/v1/devices/probe", """{"id": "x", "type": "y"}""", "bus, address are missing")]
    [InlineData("POST", "/api/v1/devices/probe", """{"id": null, "type": "y", "bus": "z", "address": "1"}""", "id: found nothing, allowed is a text that is not empty.")]
    [InlineData("PUT", "/api/v1/outputs/x/test", """{"confirmed": true}""", "value is missing")]
    [InlineData("POST", "/api/v1/zones/cp/overrides", """{"setpointC": 19}""", "until is missing")]
    [InlineData("POST", "/api/v1/zones/cp/overrides", """{"setpointC": "19", "until": "2026-01-19T10:00:00Z"}""", "setpointC is of another type than described")]
    [InlineData("POST", "/api/v1/tokens", "{}", "name is missing")]
    [InlineData("POST", "/api/v1/tokens", """{"name": "x", "scope": "9"}""", "scope: found 9, allowed is read, comfort or settings.")]
    [InlineData("POST", "/api/v1/accounts", """{"name": "Luca"}""", "role, password are missing")]
    [InlineData("PUT", "/api/v1/accounts/Marie/role", """{"role": "king"}""", "role: found king, allowed is viewer, staff, installer or admin.")]
    [InlineData("PUT", "/api/v1/accounts/Marie/password", "{}", "new is missing")]
    [InlineData("PUT", "/api/v1/account/password", """{"new": "something long"}""", "old is missing")]
    [InlineData("POST", "/api/v1/calendar/events", """{"first": "2026-01-20"}""", "kind is missing")]
    [InlineData("POST", "/api/v1/what-if", "{}", "changes is missing")]
    [InlineData("POST", "/api/v1/what-if", """{"changes": [{"temperatureC": 18}]}""", "kind is missing")]
    [InlineData("PUT", "/api/v1/zones/cp/setpoints", """{"version": 0, "comfortC": 19, "reducedC": 16}""", "absenceC, frostC are missing")]
    [InlineData("GET", "/api/v1/energy/signature", "", "meter: found nothing, allowed is one that is named.")]
    [InlineData("GET", "/api/v1/energy?period=decade", "", "period: found decade, allowed is day, week, month or year.")]
    [InlineData("GET", "/api/v1/alarms?from=2026-01-01T00:00:00Z&to=2020-01-01T00:00:00Z", "", "from: found 2026-01-01")]
    [InlineData("GET", "/api/v1/calendar?from=2026-01-02&to=2026-01-01", "", "to: found 2026-01-01, allowed is 2026-01-02 and at most 800 days later.")]
    [InlineData("GET", "/api/v1/audit?from=yesterday", "", "from: found yesterday, allowed is a day such as 2026-11-22.")]
    [InlineData("GET", "/api/v1/audit?limit=0", "", "limit: found 0, allowed is 1 to 500.")]
    public async Task What_is_missing_or_makes_no_sense_is_named(string method, string path, string body, string detail)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var admin = host.Visitor("en");
        await admin.SignIn("Anne", Stop);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("RequestVerificationToken", await admin.Token("/account", Stop));
        using var answer = await admin.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (answer.Content.Headers.ContentType?.MediaType).ShouldBe("application/problem+json");
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop)).ShouldNotBeNull()["detail"].ShouldNotBeNull().GetValue<string>().ShouldContain(detail);
    }

    [Theory]
    [InlineData("PUT", "/api/v1/site", """{"basedOn": 0, "edits": [{"kind": "set", "path": "zones.cp.setpoints.comfort", "value": "18.5 °C"}]}""", HttpStatusCode.OK)]
    [InlineData("POST", "/api/v1/site/preview", """{"edits": [{"kind": "set", "path": "zones.cp.setpoints.comfort", "value": "18.5 °C"}]}""", HttpStatusCode.OK)]
    [InlineData("POST", "/api/v1/alarms/1/acknowledge", "{}", HttpStatusCode.OK)]
    [InlineData("POST", "/api/v1/tokens", """{"name": "city"}""", HttpStatusCode.Created)]
    [InlineData("POST", "/api/v1/calendar/events", """{"kind": "Closed", "first": "2026-01-20"}""", HttpStatusCode.NoContent)]
    [InlineData("POST", "/api/v1/what-if", """{"changes": [{"kind": "comfort", "temperatureC": 18}]}""", HttpStatusCode.Accepted)]
    [InlineData("PUT", "/api/v1/outputs/relays.channel-1/test", """{"value": 1}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_optional_may_be_left_out(string method, string path, string body, HttpStatusCode status)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Desk.Alarms.Add(AlarmTests.Unseen);
        using var admin = host.Visitor("en");
        await admin.SignIn("Anne", Stop);
        using var answer = await ApiTests.Send(admin, method, path, body);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("""{"setpointC": 40, "until": "2026-01-19T10:00:00Z"}""", "setpointC: found 40, allowed is 5 to 22.")]
    [InlineData("""{"setpointC": 20, "until": "2026-01-19T05:00:00Z"}""", "until: found")]
    [InlineData("""{"setpointC": 20, "until": "2026-01-22T05:00:00Z"}""", "at most 24 h ahead")]
    [InlineData("""{"until": "2026-01-19T10:00:00Z"}""", "The body is not JSON of the shape")]
    [InlineData("""{"setpointC": "20", "until": "2026-01-19T10:00:00Z"}""", "The body is not JSON of the shape")]
    [InlineData("""{"setpointC": 20,""", "The body is not JSON of the shape")]
    public async Task Wish_that_makes_no_sense_is_refused_with_its_reason(string body, string detail)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var staff = await ApiTests.Staff(host);
        var answer = await ApiTests.Post(staff, "/api/v1/zones/cp/overrides", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop)).ShouldNotBeNull()["detail"].ShouldNotBeNull().GetValue<string>().ShouldContain(detail);
        host.Desk.Wishes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Vote_that_the_card_does_not_take_may_be_cast_again_at_once()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Votes.GiveCode();
        using var anybody = host.Visitor("en");
        host.Votes.Break();
        for (var n = 0; n < 2; n++)
            (await ApiTests.Post(anybody, $"/api/v1/rooms/{SampleVotes.Code}/votes", """{"feeling": "TooCold"}""")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
