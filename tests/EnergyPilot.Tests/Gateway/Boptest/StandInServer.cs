using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Boptest;

/// <summary>Which of BOPTEST's two forms a stand-in has.</summary>
internal enum ApiForm { Classic, Service }

/// <summary>
/// A server with BOPTEST's API over the virtual house, on a free port. What it answers, and when it refuses, follows BOPTEST's own
/// description: status, message and payload; an empty payload at the end of a scenario; overwrites that hold until withdrawn.
/// </summary>
internal sealed class StandInServer : IAsyncDisposable
{
    public const string TestId = "3f0a-test";
    private const double Day = EmulatedHouse.Day, WarmUp = 7 * Day;

    private readonly WebApplication app;
    private readonly string prefix;
    private EmulatedHouse house = new(0);
    private double step = 3600, end = double.PositiveInfinity;

    private StandInServer(WebApplication app, ApiForm form) => (this.app, prefix) = (app, form == ApiForm.Service ? $"/{TestId}" : "");

    public Uri Address => new(app.Urls.First());

    public EmulatedHouse House => house;

    /// <summary>First day and length of its scenarios.</summary>
    public Dictionary<string, (double First, double Days)> Periods { get; } = new() { ["peak_heat_day"] = (15, 4), ["short"] = (15, 0.25) };

    /// <summary>Points as the server names them; tests take some away.</summary>
    public HashSet<string> Measurements { get; } = ["reaTRoo_y", "reaQHea_y", "reaPPum_y", "reaCO2RooAir_y", "weaSta_reaWeaTDryBul_y", "weaSta_reaWeaHGloHor_y"];

    public HashSet<string> Forecasts { get; } = ["LowerSetp[1]", "UpperSetp[1]", "TDryBul", "HGloHor", "HDirNor", "PriceGasPower", "EmissionsGasPower", "Occupancy[1]"];

    public List<string> Stopped { get; } = [];

    public List<string> Asked { get; } = [];

    /// <summary>Requests whose answers are lost although they were carried out, by how many of them have gone before.</summary>
    public HashSet<int> LostAdvances { get; } = [];

    /// <summary>Makes the emulator fail in the middle, with a message of its own.</summary>
    public int FailingAdvance { get; set; } = -1;

    public int Advances { get; private set; }

    public static async Task<StandInServer> Start(ApiForm form, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new StandInServer(app, form);
        app.Run(server.Serve);
        await app.StartAsync(stop);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Serve(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        Asked.Add($"{method} {path}");
        if (prefix.Length > 0 && method == "POST" && path == "/testcases/bestest_hydronic/select")
        {
            await context.Response.WriteAsJsonAsync(new { testid = TestId });
            return;
        }

        if (!path.EndsWith(prefix, StringComparison.Ordinal) || Answer(method, prefix.Length > 0 ? path[..^prefix.Length] : path, await Body(context)) is not { } answer)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("Not Found");
            return;
        }

        if (path.StartsWith("/advance", StringComparison.Ordinal) && LostAdvances.Contains(Advances))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer["status"]?.GetValue<int>() ?? 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    // Like Flask's own server: a body without a length is none.
    private static async Task<JsonObject> Body(HttpContext context) =>
        context.Request.ContentLength is null or 0 ? []
        : await JsonNode.ParseAsync(context.Request.Body) as JsonObject ?? [];

    private JsonObject? Answer(string method, string verb, JsonObject body) => (method, verb) switch
    {
        ("GET", "/name") => Good(new JsonObject { ["name"] = "bestest_hydronic" }),
        ("GET", "/inputs") => Good(new JsonObject(EmulatedHouse.Inputs.SelectMany(i => (KeyValuePair<string, JsonNode?>[])
            [new(i.Key + "_u", Point(i.Value.Low, i.Value.High)), new(i.Key + "_activate", Point(0, 1))]))),
        ("GET", "/measurements") => Good(new JsonObject(Measurements.Select(m => KeyValuePair.Create<string, JsonNode?>(m, Point(null, null))))),
        ("GET", "/forecast_points") => Good(new JsonObject(Forecasts.Select(m => KeyValuePair.Create<string, JsonNode?>(m, Point(null, null))))),
        ("PUT", "/step") => SetStep(body),
        ("PUT", "/scenario") => Scenario(body),
        ("PUT", "/initialize") => Good(Initialize(Number(body, "start_time"), Number(body, "warmup_period"), double.PositiveInfinity)),
        ("POST", "/advance") => Advance(body),
        ("PUT", "/forecast") => Forecast(body),
        ("PUT", "/results") => Results(body),
        ("GET", "/kpi") => Good(Kpis()),
        ("PUT", "/stop") => Stop(),
        _ => null,
    };

    private JsonObject SetStep(JsonObject body)
    {
        step = Number(body, "step");
        return Good(new JsonObject { ["step"] = step });
    }

    private JsonObject Scenario(JsonObject body)
    {
        var state = new JsonObject { ["electricity_price"] = body["electricity_price"]?.DeepClone(), ["time_period"] = null };
        if (body["time_period"]?.GetValue<string>() is not { } period) return Good(state);
        if (!Periods.TryGetValue(period, out var span))
            return Bad(400, $"Scenario parameter time_period is {period}, but should be one of the following: {string.Join(", ", Periods.Keys)}.");
        state["time_period"] = Initialize(span.First * Day, WarmUp, (span.First + span.Days) * Day);
        return Good(state);
    }

    private JsonObject Initialize(double start, double warmUp, double until)
    {
        house = new EmulatedHouse(Math.Max(0, start - warmUp));
        house.Advance(start - house.Time);
        house.BeginTest();
        end = until;
        return Values(house.State());
    }

    private JsonObject Advance(JsonObject body)
    {
        if (++Advances == FailingAdvance) return Bad(500, "Failed to advance simulation: solver did not converge.");
        foreach (var (name, value) in body)
        {
            var known = EmulatedHouse.Inputs.Keys.Any(i => name == i + "_u" || name == i + "_activate");
            if (!known) return Bad(400, $"Unexpected input variable: {name}.");
            house.Write(name, value?.GetValue<double>() ?? 0);
        }

        if (house.Time >= end) return Good([]);
        house.Advance(Math.Min(step, end - house.Time));
        return Good(Values(house.State()));
    }

    private JsonObject Forecast(JsonObject body)
    {
        string[] names = [.. body["point_names"]?.AsArray().Select(n => n?.GetValue<string>() ?? "") ?? []];
        if (names.Where(n => !Forecasts.Contains(n)).ToArray() is { Length: > 0 } wrong) return Bad(400, $"Invalid point name(s) {string.Join(", ", wrong)} in parameter point_names.");
        var (interval, count) = (Number(body, "interval"), (int)(Number(body, "horizon") / Number(body, "interval")));
        double[] times = [.. Enumerable.Range(0, count + 1).Select(i => house.Time + i * interval)];
        var payload = new JsonObject { ["time"] = List(times) };
        foreach (var name in names) payload[name] = List(times.Select(t => Forecast(name, t)));
        return Good(payload);
    }

    private static double Forecast(string name, double time) => name switch
    {
        "LowerSetp[1]" => EmulatedHouse.Lower(time) + 273.15,
        "UpperSetp[1]" => EmulatedHouse.Upper(time) + 273.15,
        "TDryBul" => EmulatedHouse.Weather(time).TemperatureC + 273.15,
        "HGloHor" => EmulatedHouse.Weather(time).GlobalHorizontalWPerM2,
        "PriceGasPower" => EmulatedHouse.GasPrice,
        _ => 0.18,
    };

    private JsonObject Results(JsonObject body)
    {
        var (from, to) = (Number(body, "start_time"), Number(body, "final_time"));
        var rows = house.Record.Where(r => r["time"] >= from && r["time"] <= to).ToArray();
        var payload = new JsonObject { ["time"] = List(rows.Select(r => r["time"])) };
        foreach (var name in body["point_names"]?.AsArray().Select(n => n?.GetValue<string>() ?? "") ?? [])
            payload[name] = List(rows.Select(r => r.GetValueOrDefault(name)));
        return Good(payload);
    }

    private JsonObject Kpis() => new()
    {
        ["tdis_tot"] = house.DiscomfortKh, ["ener_tot"] = house.GasKwh / EmulatedHouse.AreaM2,
        ["cost_tot"] = house.GasKwh * EmulatedHouse.GasPrice / EmulatedHouse.AreaM2, ["pele_tot"] = null,
    };

    private JsonObject? Stop()
    {
        if (prefix.Length == 0) return null;
        Stopped.Add(TestId);
        return Good([]);
    }

    private static JsonObject Good(JsonObject payload) => new() { ["status"] = 200, ["message"] = "Done.", ["payload"] = payload };

    private static JsonObject Bad(int status, string message) => new() { ["status"] = status, ["message"] = message, ["payload"] = null };

    private static JsonObject Point(double? low, double? high) => new() { ["Unit"] = "1", ["Description"] = "A point", ["Minimum"] = low, ["Maximum"] = high };

    private static JsonObject Values(Dictionary<string, double> state) => new(state.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value)));

    private static JsonArray List(IEnumerable<double> values) => new([.. values.Select(v => JsonValue.Create(v))]);

    private static double Number(JsonObject body, string name) => double.Parse(body[name]?.ToString() ?? "NaN", CultureInfo.InvariantCulture);
}
