using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Access;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What comes from people who mean harm: bodies, headers, paths, names. Nothing of it changes anything, and no answer tells how the program is made.</summary>
public sealed partial class SecurityHostileTests
{
    private const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Traversals =>
    [
        "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/page.css/../../appsettings.json", "/%2e%2e%5c%2e%2e%5cenergypilot.db", "/tls/made.pem", "/keys/", "/energypilot.db",
        "/zones/..%2f..%2fetc%2fpasswd", "/api/v1/zones/..%2f..%2fetc/series", "/api/v1/buses/..%2f..%2fetc%2fpasswd/trace", "/api/v1/buses/%2e%2e/trace.pcap", "/accounts/..%2f..%2fetc", "/page.css%00.html", "/zones/%00",
    ];

    private static Task<PageHost> Host() => PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));

    [Theory, MemberData(nameof(Traversals))]
    public async Task No_path_leads_out_of_the_page(string path)
    {
        await using var host = await Host();
        var answer = await Raw(host, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (400|404|302)");
        answer.ShouldNotContain("root:");
        LeaksNothing(answer);
    }

    [Theory]
    [InlineData("POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 33554432\r\nConnection: close\r\n\r\nname=", "413|400")]
    [InlineData("POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: -1\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\nContent-Length: 4\r\nConnection: close\r\n\r\nname", "400")]
    [InlineData("POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\nConnection: close\r\n\r\n0\r\n\r\n", "400")]
    [InlineData("POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nZZ\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: <script>\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: \0\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("GET /?a=b\rX: y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400")]
    [InlineData("TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "405|302")]
    public async Task What_is_no_request_is_refused(string request, string statuses)
    {
        await using var host = await Host();
        var answer = await Raw(host, request);
        answer.ShouldMatch($"^HTTP/1.1 ({statuses}) ");
        LeaksNothing(answer);
    }

    [Fact]
    public async Task Long_lines_and_many_headers_are_refused()
    {
        await using var host = await Host();
        (await Raw(host, $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
        (await Raw(host, $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await Raw(host, $"GET / HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: 1\r\n"))}\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await host.Visitor("en").GetAsync(new Uri("/", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_in_chunks_without_end_is_cut_off()
    {
        await using var host = await Host();
        var chunk = $"2000\r\n{new string('a', 0x2000)}\r\n";
        var answer = await Raw(host, $"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{string.Concat(Enumerable.Repeat(chunk, 5))}");
        answer.ShouldMatch("^HTTP/1.1 (400|413) ");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("{\"name\": 1e999}")]
    [InlineData("{\"name\": {\"name\": {}}}")]
    [InlineData("{\"ends\": \"99999-01-01\"}")]
    [InlineData("{\"ends\": \"0001-01-01T00:00:00Z\", \"name\": \"x\"}")]
    [InlineData("{\"scope\": \"admin\", \"name\": \"x\"}")]
    [InlineData("{\"scope\": \"7\", \"name\": \"x\"}")]
    [InlineData("{\"name\": \"\\ud800\\u0000\"}")]
    [InlineData("deep")]
    [InlineData("large")]
    [InlineData("broken")]
    public async Task Malformed_json_changes_nothing(string body)
    {
        await using var host = await Host();
        using var anne = host.Visitor("en");
        await anne.SignIn("Anne", Stop);
        var token = await anne.Token("/account", Stop);
        var before = host.Access.Standing;
        byte[] bytes = body switch
        {
            "deep" => Encoding.UTF8.GetBytes(new string('[', 5_000)),
            "large" => Encoding.UTF8.GetBytes($"{{\"name\": \"{new string('a', 40_000)}\"}}"),
            "broken" => [.. "{\"name\": \""u8, 0xff, 0xfe, 0xc0, .. "\"}"u8],
            _ => Encoding.UTF8.GetBytes(body),
        };
        foreach (var (method, path) in ((string, string)[])[("POST", "/api/v1/tokens"), ("POST", "/api/v1/accounts"), ("PUT", "/api/v1/accounts/Marie/role"), ("PUT", "/api/v1/account/password"), ("PUT", "/api/v1/account/second-step")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("RequestVerificationToken", token);
            var answer = await anne.SendAsync(request, Stop);
            ((int)answer.StatusCode).ShouldBeInRange(400, 431, path);
            LeaksNothing(await answer.Content.ReadAsStringAsync(Stop));
        }

        host.Access.Standing.ShouldBe(before);
    }

    [Fact]
    public async Task A_form_of_many_parts_and_a_broken_one_change_nothing()
    {
        await using var host = await Host();
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        var token = await marie.Token("/zones/cp", Stop);
        var many = await marie.Post("/zones/cp", [("_handler", "override"), ("__RequestVerificationToken", token), .. Enumerable.Range(0, 1500).Select(i => ($"k{i}", "v"))], Stop);
        ((int)many.StatusCode).ShouldBeInRange(400, 431);
        using var parts = new MultipartFormDataContent();
        for (var i = 0; i < 1100; i++) parts.Add(new StringContent(""), $"p{i}");
        try
        {
            ((int)(await marie.PostAsync(new Uri("/zones/cp", UriKind.Relative), parts, Stop)).StatusCode).ShouldBeInRange(400, 431);
        }
        catch (HttpRequestException)
        {
            // Refused before it was sent whole: the connection is closed on the rest.
        }

        using var broken = new ByteArrayContent([.. "_handler=override&setpoint=%ff%fe&end=%zz&__RequestVerificationToken="u8, .. Encoding.ASCII.GetBytes(Uri.EscapeDataString(token))]);
        broken.Headers.ContentType = new("application/x-www-form-urlencoded");
        ((int)(await marie.PostAsync(new Uri("/zones/cp", UriKind.Relative), broken, Stop)).StatusCode).ShouldBeInRange(400, 431);
        host.Desk.Wishes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/login?back=%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/login?back=/%0d%0aLocation:%20https://evil.example")]
    [InlineData("/login?back=%2f%2fevil.example")]
    [InlineData("/login?back=%2f%5cevil.example")]
    [InlineData("/login?back=%2f%09%2fevil.example")]
    [InlineData("/login?back=https:evil.example")]
    [InlineData("/login?back=javascript:alert(1)")]
    public async Task Coming_in_leads_nowhere_else_and_injects_no_header(string path)
    {
        await using var host = await Host();
        using var marie = host.Visitor("en");
        var answer = await marie.Send(path, "login", [("name", "Marie"), ("password", SampleDesk.Password)], Stop);
        new Uri(host.Address, answer.Headers.Location.ShouldNotBeNull()).Authority.ShouldBe(host.Address.Authority);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.StartsWith("energypilot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/?lang=fr&x=%0d%0aSet-Cookie:%20a=b")]
    [InlineData("//evil.example/%2f..?lang=fr")]
    [InlineData("/\\evil.example?lang=fr")]
    public async Task Choosing_a_language_leads_nowhere_else(string path)
    {
        await using var host = await Host();
        var answer = await Raw(host, $"GET {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (302|400|404) ");
        answer.ShouldNotMatch("(?im)^Set-Cookie: a=b");
        answer.ShouldNotMatch("(?im)^Location: (//|/\\\\|https?://evil)");
    }

    [Fact]
    public async Task A_strange_host_name_is_reflected_nowhere()
    {
        await using var host = await Host();
        foreach (var path in (string[])["/", "/login", "/account", "/zones/cp", "/nowhere"])
        {
            var answer = await Raw(host, $"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            answer.ShouldMatch("^HTTP/1.1 (200|302|404) ", path);
            answer.ShouldNotContain("evil.example", Case.Insensitive, path);
        }
    }

    [Fact]
    public async Task Scripts_in_texts_are_shown_as_text_everywhere()
    {
        await using var host = await Host();
        var books = host.Access.Books;
        books.Accounts.Add(Script, Role.Staff, SampleDesk.Password).ShouldBe(AccountChange.Done);
        books.Tokens.TryAdd("Anne", Script, TokenScope.Read, host.Clock.Now.AddDays(1), out _).ShouldBeTrue();
        books.Sessions.Begin("Anne", Script, Script);
        books.Audit.Write(new(host.Clock.Now, Script, Script, Script, Script, Script, Script));
        using var anne = host.Visitor("en");
        await anne.SignIn("Anne", Stop);
        foreach (var path in (string[])["/", "/account", "/accounts", $"/accounts/{Uri.EscapeDataString(Script)}", "/audit", $"/audit?who={Uri.EscapeDataString(Script)}&subject={Uri.EscapeDataString(Script)}&from={Uri.EscapeDataString(Script)}", "/zones/cp"])
        {
            var html = await anne.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
            html.ShouldNotContain("<script>alert", Case.Insensitive, path);
            html.ShouldNotContain("<img src=x", Case.Insensitive, path);
            if (path.StartsWith("/a", StringComparison.Ordinal)) html.ShouldContain("&lt;script&gt;alert", Case.Insensitive, path);
        }

        var refused = await anne.Send("/accounts", "add", [("name", Script), ("role", "Staff"), ("password", "short")], Stop);
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldNotContain("<script>alert");
        using var marie = host.Visitor("en");
        await marie.SignIn(Stop);
        (await marie.Send("/zones/cp", "override", [("setpoint", "20"), ("end", "TwoHours"), ("note", Script[..50])], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await marie.GetStringAsync(new Uri("/zones/cp", UriKind.Relative), Stop)).ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task The_audit_as_a_table_is_no_formula_and_no_header()
    {
        await using var host = await Host();
        host.Access.Books.Audit.Write(new(host.Clock.Now, "=HYPERLINK(\"http://evil\")", "+1", "-cmd|' /C calc'!A0", "@SUM(1)", "a\r\nX: b", "−3, \"x\""));
        using var ivo = host.Visitor("en");
        await ivo.SignIn("Ivo", Stop);
        var answer = await ivo.GetAsync(new Uri("/api/v1/audit.csv?who=%3DHYPERLINK(%22http://evil%22)", UriKind.Relative), Stop);
        answer.Content.Headers.ContentDisposition.ShouldNotBeNull().FileName.ShouldBe("audit-2026-01-19.csv");
        var csv = await answer.Content.ReadAsStringAsync(Stop);
        csv.ShouldContain("\"'=HYPERLINK(\"\"http://evil\"\")\",+1,'-cmd|' /C calc'!A0,'@SUM(1),\"a\r\nX: b\",\"−3, \"\"x\"\"\"\r\n");
    }

    [Fact]
    public async Task Errors_tell_nothing_of_the_program()
    {
        await using var host = await Host();
        host.Access.Dispose();
        using var visitor = host.Visitor("en");
        foreach (var path in (string[])["/status/500", "/api/v1/zones/nowhere/series", "/api/v1/nowhere", "/nowhere", "/accounts", "/login"])
        {
            var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop);
            answer.Headers.Server.ShouldBeEmpty();
            LeaksNothing(await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task Strangers_are_not_told_the_version_and_a_shared_computer_keeps_nothing()
    {
        await using var host = await Host();
        using var visitor = host.Visitor("en");
        var open = await visitor.GetAsync(new Uri("/", UriKind.Relative), Stop);
        (await open.Content.ReadAsStringAsync(Stop)).ShouldNotContain("EnergyPilot 0.");
        await visitor.SignIn(Stop);
        var closed = await visitor.GetAsync(new Uri("/", UriKind.Relative), Stop);
        (await closed.Content.ReadAsStringAsync(Stop)).ShouldContain("EnergyPilot 0.");
        closed.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        foreach (var (name, value) in ((string, string)[])[("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin")])
            closed.Headers.GetValues(name).ShouldBe([value]);
    }

    [Fact]
    public void A_cell_of_a_table_is_quoted_and_never_a_formula()
    {
        Csv.CellOrNumber("plain", ',').ShouldBe("plain");
        Csv.CellOrNumber("-0.5", ',').ShouldBe("-0.5");
        Csv.CellOrNumber("-1+1", ',').ShouldBe("'-1+1");
        Csv.CellOrNumber("\t=1", ',').ShouldBe("\"'\t=1\"");
        Csv.CellOrNumber("a;b", ',').ShouldBe("\"a;b\"");
    }

    private static void LeaksNothing(string answer)
    {
        Stack().IsMatch(answer).ShouldBeFalse(answer);
        answer.ShouldNotContain("Kestrel");
        answer.ShouldNotContain("Microsoft.");
        answer.ShouldNotContain("Sqlite", Case.Insensitive);
    }

    // Bytes as they are, which a well-behaved client would not send.
    private static async Task<string> Raw(PageHost host, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, Stop);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Stop);
        using var heard = new MemoryStream();
        try
        {
            await stream.CopyToAsync(heard, Stop);
        }
        catch (IOException)
        {
            // Refused with the rest unread: the connection is torn, and what was answered before counts.
        }

        return Encoding.UTF8.GetString(heard.ToArray());
    }

    [GeneratedRegex(@"\bat EnergyPilot\.|\.cs:line|System\.[A-Z]\w+Exception|/home/|/tmp/")]
    private static partial Regex Stack();
}
