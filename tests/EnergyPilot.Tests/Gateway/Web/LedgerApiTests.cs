using System.Net;
using System.Text.Json;
using EnergyPilot.Core.Legal;
using EnergyPilot.Tests.Core.Legal;

namespace EnergyPilot.Tests.Gateway.Web;

public sealed class LedgerApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ledger_is_json_with_the_unknown_as_null()
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        var site = LedgerWorld.Site with { Zones = [.. LedgerWorld.Site.Zones.Take(2).Select(z => z.Id.Name == "cp" ? z : z with { Limits = LegalLimits.None })] };
        host.Desk.Ledger.Add(LedgerWorld.WholeDay(site, "2026-11-08", (_, _) => new Said(12, 0.5)));
        using var visitor = host.Visitor("en");
        using var json = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/api/v1/ledger?from=2026-11-01&to=2026-11-30", UriKind.Relative), Stop));

        var day = json.RootElement.EnumerateArray().ShouldHaveSingleItem();
        day.GetProperty("day").GetString().ShouldBe("2026-11-08");
        day.GetProperty("meanInUseC").ValueKind.ShouldBe(JsonValueKind.Null);
        day.GetProperty("meanEmptyForLongC").GetDouble().ShouldBe(12);
        day.GetProperty("zones")[1].GetProperty("limitInUseC").ValueKind.ShouldBe(JsonValueKind.Null);
        var excess = day.GetProperty("zones")[0].GetProperty("excesses")[0];
        (excess.GetProperty("cause").GetString(), excess.GetProperty("kelvinHours").GetDouble(), excess.GetProperty("heatHours").GetDouble()).ShouldBe(("overshoot", 96, 12));
    }

    [Theory]
    [InlineData("/api/v1/ledger?from=2026-11-02&to=2026-11-01", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/ledger?from=2020-01-01&to=2026-11-01", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/ledger?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/ledger?to=0001-01-01", HttpStatusCode.OK)]
    [InlineData("/api/v1/ledger?to=9999-12-31", HttpStatusCode.OK)]
    [InlineData("/api/v1/ledger", HttpStatusCode.OK)]
    public async Task Days_out_of_bounds_are_refused(string path, HttpStatusCode expected)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode.ShouldBe(expected);
    }
}
