using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using NJsonSchema;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The interface for programs: described whole, answering as described, and saying what is wrong.</summary>
public sealed class ApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_is_described_with_a_summary_an_answer_and_its_mistakes()
    {
        await using var host = await VoteTests.Host();
        var document = await Document(host);
        (document["openapi"]?.GetValue<string>()).ShouldStartWith("3.1");
        var described = Operations(document).ToDictionary(o => $"{o.Method} {o.Path}", o => o.Operation);
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith(ApiRoutes.Root, StringComparison.Ordinal) == true && !e.RoutePattern.RawText.EndsWith("openapi.json", StringComparison.Ordinal))
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} {Constraints(e.RoutePattern.RawText ?? "")}")).ToList();
        routes.Count.ShouldBeGreaterThan(15);
        described.Keys.Order().ShouldBe(routes.Order());
        foreach (var (route, operation) in described)
        {
            operation["summary"].ShouldNotBeNull(route);
            operation["operationId"].ShouldNotBeNull(route);
            var answers = operation["responses"].ShouldNotBeNull(route).AsObject();
            answers.ShouldContain(a => a.Key[0] == '2', route);
            foreach (var (status, answer) in answers)
            {
                if (status is "200" or "201" && !route.EndsWith(".pcap", StringComparison.Ordinal)) (answer?["content"]).ShouldNotBeNull($"{route} {status}");
                if (status[0] == '4') (answer?["content"]?["application/problem+json"]?["schema"]?["$ref"]?.GetValue<string>()).ShouldEndWith("ProblemDetails");
            }

            if (operation["parameters"] is JsonArray { Count: > 0 } parameters)
            {
                answers.ShouldContainKey("400", route);
                foreach (var parameter in parameters) (parameter?["description"]).ShouldNotBeNull($"{route}: what {parameter?["name"]} is for");
            }

            if (!route.StartsWith("GET", StringComparison.Ordinal) && !route.Contains("/rooms/", StringComparison.Ordinal) && route is not ("POST /api/v1/sessions" or "POST /api/v1/setup"))
            {
                answers.ShouldContainKey("401", route);
                var isForPeople = route.Split('/')[3] is "account" or "accounts" or "sessions" or "tokens";
                (operation["security"]?.AsArray().Count).ShouldBe(isForPeople ? 1 : 2, $"{route}: a token opens none of the accounts");
            }
        }
    }

    [Fact]
    public async Task Answers_are_of_the_shape_that_is_described()
    {
        await using var host = await PageHost.Start(Stop, QuestionTests.Asking);
        host.Service<EnergyPilot.Gateway.Uplink.UplinkView>().Show(ApiPageTests.Sending);
        host.Votes.GiveCode();
        host.Votes.Fill(new("cp"), 4, Feeling.TooCold);
        host.Desk.Uses.Add(QuestionTests.Added);
        host.Desk.AddWish();
        host.Desk.Alarms.Add(AlarmTests.Unseen);
        using var admin = host.Visitor("en");
        await admin.SignIn("Anne", Stop);
        host.Access.Books.Tokens.TryAdd("Anne", "city", TokenScope.Read, host.Clock.Now.AddDays(1), out _).ShouldBeTrue();
        var asked = await Asked(host, admin);
        await Changed(admin);
        var document = await Document(host);
        var definitions = document["components"]?["schemas"]?.ToJsonString().Replace("#/components/schemas/", "#/definitions/") ?? "{}";
        var tried = 0;
        foreach (var (_, path, operation) in Operations(document).Where(o => o.Method == "GET"))
        {
            if (operation["responses"]?["200"]?["content"]?["application/json"]?["schema"] is not { } shape) continue;
            var schema = await JsonSchema.FromJsonAsync($$"""{"definitions": {{definitions}}, "allOf": [{{shape.ToJsonString().Replace("#/components/schemas/", "#/definitions/")}}]}""", Stop);
            var answer = await admin.GetAsync(new Uri(Example(path, asked), UriKind.Relative), Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path} answers {text}");
            schema.Validate(text).Select(e => e.ToString()).ShouldBeEmpty($"{path} answers {text}");
            tried++;
        }

        tried.ShouldBeGreaterThan(25);
        var zones = Operations(document).First(o => o.Path.EndsWith("/zones", StringComparison.Ordinal)).Operation["responses"]?["200"]?["content"]?["application/json"]?["schema"];
        var strict = await JsonSchema.FromJsonAsync($$"""{"definitions": {{definitions}}, "allOf": [{{zones?.ToJsonString().Replace("#/components/schemas/", "#/definitions/")}}]}""", Stop);
        strict.Validate("""[{"zone": 7}]""").ShouldNotBeEmpty("the check itself can fail");
    }

    [Theory]
    [InlineData("/api/v1/mornings?days=0", "days: found 0, allowed is 1 to 1100.")]
    [InlineData("/api/v1/mornings?days=many", "days: found many, allowed is a whole number.")]
    [InlineData("/api/v1/zones/cp/series?hours=9999", "hours: found 9999, allowed is 1 to 168.")]
    [InlineData("/api/v1/ledger?from=yesterday", "from: found yesterday, allowed is a day such as 2026-11-22.")]
    [InlineData("/api/v1/ledger?from=2020-01-01&to=2026-11-01", "from: found 2020-01-01, allowed is at most 400 days before 2026-11-01, and not after it.")]
    [InlineData("/api/v1/zones/nosuch/series", "There is no zone “nosuch”.")]
    public async Task Mistake_names_the_parameter_what_was_found_and_what_is_allowed(string path, string detail)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop);
        (answer.Content.Headers.ContentType?.MediaType).ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop)).ShouldNotBeNull();
        (problem["detail"]?.GetValue<string>()).ShouldBe(detail);
        (problem["status"]?.GetValue<int>()).ShouldBe((int)answer.StatusCode);
    }

    [Fact]
    public async Task Program_makes_lists_and_ends_a_wish()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var staff = await Staff(host);
        var made = await Post(staff, "/api/v1/zones/library/overrides", """{"setpointC": 20.5, "until": "2026-01-19T11:00:00+01:00", "note": "Heure du conte"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (made.Headers.Location?.ToString()).ShouldBe("/api/v1/overrides/1");
        var all = JsonNode.Parse(await staff.GetStringAsync(new Uri("/api/v1/overrides", UriKind.Relative), Stop));
        all.ShouldNotBeNull()[0].ShouldNotBeNull().ToJsonString().ShouldContain("\"setpointC\":20.5,\"owner\":\"Marie\"");
        (await staff.DeleteAsync(new Uri("/api/v1/overrides/9", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await staff.DeleteAsync(new Uri("/api/v1/overrides/1", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Desk.Cancelled.ShouldBe([(1, "Marie")]);
    }

    [Fact]
    public async Task Program_answers_a_question()
    {
        await using var host = await PageHost.Start(Stop, QuestionTests.Asking);
        using var staff = await Staff(host);
        var zones = JsonNode.Parse(await staff.GetStringAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop));
        var since = zones?.AsArray().First(z => z?["zone"]?.GetValue<string>() == "library")?["questions"]?[0]?["since"]?.GetValue<string>();
        (await Post(staff, "/api/v1/zones/library/answers", $$"""{"since": "{{since}}", "reply": "Perhaps"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(staff, "/api/v1/zones/cp/answers", $$"""{"since": "{{since}}", "reply": "No"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(staff, "/api/v1/zones/library/answers", $$"""{"since": "{{since}}", "reply": "EveryWeek"}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Desk.Replies.ShouldHaveSingleItem().Reply.ShouldBe(UseReply.EveryWeek);
    }

    [Fact]
    public async Task Program_votes_with_the_code_and_staff_take_the_suggestion()
    {
        await using var host = await VoteTests.Host();
        using var anybody = host.Visitor("en");
        (await Post(anybody, $"/api/v1/rooms/{SampleVotes.Code}/votes", """{"feeling": "Hot"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(anybody, $"/api/v1/rooms/{SampleVotes.Code}/votes", """{"feeling": "TooCold"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var again = await Post(anybody, $"/api/v1/rooms/{SampleVotes.Code}/votes", """{"feeling": "TooCold"}""");
        again.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (again.Headers.RetryAfter?.Date).ShouldBe(new DateTimeOffset(2026, 1, 19, 5, 42, 30, TimeSpan.Zero));
        (await anybody.GetAsync(new Uri("/api/v1/votes", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        host.Votes.Fill(new("cp"), 4, Feeling.TooCold, Feeling.TooCold);
        using var staff = await Staff(host);
        (await Post(staff, "/api/v1/votes/ce1/apply", """{"setpointC": 19}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Post(staff, "/api/v1/votes/cp/apply", """{"setpointC": 20}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Post(staff, "/api/v1/votes/cp/apply", """{"setpointC": 19}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Desk.Site.Zones[0].Setpoints.Comfort.Degrees.ShouldBe(19);
    }

    [Fact]
    public async Task Stream_begins_with_all_zones_then_tells_what_changed_and_nothing_else()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var program = host.Visitor("en");
        await using var stream = await program.GetStreamAsync(new Uri("/api/v1/events", UriKind.Relative), Stop);
        await using var events = SseParser.Create(stream).EnumerateAsync(Stop).GetAsyncEnumerator(Stop);
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.EventType.ShouldBe("zones");
        events.Current.EventId.ShouldBe("1768799550000");
        Zones(events.Current).Count.ShouldBe(12);

        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(10)));
        (await events.MoveNextAsync()).ShouldBeTrue();
        Zones(events.Current).ShouldBeEmpty();

        host.Live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(20), warmer: 0.5));
        (await events.MoveNextAsync()).ShouldBeTrue();
        Zones(events.Current).Count.ShouldBe(12);
        (await program.Text("/metrics", Stop)).ShouldContain("energypilot_event_streams{for=\"program\"} 1");
    }

    [Fact]
    public async Task Stream_of_a_control_that_is_silent_says_so_by_a_heartbeat()
    {
        var (clock, live, desk, traffic) = (new ManualTime(SampleSchool.Monday0612), new LiveView(), new SampleDesk().Desk, new Traffic());
        live.Show(SampleSchool.Cycle(SampleSchool.Monday0612));
        var stream = new EventStream(live, new Views(desk), desk, clock, traffic, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        await using (var events = stream.Follow(Language.Fallback, Stop).GetAsyncEnumerator(Stop))
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
            var next = events.MoveNextAsync().AsTask();
            clock.Advance(TimeSpan.FromSeconds(29));
            next.IsCompleted.ShouldBeFalse();
            clock.Advance(TimeSpan.FromSeconds(1));
            (await next).ShouldBeTrue();
            events.Current.EventType.ShouldBe("heartbeat");
            events.Current.Data.ShouldContain("2026-01-19T05:13:00");

            next = events.MoveNextAsync().AsTask();
            live.Show(SampleSchool.Cycle(SampleSchool.Monday0612.AddSeconds(40)));
            (await next).ShouldBeTrue();
            events.Current.EventType.ShouldBe("zones");
            traffic.Streams(StreamKind.Program).ShouldBe(1);
        }

        traffic.Streams(StreamKind.Program).ShouldBe(0);
    }

    [Fact]
    public async Task People_read_the_same_document_with_calls_that_work()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        var page = await visitor.Text("/api", Stop);
        page.ShouldContain($"curl -s {host.Address.GetLeftPart(UriPartial.Authority)}/api/v1/zones");
        page.ShouldContain("For: staff");
        page.ShouldContain("\"setpointC\": 19.5");
        foreach (var (_, path, _) in Operations(await Document(host))) page.ShouldContain(path);
    }

    // Paths that need something of their own in the place of their holes.
    private static string Example(string path, long asked) => path switch
    {
        "/api/v1/what-if/{id}" or "/api/v1/what-if/{id}/preview" => path.Replace("{id}", $"{asked}"),
        "/api/v1/site/versions/{number}" => "/api/v1/site/versions/1",
        "/api/v1/days/{day}" => "/api/v1/days/2026-01-18",
        "/api/v1/energy/signature" => "/api/v1/energy/signature?meter=gas",
        _ => path.Replace("{id}", "cp").Replace("{code}", SampleVotes.Code),
    };

    // A question that was worked out, so that its answer has all its parts.
    private static async Task<long> Asked(PageHost host, HttpClient admin)
    {
        using var answer = await Send(admin, "POST", "/api/v1/what-if", """{"changes": [{"kind": "comfort", "zones": ["hall"], "temperatureC": 15}]}""");
        var id = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))?["id"]?.GetValue<long>() ?? 0;
        await host.Desk.WhatIf.Wait(id, TimeSpan.FromSeconds(60), Stop);
        return id;
    }

    private static async Task Changed(HttpClient admin)
    {
        using var answer = await Send(admin, "PUT", "/api/v1/site", """{"basedOn": 0, "edits": [{"kind": "set", "path": "zones.cp.setpoints.comfort", "value": "18.5 °C"}]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    internal static async Task<HttpResponseMessage> Send(HttpClient client, string method, string path, string json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("RequestVerificationToken", await client.Token("/account", Stop));
        return await client.SendAsync(request, Stop);
    }

    internal static async Task<HttpClient> Staff(PageHost host)
    {
        var staff = host.Visitor("en");
        await staff.SignIn(Stop);
        staff.DefaultRequestHeaders.Add("RequestVerificationToken", await staff.Token("/zones/cp", Stop));
        return staff;
    }

    internal static async Task<HttpResponseMessage> Post(HttpClient client, string path, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(path, UriKind.Relative), body, Stop);
    }

    private static JsonArray Zones(SseItem<string> item) => JsonNode.Parse(item.Data)?["zones"]?.AsArray() ?? [];

    private static async Task<JsonNode> Document(PageHost host)
    {
        using var visitor = host.Visitor("en");
        return (await visitor.GetFromJsonAsync<JsonNode>(new Uri("/api/v1/openapi.json", UriKind.Relative), Stop)).ShouldNotBeNull();
    }

    private static IEnumerable<(string Method, string Path, JsonObject Operation)> Operations(JsonNode document) =>
        from path in document["paths"]?.AsObject() ?? []
        from operation in path.Value?.AsObject() ?? []
        where operation.Value is JsonObject
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value.AsObject());

    private static string Constraints(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @":[a-z]+(?=\})", "");
}
