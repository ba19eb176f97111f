using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Web;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>The site changed while the real program runs: live where that is possible, else it begins anew in its own process.</summary>
public sealed partial class SiteChangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Setpoint_holds_in_the_next_cycle_and_a_device_after_a_new_beginning_of_the_same_process()
    {
        await using var gateway = await GatewayProcess.Serving("--start", "2027-01-11T09:00");
        using var anne = await SignedIn(gateway);

        var live = await Change(anne, 0, new { kind = "set", path = "zones.office.setpoints.comfort", value = "17.5 °C" });
        live.GetProperty("state").GetString().ShouldBe("Applied");
        await Until(anne, "zones", zones => zones.EnumerateArray().Any(z => z.GetProperty("zone").GetString() == "office" && z.GetProperty("targetC").GetDouble() == 17.5));

        var anew = await Change(anne, 2, new { kind = "block", path = "devices.room-attic", value = "name: Attic\ntype: dallas-ds18b20\nbus: one-wire\naddress: 28-0316a2799999\n" });
        anew.GetProperty("state").GetString().ShouldBe("BeginsAnew");
        await Until(anne, "devices-page", page => page.GetString()?.Contains("Attic", StringComparison.Ordinal) ?? false);
        await Until(anne, "zones", zones => zones.EnumerateArray().Any(z => z.GetProperty("zone").GetString() == "office" && z.GetProperty("targetC").GetDouble() == 17.5));

        gateway.IsRunning.ShouldBeTrue();
        (await anne.GetFromJsonAsync<JsonElement>("/api/v1/site", Stop)).GetProperty("version").GetInt64().ShouldBe(3);
        gateway.Output.ShouldNotContain("ERROR");
        gateway.Output.ShouldNotContain("CRITICAL");
        SchoolFiles.Read("config/sites/lucie-aubrac.yaml").Text.ShouldBe(SchoolFiles.Demo.Text, "the installer's file is never written");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Change_outlives_the_end_of_the_program()
    {
        var data = Directory.CreateTempSubdirectory("energypilot-test-").FullName;
        await using (var gateway = await GatewayProcess.ServingFrom(data, "--start", "2027-01-11T09:00"))
        {
            using var anne = await SignedIn(gateway);
            await Change(anne, 0, new { kind = "set", path = "zones.office.setpoints.comfort", value = "17.5 °C" });
            gateway.Kill();
        }

        await using (var again = await GatewayProcess.ServingFrom(data, "--start", "2027-01-11T09:00"))
            await Until(again.Http, "zones", zones => zones.EnumerateArray().Any(z => z.GetProperty("zone").GetString() == "office" && z.GetProperty("targetC").GetDouble() == 17.5));
        Directory.Delete(data, recursive: true);
    }

    // What parses and yet throws when the bus is opened: no file can have such a name.
    private const string NoFile = "buses:\n  broker:\n    protocol: mqtt\n    where: 127.0.0.1:9\n    user: school\n    password-file: \"a\\0b\"\n";

    [Fact(Timeout = Patience.Hang)]
    public async Task Change_that_throws_at_the_start_is_gone_back_on_in_the_same_process()
    {
        var site = Path.Combine(AppContext.BaseDirectory, "config/sites/lucie-aubrac.yaml");
        await using var gateway = await GatewayProcess.Serving(site);
        using var anne = await SignedIn(gateway);

        var text = (await anne.GetFromJsonAsync<JsonElement>("/api/v1/site", Stop)).GetProperty("text").GetString().ShouldNotBeNull();
        var answer = await anne.PutAsJsonAsync("/api/v1/site", new { text = text.Replace("buses:\n", NoFile, StringComparison.Ordinal), basedOn = 0 }, Stop);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("BeginsAnew");
        await gateway.Until(WentBack());

        await Until(anne, "alarms", alarms => alarms.GetRawText().Contains("SiteVersionFailed", StringComparison.Ordinal));
        (await anne.GetStringAsync(new Uri("/settings", UriKind.Relative), Stop)).ShouldContain("did not start");
        (await anne.GetFromJsonAsync<JsonElement>("/api/v1/site", Stop)).GetProperty("text").GetString().ShouldNotBeNull().ShouldNotContain("broker:");
        gateway.IsRunning.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Change_with_which_the_process_ended_before_its_first_cycle_is_gone_back_on_at_the_next_start()
    {
        var (site, data) = (Path.Combine(AppContext.BaseDirectory, "config/sites/lucie-aubrac.yaml"), Directory.CreateTempSubdirectory("energypilot-test-").FullName);
        // Whoever reads a pipe that nobody writes waits for ever: the first cycle never comes.
        var pipe = Path.Combine(data, "password");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(Stop);
        await using (var gateway = await GatewayProcess.ServingFrom(data, site))
        {
            using var anne = await SignedIn(gateway);
            await Change(anne, 0, new { kind = "block", path = "buses.broker", value = $"protocol: mqtt\nwhere: 127.0.0.1:9\nuser: school\npassword-file: {pipe}\n" });
            // Opening it for writing waits for the one who reads: now it has begun, and hangs.
            await using var open = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write), Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);
            gateway.Kill();
        }

        await using (var again = await GatewayProcess.ServingFrom(data, site))
        {
            await again.Until(WentBack());
            await Until(again.Http, "zones", zones => zones.GetArrayLength() > 0);
        }

        Directory.Delete(data, recursive: true);
    }

    [GeneratedRegex(@"(Version 2 of the site ended before its first cycle)")]
    private static partial Regex WentBack();

    private static async Task<HttpClient> SignedIn(GatewayProcess gateway)
    {
        var code = await gateway.Until(SetupCode());
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Http.BaseAddress };
        await client.Send("/setup", "setup", [("code", code), ("name", "Anne"), ("password", SampleDesk.Password), ("again", SampleDesk.Password)], Stop);
        await client.Send("/login", "login", [("name", "Anne"), ("password", SampleDesk.Password)], Stop);
        // Before its first cycle the page has no form, and so no token.
        var token = "";
        while (token.Length == 0)
        {
            token = await client.Token("/zones/cp", Stop);
            await Task.Delay(50, Stop);
        }

        client.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        return client;
    }

    private static async Task<JsonElement> Change(HttpClient client, long basedOn, object edit)
    {
        var answer = await client.PutAsJsonAsync("/api/v1/site", new { edits = new[] { edit }, basedOn, note = "" }, Stop);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    // While it begins anew nobody answers: it is asked again. The test's own limit ends it.
    private static async Task Until(HttpClient client, string what, Func<JsonElement, bool> holds)
    {
        while (true)
        {
            try
            {
                var path = what == "devices-page" ? "/devices" : $"/api/v1/{what}";
                var text = await client.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
                if (holds(what == "devices-page" ? JsonSerializer.SerializeToElement(text) : JsonDocument.Parse(text).RootElement)) return;
            }
            catch (HttpRequestException)
            {
                // It is away for some seconds.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), Stop);
        }
    }

    [GeneratedRegex(@"one-time code (\S+)")]
    private static partial Regex SetupCode();
}
