using System.Net;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Tests.Gateway.Web;

public sealed class LearningApiTests
{
    private static readonly DateTimeOffset Now = SampleSchool.Monday0612;
    private static readonly ZoneId Cp = new("cp"), Gym = new("gym");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forecast_says_when_a_zone_starts_and_how_warm_it_will_be()
    {
        await using var host = await PageHost.Start(Stop, Learned());
        using var answer = await Json(host, "/api/v1/forecast");

        answer.RootElement.GetArrayLength().ShouldBe(12);
        var cp = Of(answer, "cp");
        cp.GetProperty("nextUse").GetDateTimeOffset().ShouldBe(Now.AddHours(2));
        cp.GetProperty("start").GetDateTimeOffset().ShouldBe(Now.AddHours(-1));
        cp.GetProperty("expectedC").GetDouble().ShouldBe(18.75);
        Of(answer, "gym").GetProperty("nextUse").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Model_has_every_parameter_with_its_unit()
    {
        await using var host = await PageHost.Start(Stop, Learned());
        using var answer = await Json(host, "/api/v1/model");

        var gym = Of(answer, "gym");
        gym.GetProperty("hasLearned").GetBoolean().ShouldBeFalse();
        gym.GetProperty("errorK").ValueKind.ShouldBe(JsonValueKind.Null, "nothing learned has no error, and JSON no NaN");
        gym.GetProperty("parameters").EnumerateArray().Select(p => $"{p.GetProperty("name").GetString()} {p.GetProperty("unit").GetString()}").ShouldContain("heating K/h");
        gym.GetProperty("parameters").GetArrayLength().ShouldBe(ZoneModel.Count);
    }

    [Theory]
    [InlineData("/api/v1/forecast"), InlineData("/api/v1/model")]
    public async Task Before_the_first_cycle_nothing_is_known(string path)
    {
        await using var host = await PageHost.Start(Stop);
        using var answer = await Json(host, path);
        answer.RootElement.GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("0"), InlineData("1101"), InlineData("many")]
    public async Task Days_beyond_reason_are_refused(string days)
    {
        await using var host = await PageHost.Start(Stop);
        using var visitor = host.Visitor("en");
        (await visitor.GetAsync(new Uri($"/api/v1/mornings?days={days}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task No_mornings_are_no_error()
    {
        await using var host = await PageHost.Start(Stop);
        using var answer = await Json(host, "/api/v1/mornings");
        answer.RootElement.GetProperty("scored").GetInt32().ShouldBe(0);
        answer.RootElement.GetProperty("meanErrorK").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static CycleRecord Learned()
    {
        var cycle = SampleSchool.Cycle(Now);
        var forecast = new ArrivalForecast(Now.AddHours(-60), Now.AddHours(2), Now.AddHours(-1), Now.AddHours(1.9), 18.75);
        var zones = new Dictionary<ZoneId, ZoneMemory> { [Cp] = ZoneMemory.New with { Arrival = new ArrivalMemory(forecast, forecast) } };
        return cycle with
        {
            Snapshot = cycle.Snapshot with { Knowledge = new Knowledge(new Dictionary<ZoneId, Learned> { [Gym] = EnergyPilot.Core.Learning.Learned.Of(ZonePrior.Ordinary, Now) }, Outlook.None) },
            Decision = cycle.Decision with { Memory = cycle.Decision.Memory with { Zones = zones } },
        };
    }

    private static JsonElement Of(JsonDocument answer, string zone) => answer.RootElement.EnumerateArray().Single(z => z.GetProperty("zone").GetString() == zone);

    private static async Task<JsonDocument> Json(PageHost host, string path)
    {
        using var visitor = host.Visitor("en");
        return JsonDocument.Parse(await visitor.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
    }
}
