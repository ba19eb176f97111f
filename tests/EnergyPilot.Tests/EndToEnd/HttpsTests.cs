using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The real program with https: what it shows, where http leads, and that its key is for itself.</summary>
public sealed partial class HttpsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_leads_to_https_whose_fingerprint_is_in_the_log()
    {
        var (tls, plain) = (Mosquitto.FreePort(), Mosquitto.FreePort());
        await using var gateway = await GatewayProcess.ServingOn($"http://127.0.0.1:{plain};https://127.0.0.1:{tls}");
        var fingerprint = await gateway.Until(Fingerprint());
        var shown = "";
        using var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => (shown = certificate?.GetCertHashString(HashAlgorithmName.SHA256) ?? "").Length > 0,
        };
        using var client = new HttpClient(handler);
        var page = await client.GetAsync(new Uri($"https://127.0.0.1:{tls}/account"), Stop);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(Stop)).ShouldContain(fingerprint);
        shown.ShouldBe(fingerprint.Replace(":", "", StringComparison.Ordinal));
        page.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("not with the gateway's own certificate");

        foreach (var (path, host, status) in ((string, string, HttpStatusCode)[])[("/zones/cp?a=b", "school.local", HttpStatusCode.TemporaryRedirect), ("/healthz", "school.local", HttpStatusCode.OK), ("/", "localhost", HttpStatusCode.OK)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{plain}{path}"));
            request.Headers.Host = $"{host}:{plain}";
            var answer = await client.SendAsync(request, Stop);
            answer.StatusCode.ShouldBe(status, path);
            if (status == HttpStatusCode.TemporaryRedirect) answer.Headers.Location.ShouldBe(new Uri($"https://{host}:{tls}{path}"));
        }

        using var password = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{plain}/login")) { Content = new StringContent("") };
        password.Headers.Host = "school.local";
        (await client.SendAsync(password, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(gateway.Folder, "tls", "made.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [GeneratedRegex("fingerprint ([0-9A-F:]{95})")]
    private static partial Regex Fingerprint();
}
