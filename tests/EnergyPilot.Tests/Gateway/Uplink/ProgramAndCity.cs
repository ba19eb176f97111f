using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.EndToEnd;
using EnergyPilot.Tests.Gateway.Web;
using EnergyPilot.Tests.Io.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>The program as a user starts it, a mosquitto and a city: from the sensors to the city, and from the city's wish to the page.</summary>
public sealed partial class ProgramAndCity(PageBrowser browser) : IClassFixture<PageBrowser>
{
    private const string Group = "demo";

    // Half a minute of the school each second: a wish shows within a moment, and still stands at the end of the test.
    private static readonly string[] Life = ["--start", "2027-01-11T10:00", "--speed", "30"];

    private static readonly DateTimeOffset Noon = new(2027, 1, 11, 11, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Everything_arrives_and_a_wish_of_the_city_shows_below_that_of_staff()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var city = new CityStandIn(broker.Port, Group, TimeProvider.System);
        await using var gateway = await GatewayProcess.Serving(["run", "--virtual", "--uplink", $"mqtt://127.0.0.1:{broker.Port}", .. Life]);
        var node = SchoolFiles.DemoSite.Id;
        await Until(() => city.Look(node, n => n.Births > 0 && n.StoredThrough > 1000));

        Wish(city, node, 17.5);
        await Until(() => Answer(city, node).StartsWith("taken", StringComparison.Ordinal));
        Answer(city, node).ShouldBe($"taken: 17.5 °C until {Noon.AddHours(9):u}");
        await Until(async () => (await Target(gateway)) == (17.5, "CityWish"));
        (await gateway.Http.Text("/zones/cp?lang=en", Stop)).ShouldContain("The city wishes 17.5 °C until 21:00, by Métropole. “pointe”");
        (await gateway.Http.Text("/zones/cp?lang=fr", Stop)).ShouldContain("La ville demande 17,5 °C jusqu’à 21:00, par Métropole. « pointe »");

        await BecomeStaff(gateway);
        var held = await gateway.Http.Send("/zones/cp", "override", [("setpoint", "20.5"), ("end", "TwoHours"), ("until", ""), ("note", "")], Stop);
        (held.RequestMessage?.RequestUri?.Query).ShouldBe("?done=true", Forms.Plain(await held.Content.ReadAsStringAsync(Stop)));
        await Until(async () => (await Target(gateway)) == (20.5, "OverrideByHand"));
        Wish(city, node, 16);
        await Until(() => Answer(city, node).StartsWith("taken: 16 ", StringComparison.Ordinal));
        (await Target(gateway)).ShouldBe((20.5, "OverrideByHand"));

        await TellsHowItStands(gateway);
        await CityHasWhatIsInTheLog(gateway, city, node);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task School_that_lets_nobody_wish_says_so_to_the_city()
    {
        await using var broker = await Mosquitto.Start(Stop);
        await using var city = new CityStandIn(broker.Port, Group, TimeProvider.System);
        var site = Path.Combine(broker.Folder, "school.yaml");
        await File.WriteAllTextAsync(site, $"{SchoolFiles.Demo.Text}\nuplink:\n  broker: broker.example:1883\n  group: {Group}\n  node: shut\n  spread: 0 s\n  wishes: none\n", Stop);
        await using var gateway = await GatewayProcess.Serving(["run", site, "--virtual", "--uplink", $"mqtt://127.0.0.1:{broker.Port}", .. Life]);
        await Until(() => city.Look("shut", n => n.Births > 0 && n.StoredThrough > 0));

        Wish(city, "shut", 17.5);
        await Until(() => Answer(city, "shut").Length > 0);
        Answer(city, "shut").ShouldBe("refused: remote wishes are switched off in the site file (uplink.wishes)");
        (await Target(gateway)).Reason.ShouldNotBe("CityWish");
        gateway.Kill();
        using var store = Store.Open(gateway.Folder, TimeProvider.System, NullLogger.Instance);
        var audited = store.Audit.Latest(1).ShouldHaveSingleItem();
        (audited.Who, audited.What, audited.Subject, audited.New).ShouldBe(("Métropole", "city wish refused", "cp", "remote wishes are switched off in the site file (uplink.wishes)"));
        store.Overrides.Active(Noon).ShouldBeEmpty();
    }

    private static void Wish(CityStandIn city, string node, double degrees) => city.Command(
        Group, node, "zone-cp", ("setpoint", SparkplugScalar.Of(degrees)), ("wish/until", SparkplugScalar.Of(Noon.AddHours(9))), ("wish/by", SparkplugScalar.Of("Métropole")), ("wish/note", SparkplugScalar.Of("pointe")));

    private static string Answer(CityStandIn city, string node) =>
        city.Look(node, n => n.Last.TryGetValue(("zone-cp", "wish/answer"), out var said) && said.TryText(out var text) ? text : "");

    private static async Task<(double Setpoint, string Reason)> Target(GatewayProcess gateway)
    {
        using var zones = JsonDocument.Parse(await gateway.Http.GetStringAsync(new Uri("/api/v1/zones", UriKind.Relative), Stop));
        var cp = zones.RootElement.EnumerateArray().First(z => z.GetProperty("zone").GetString() == "cp");
        return (cp.GetProperty("targetC").GetDouble(), cp.GetProperty("reason").GetString() ?? "");
    }

    private static async Task BecomeStaff(GatewayProcess gateway)
    {
        gateway.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var code = await gateway.Until(SetupCode());
        var answer = await gateway.Http.Send("/setup", "setup", [("code", code), ("name", "Marie"), ("password", SampleDesk.Password), ("again", SampleDesk.Password)], Stop);
        answer.EnsureSuccessStatusCode();
    }

    private async Task TellsHowItStands(GatewayProcess gateway)
    {
        var metrics = await gateway.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop);
        metrics.ShouldContain("energypilot_uplink_connected 1\n");
        metrics.ShouldContain("energypilot_uplink_lost_samples 0\n");
        metrics.ShouldContain("energypilot_uplink_births_total 1\n");
        foreach (var family in new[] { "waiting_samples", "oldest_age_seconds", "acknowledged_timestamp_seconds", "sent_samples_total", "stalls_total" }) metrics.ShouldContain($"\nenergypilot_uplink_{family} ");
        await using var visit = await browser.Visit(gateway.Http.BaseAddress.ShouldNotBeNull(), 360, "fr-FR", new BrowserNewContextOptions());
        await visit.Check("/devices", "devices-uplink");
        (await visit.Page.Locator("section[aria-labelledby='uplink-title'] dd").CountAsync()).ShouldBeGreaterThanOrEqualTo(4);
    }

    // What came after the last acknowledgement may have gone with the power.
    private static async Task CityHasWhatIsInTheLog(GatewayProcess gateway, CityStandIn city, string node)
    {
        gateway.Output.ShouldNotContain("ERROR");
        gateway.Kill();
        using var store = Store.Open(gateway.Folder, TimeProvider.System, NullLogger.Instance);
        var arrived = city.Look(node, n => n.SamplesOf(store.LogId).Values.Where(s => s.Sequence <= n.StoredThrough).OrderBy(s => s.Sequence).Select(s => (s.Sequence, s.Point, s.AtMilliseconds, Text(s.Value))).ToArray());
        arrived.ShouldBe(store.Cursors.ReadAfter(arrived[0].Sequence - 1, arrived.Length).Select(s => (s.Sequence, s.Point.Name, s.At.ToUnixTimeMilliseconds(), Text(s.Value))));
        city.Look(node, n => (n.Contradictions, n.Gaps)).ShouldBe((0, 0));
        store.Audit.Latest(20).Where(a => a.What == "city wish").Select(a => (a.Who, a.Origin, a.Subject)).ShouldBe([("Métropole", "uplink", "cp"), ("Métropole", "uplink", "cp")]);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static Task Until(Func<bool> holds) => UplinkStage.Until(holds);

    private static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(100, Stop);
    }

    [GeneratedRegex(@"one-time code (\S+)")]
    private static partial Regex SetupCode();
}
