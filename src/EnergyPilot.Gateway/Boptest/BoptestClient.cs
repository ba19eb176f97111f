using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>
/// The API of BOPTEST (ibpsa.github.io/project1-boptest), in its classic form, where a server is one test case ("/advance"), and as a
/// service, where a case is first chosen and its test has a name ("/advance/{testid}").
/// </summary>
internal sealed class BoptestClient(BoptestHttp http, string testId)
{
    private const double Second = 1;

    private string At(string verb) => testId.Length == 0 ? verb : $"{verb}/{testId}";

    /// <summary>Finds out which form the server has, and has it run this case.</summary>
    public static async Task<BoptestClient> Open(BoptestHttp http, string testCase, CancellationToken stop)
    {
        var (status, body) = await http.Knock(HttpMethod.Get, "name", BoptestHttp.Ordinary, stop);
        if (status == HttpStatusCode.OK && Name(body) is { Length: > 0 } name)
            return name == testCase ? new BoptestClient(http, "")
                : throw VerbTrouble.Asked($"{http.Server} runs the case {name}, and the map is for {testCase}: take config/boptest/{name}.yaml.");

        (status, body) = await http.Knock(HttpMethod.Post, $"testcases/{testCase}/select", BoptestHttp.Slow, stop);
        if (status == HttpStatusCode.OK && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("testid", out var id) && id.GetString() is { Length: > 0 } testId)
            return new BoptestClient(http, Uri.EscapeDataString(testId));
        throw status == HttpStatusCode.NotFound
            ? VerbTrouble.Asked($"{http.Server} is no BOPTEST server, or has no case {testCase} (404).")
            : VerbTrouble.Field($"{http.Server} did not start the case {testCase} ({(int)status}).");
    }

    public Task<Dictionary<string, EmulatorPoint>> Inputs(CancellationToken stop) => Points("inputs", stop);

    public Task<Dictionary<string, EmulatorPoint>> Measurements(CancellationToken stop) => Points("measurements", stop);

    public Task<Dictionary<string, EmulatorPoint>> ForecastPoints(CancellationToken stop) => Points("forecast_points", stop);

    public Task SetStep(double seconds, CancellationToken stop) =>
        http.Ask(HttpMethod.Put, At("step"), new JsonObject { ["step"] = seconds }, BoptestHttp.Ordinary, stop);

    /// <summary>Starts one of the case's own periods, after a week of its own control; the state at its beginning.</summary>
    public async Task<EmulatorState> Scenario(string period, string price, CancellationToken stop)
    {
        var payload = await http.Ask(HttpMethod.Put, At("scenario"), Wish(period, price), BoptestHttp.Slow, stop);
        return payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("time_period", out var state) && EmulatorState.TryRead(state, out var read)
            ? read
            : throw VerbTrouble.Field($"{http.Server}: the scenario {period} began without a state.");
    }

    /// <summary>Starts anywhere in the year.</summary>
    public async Task<EmulatorState> Initialize(double start, double warmUp, string price, CancellationToken stop)
    {
        await http.Ask(HttpMethod.Put, At("scenario"), Wish(null, price), BoptestHttp.Ordinary, stop);
        var payload = await http.Ask(HttpMethod.Put, At("initialize"), new JsonObject { ["start_time"] = start, ["warmup_period"] = warmUp }, BoptestHttp.Slow, stop);
        return EmulatorState.TryRead(payload, out var read) ? read : throw VerbTrouble.Field($"{http.Server}: the emulator began without a state.");
    }

    /// <summary>
    /// The state one step later; null when the scenario is over. A step whose answer was lost is not made twice: the emulator's own
    /// record says whether it was made.
    /// </summary>
    /// <param name="witness">Any measurement.</param>
    public async Task<EmulatorState?> Advance(JsonObject overwrites, EmulatorState before, double step, string witness, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var payload = await http.Once(HttpMethod.Post, At("advance"), overwrites, BoptestHttp.Ordinary, stop);
                return EmulatorState.TryRead(payload, out var state) ? state : null;
            }
            catch (LostLine)
            {
                var made = await Results(witness, before.Time, before.Time + step, stop);
                if (made.Times is [.., var last] && last >= before.Time + step - Second)
                    return await Recall(before, last, stop);
            }
        }
    }

    private async Task<EmulatorState> Recall(EmulatorState before, double time, CancellationToken stop)
    {
        var values = new Dictionary<string, double>(before.Values, StringComparer.Ordinal);
        foreach (var name in before.Values.Keys.Where(n => !n.EndsWith("_activate", StringComparison.Ordinal)))
            if (await Results(name, time, time, stop) is { Values: [.., var value] }) values[name] = value;
        return new EmulatorState(time, values);
    }

    /// <summary>What was recorded of one point between two times.</summary>
    public async Task<EmulatorSeries> Results(string point, double from, double to, CancellationToken stop)
    {
        var payload = await http.Ask(
            HttpMethod.Put, At("results"), new JsonObject { ["point_names"] = new JsonArray(point), ["start_time"] = from, ["final_time"] = to }, BoptestHttp.Ordinary, stop);
        return new EmulatorSeries(Numbers(payload, "time"), Numbers(payload, point));
    }

    /// <summary>What is forecast from now on.</summary>
    public async Task<EmulatorForecast> Forecast(IEnumerable<string> points, TimeSpan horizon, TimeSpan interval, CancellationToken stop)
    {
        var names = points.ToArray();
        if (names.Length == 0) return EmulatorForecast.None;
        var payload = await http.Ask(HttpMethod.Put, At("forecast"), new JsonObject
        {
            ["point_names"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]), ["horizon"] = horizon.TotalSeconds, ["interval"] = interval.TotalSeconds,
        }, BoptestHttp.Ordinary, stop);
        return new EmulatorForecast(Numbers(payload, "time"), names.ToDictionary(n => n, n => Numbers(payload, n), StringComparer.Ordinal));
    }

    /// <summary>Key performance indicators so far, in the emulator's order; those that do not apply to the case are left out.</summary>
    public async Task<IReadOnlyList<Kpi>> Kpis(CancellationToken stop)
    {
        var payload = await http.Ask(HttpMethod.Get, At("kpi"), null, BoptestHttp.Ordinary, stop);
        return payload.ValueKind != JsonValueKind.Object ? []
            : [.. payload.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number).Select(p => new Kpi(p.Name, p.Value.GetDouble()))];
    }

    /// <summary>Withdraws overwrites, which takes a step.</summary>
    public Task Release(JsonObject withdrawals, CancellationToken stop) => http.Once(HttpMethod.Post, At("advance"), withdrawals, BoptestHttp.Ordinary, stop);

    /// <summary>Gives the worker of a service back; a classic server has nothing to give back.</summary>
    public async Task Stop(CancellationToken stop)
    {
        if (testId.Length > 0) await http.Knock(HttpMethod.Put, At("stop"), BoptestHttp.Ordinary, stop);
    }

    private async Task<Dictionary<string, EmulatorPoint>> Points(string verb, CancellationToken stop)
    {
        var payload = await http.Ask(HttpMethod.Get, At(verb), null, BoptestHttp.Slow, stop);
        return payload.ValueKind != JsonValueKind.Object ? []
            : payload.EnumerateObject().ToDictionary(p => p.Name, p => EmulatorPoint.Of(p.Value), StringComparer.Ordinal);
    }

    private static JsonObject Wish(string? period, string price) => new()
    {
        ["time_period"] = period, ["electricity_price"] = price, ["temperature_uncertainty"] = null, ["solar_uncertainty"] = null, ["seed"] = null,
    };

    private static double[] Numbers(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN)]
            : [];

    private static string? Name(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty("name", out var name) ? name.GetString() : null;
}
