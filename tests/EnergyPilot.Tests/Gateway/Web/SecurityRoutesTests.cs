using System.Net;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Role = EnergyPilot.Gateway.Storage.Role;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>
/// Every route of the real page that may change something, found by asking the host for its routes: one that is added and forgets who may use it fails here.
/// What anybody may send stands in one list; to put a route there is a deliberate act.
/// </summary>
public sealed class SecurityRoutesTests
{
    /// <summary>
    /// Sent without an account: signing in and out, making the first account (both also as JSON, no further than by the form, and at the same pace), a page of an error, which does nothing, and a vote for the room whose code somebody
    /// has: pupils have no accounts; a vote changes no setpoint, is one in half an hour, and another site cannot send it (tested below).
    /// </summary>
    private static readonly string[] ForAnybody = ["/login", "/logout", "/setup", "/status/{Code:int}", "/api/v1/rooms/{code}/votes", "/api/v1/sessions", "/api/v1/setup"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    [Fact]
    public async Task There_are_routes_to_look_at_and_those_for_anybody_are_known()
    {
        await using var host = await Host();
        var all = Changing(host).ToList();
        all.Count.ShouldBeGreaterThan(25);
        all.Where(r => r.IsForAnybody).Select(r => r.Pattern).Except(ForAnybody).Where(p => !p.StartsWith("/r/", StringComparison.Ordinal)).ShouldBeEmpty("open to anybody without standing in the list");
    }

    [Fact]
    public async Task Nobody_without_an_account_changes_anything()
    {
        await using var host = await Host();
        using var stranger = host.Visitor("en");
        var token = await stranger.Token("/login", Stop);
        var before = Standing(host);
        foreach (var route in Guarded(host))
        {
            var answer = await Send(stranger, route, token, []);
            if (route.IsApi) answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, route.ToString());
            else
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, route.ToString());
                answer.Headers.Location.ShouldNotBeNull().ToString().ShouldContain("/login?back=");
            }
        }

        Standing(host).ShouldBe(before);
    }

    [Fact]
    public async Task Every_too_low_role_is_refused()
    {
        await using var host = await Host();
        var before = Standing(host);
        foreach (var (name, role) in SampleDesk.Accounts.Where(a => a.Value < Role.Admin))
        {
            using var visitor = host.Visitor("en");
            await visitor.SignIn(name, Stop);
            var token = await visitor.Token("/account", Stop);
            foreach (var route in Guarded(host).Where(r => r.Least > role))
                (await Send(visitor, route, token, [])).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{name} at {route}");
        }

        Standing(host).ShouldBe(before);
    }

    [Fact]
    public async Task Without_the_forms_token_nobody_changes_anything()
    {
        await using var host = await Host();
        using var admin = host.Visitor("en");
        await admin.SignIn("Anne", Stop);
        var before = Standing(host);
        foreach (var route in Guarded(host))
            (await Send(admin, route, "", [])).StatusCode.ShouldBe(HttpStatusCode.BadRequest, route.ToString());
        foreach (var route in Changing(host).Where(r => r.IsForAnybody && r.Pattern == "/logout"))
            (await Send(admin, route, "", [])).StatusCode.ShouldBe(HttpStatusCode.BadRequest, route.ToString());
        Standing(host).ShouldBe(before);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task From_another_site_nothing_is_changed_even_with_the_token(string header, string value)
    {
        await using var host = await Host();
        using var admin = host.Visitor("en");
        await admin.SignIn("Anne", Stop);
        var token = await admin.Token("/account", Stop);
        var before = Standing(host);
        foreach (var route in Changing(host))
            (await Send(admin, route, token, [(header, value)])).StatusCode.ShouldBe(HttpStatusCode.Forbidden, route.ToString());
        Standing(host).ShouldBe(before);
    }

    [Fact]
    public async Task From_our_own_pages_the_same_is_allowed()
    {
        await using var host = await Host();
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        var token = await marie.Token("/zones/cp", Stop);
        foreach (var (header, value) in ((string, string)[])[("Sec-Fetch-Site", "same-origin"), ("Origin", host.Address.GetLeftPart(UriPartial.Authority))])
        {
            using var request = Form("/zones/cp", [("_handler", "override"), ("__RequestVerificationToken", token), ("setpoint", "20"), ("end", "TwoHours")]);
            request.Headers.Add(header, value);
            (await marie.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        host.Desk.Wishes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_opens_no_more_than_its_scope_and_its_owner()
    {
        await using var host = await Host();
        var before = Standing(host);
        foreach (var (owner, scope) in ((string, TokenScope)[])[("Anne", TokenScope.Read), ("Anne", TokenScope.Comfort), ("Anne", TokenScope.Settings), ("Vera", TokenScope.Settings)])
        {
            host.Access.Books.Tokens.TryAdd(owner, "test", scope, host.Clock.Now.AddDays(1), out var key).ShouldBeTrue();
            using var program = host.Visitor("en");
            program.DefaultRequestHeaders.Authorization = new("Bearer", key);
            var role = (Role)Math.Min((int)scope, (int)SampleDesk.Accounts[owner]);
            foreach (var route in Guarded(host).Where(r => r.IsApi && (r.IsOwn || r.Least > role)))
                (await Send(program, route, "", [])).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{owner} {scope} at {route}");
            foreach (var token in host.Access.Books.Tokens.All) host.Access.Books.Tokens.Revoke(token.Id);
        }

        Standing(host).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_read_with_a_role_is_read_with_no_less()
    {
        await using var host = await Host();
        using var stranger = host.Visitor("en");
        using var viewer = host.Visitor("en");
        await viewer.SignIn("Vera", Stop);
        var guarded = Routes(host).Where(r => r.Method == "GET" && r.Needs is not null).ToList();
        guarded.Count.ShouldBeGreaterThan(5);
        foreach (var route in guarded)
        {
            (await stranger.GetAsync(new Uri(route.Path, UriKind.Relative), Stop)).StatusCode.ShouldBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.Redirect], route.ToString());
            if (route.Needs > Role.Viewer) (await viewer.GetAsync(new Uri(route.Path, UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, route.ToString());
        }
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, Route route, string token, IEnumerable<(string Name, string Value)> headers)
    {
        using var request = route.IsApi
            ? new HttpRequestMessage(new HttpMethod(route.Method), route.Path) { Content = new StringContent("{}", System.Text.Encoding.UTF8, route.Takes) }
            : Form(route.Path, token is "" ? [("_handler", "any")] : [("_handler", "any"), ("__RequestVerificationToken", token)]);
        if (route.IsApi && token is not "") request.Headers.Add("RequestVerificationToken", token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await client.SendAsync(request, Stop);
    }

    private static HttpRequestMessage Form(string path, IEnumerable<(string Name, string Value)> fields) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };

    private static IEnumerable<Route> Changing(PageHost host) => Routes(host).Where(r => r.Method is not "GET" and not "HEAD");

    private static IEnumerable<Route> Guarded(PageHost host) => Changing(host).Where(r => !r.IsForAnybody);

    private static IEnumerable<Route> Routes(PageHost host) =>
        from endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        select new Route(
            method, $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}", $"/{string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Filled))))}",
            endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Least, endpoint.Metadata.GetMetadata<OwnAffairsAttribute>() is not null, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
            endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is [var first, ..] ? first : "application/json");

    private static string Filled(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies.Count: > 0 } => "1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "name" or "Name" } => "Marie",
        _ => "cp",
    };

    // Everything that a route of this page could change.
    private static string Standing(PageHost host) => string.Join('\n',
        [host.Access.Standing, .. host.Desk.Wishes.Select(w => w.ToString()), .. host.Desk.Uses.Select(u => u.ToString()), .. host.Desk.Cancelled.Select(c => c.ToString()), .. host.Desk.Replies.Select(r => r.ToString())]);

    /// <summary>One method of one route.</summary>
    /// <param name="Takes">The type of the body that it reads.</param>
    private sealed record Route(string Method, string Pattern, string Path, Role? Needs, bool IsOwn, bool IsForAnybody, string Takes)
    {
        public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal);

        /// <summary>Whatever changes something needs staff at least, unless it is one's own.</summary>
        public Role Least => IsOwn ? Needs ?? Role.Viewer : (Role)Math.Max((int)(Needs ?? Role.Staff), (int)Role.Staff);

        public override string ToString() => $"{Method} {Pattern}";
    }
}
