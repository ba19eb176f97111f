using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>HEAD is answered wherever GET is (RFC 9110, 9.1 and 9.3.2): the same status and header fields, and no body.</summary>
public sealed class HeadTests
{
    // What never ends is tested for ending.
    private static readonly string[] Endless = ["/events", "/api/v1/events"];

    // What may be told of a body that is not there.
    private static readonly string[] Told = ["Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_answers_head_as_it_answers_get()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var admin = await host.SignedIn("Anne", Stop);
        var paths = Routes(host).Except(Endless).ToList();
        paths.Count.ShouldBeGreaterThan(80);
        paths.ShouldContain("/page.css");
        var lengths = 0;
        foreach (var path in paths)
        {
            using var got = await Send(admin, HttpMethod.Get, path);
            using var head = await Send(admin, HttpMethod.Head, path);
            head.StatusCode.ShouldBe(got.StatusCode, path);
            head.Headers.Location.ShouldBe(got.Headers.Location, path);
            head.Headers.CacheControl.ShouldBe(got.Headers.CacheControl, path);
            // That there is nothing to leave out need not be told.
            foreach (var field in Told) Field(head, field).ShouldBe(Field(got, field) is var told && told == "0" ? "" : told, $"{path}: {field}");
            if (Field(head, "Content-Length").Length > 1) lengths++;
            (await head.Content.ReadAsByteArrayAsync(Stop)).ShouldBeEmpty(path);
        }

        lengths.ShouldBeGreaterThan(15, "files tell how long they are");
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page.css", "text/css")]
    [InlineData("/healthz", "text/plain")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/api/v1/zones", "application/json")]
    [InlineData("/events", "text/event-stream")]
    [InlineData("/events?zone=cp", "text/event-stream")]
    [InlineData("/api/v1/events", "text/event-stream")]
    public async Task Head_is_the_header_on_the_wire_and_the_end(string path, string type)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        var answer = await OnTheWire(host, path);
        answer.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        answer.ShouldContain($"\r\nContent-Type: {type}");
        answer.IndexOf("\r\n\r\n", StringComparison.Ordinal).ShouldBe(answer.Length - 4, "nothing follows the header");
        using var visitor = host.Visitor("en");
        (await visitor.Text("/metrics", Stop)).ShouldContain("energypilot_event_streams{for=\"page\"} 0");
    }

    [Fact]
    public async Task Head_before_the_first_cycle_waits_for_none()
    {
        await using var host = await PageHost.Start(Stop);
        (await OnTheWire(host, "/events")).ShouldStartWith("HTTP/1.1 200 OK\r\n");
        (await OnTheWire(host, "/healthz")).ShouldStartWith("HTTP/1.1 503");
    }

    [Fact]
    public async Task Head_of_what_is_not_there_or_not_allowed_says_so()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await Send(visitor, HttpMethod.Head, "/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(visitor, HttpMethod.Head, "/api/v1/site")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Send(visitor, HttpMethod.Head, "/api/v1/what-if/1/apply")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    private static async Task<string> OnTheWire(PageHost host, string path)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(host.Address.Host, host.Address.Port, Stop);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HEAD {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nConnection: close\r\n\r\n"), Stop);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Stop);
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private static string Field(HttpResponseMessage answer, string name) => answer.Content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : "";

    private static IEnumerable<string> Routes(PageHost host) =>
        (from endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
         where (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Contains("GET")
         select $"/{string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Filled))))}").Distinct();

    private static string Filled(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { ParameterPolicies.Count: > 0 } => "1",
        RoutePatternParameterPart { Name: "name" or "Name" } => "Marie",
        _ => "cp",
    };
}
