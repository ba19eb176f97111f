using System.Text.Json.Nodes;
using EnergyPilot.Tests.EndToEnd;

namespace EnergyPilot.Tests.Gateway.Boptest;

/// <summary>The verb as a person runs it, against a stand-in with BOPTEST's API over a virtual house.</summary>
public sealed class EvaluateTests
{
    private static readonly string Map = CaseFacts.MapPath("bestest_hydronic");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Our_control_keeps_the_house_more_comfortable_than_its_own_thermostat()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);
        var report = Path.Combine(Directory.CreateTempSubdirectory("energypilot-test-").FullName, "report.html");

        var (code, output) = await Evaluate(server, "--baseline", "--report", report);

        code.ShouldBe(0, output);
        var (own, pilot) = (Line(output, "baseline"), Line(output, "EnergyPilot"));
        Value(pilot, "tdis_tot").ShouldBeLessThan(0.5 * Value(own, "tdis_tot"), output);
        Value(pilot, "ener_tot").ShouldBeLessThan(1.15 * Value(own, "ener_tot"), output);
        Value(pilot, "days").ShouldBe(4);
        server.House.Active.ShouldBeEmpty();

        var html = await File.ReadAllTextAsync(report, Stop);
        html.ShouldContain("Thermal discomfort");
        html.ShouldContain("uPlot");
        html.ShouldNotContain("{{");
        html.ShouldNotContain("http://");
    }

    [Fact]
    public async Task Pump_and_water_may_be_taken_over_too()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);
        using var map = new TemporaryMap((await File.ReadAllTextAsync(Map, Stop))
            .Replace("    opening: ovePum_u", "    valve: [{ point: ovePum_u }]", StringComparison.Ordinal)
            .Replace("    thermostat: oveTSetHea_u", "", StringComparison.Ordinal)
            .Replace("plant:\n", "plant:\n  setpoint: oveTSetSup_u\n", StringComparison.Ordinal));

        var (code, output) = await GatewayProcess.Ran("evaluate", "--boptest", server.Address.ToString(), "--map", map.Path, "--days", "2", "--baseline");

        code.ShouldBe(0, output);
        Value(Line(output, "EnergyPilot"), "ener_tot").ShouldBeLessThan(Value(Line(output, "baseline"), "ener_tot"), output);
        server.House.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_is_asked_for_the_case_and_gets_its_worker_back()
    {
        await using var server = await StandInServer.Start(ApiForm.Service, Stop);

        var (code, output) = await Evaluate(server, "--scenario", "short", "--price", "dynamic");

        code.ShouldBe(0, output);
        (Line(output, "EnergyPilot")["price"]?.GetValue<string>()).ShouldBe("dynamic");
        server.Stopped.ShouldBe([StandInServer.TestId]);
        server.Asked.Count(a => a.StartsWith("POST /advance", StringComparison.Ordinal)).ShouldBe(72 + 1 + 1);
    }

    [Fact]
    public async Task Any_day_of_the_year_may_be_the_first()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);

        var (code, output) = await Evaluate(server, "--start", "40", "--days", "0.5");

        code.ShouldBe(0, output);
        Value(Line(output, "EnergyPilot"), "days").ShouldBe(0.5);
        server.House.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_whose_answer_was_lost_is_not_made_twice()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);
        server.LostAdvances.UnionWith([3, 10]);

        var (code, output) = await Evaluate(server, "--scenario", "short");

        code.ShouldBe(0, output);
        server.Advances.ShouldBe(72 + 1 + 1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_in_one_sentence()
    {
        var (code, output) = await GatewayProcess.Ran("evaluate", "--boptest", "http://127.0.0.1:1", "--map", Map);

        Sentence(output).ShouldContain("http://127.0.0.1:1/ cannot be reached");
        code.ShouldBe(2);
    }

    [Fact]
    public async Task Wrong_names_are_listed_with_the_nearest()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);
        server.Measurements.Remove("reaTRoo_y");
        server.Measurements.Add("reaTZoo_y");
        server.Forecasts.Remove("PriceGasPower");

        var (code, output) = await Evaluate(server);

        Sentence(output).ShouldContain("no measurement reaTRoo_y (nearest: reaTZoo_y); no forecast PriceGasPower");
        code.ShouldBe(1);
        server.Advances.ShouldBe(0);
    }

    [Fact]
    public Task The_map_of_another_case_is_refused() =>
        AnotherCaseIsRefused(ApiForm.Classic, "runs the case bestest_hydronic, and the map is for twozone_apartment_hydronic");

    [Fact]
    public Task A_case_that_the_service_has_not_is_refused() => AnotherCaseIsRefused(ApiForm.Service, "has no case twozone_apartment_hydronic");

    [Fact]
    public async Task An_unknown_scenario_is_refused_in_the_emulators_words()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);

        var (code, output) = await Evaluate(server, "--scenario", "coldest_day");

        Sentence(output).ShouldContain("should be one of the following: peak_heat_day, short");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task An_emulator_that_fails_in_the_middle_says_why_and_keeps_no_overwrite()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);
        server.FailingAdvance = 5;

        var (code, output) = await Evaluate(server);

        Sentence(output).ShouldContain("Failed to advance simulation: solver did not converge.");
        code.ShouldBe(2);
        server.House.Active.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no such file", "/no/such/map.yaml", "cannot be read")]
    [InlineData("a site file", "config/sites/lucie-aubrac.yaml", "no \"case\"")]
    public async Task A_map_that_is_none_is_said_so(string what, string path, string said)
    {
        var (code, output) = await GatewayProcess.Ran("evaluate", "--boptest", "http://127.0.0.1:1", "--map", Path.Combine(Core.Sites.SchoolFiles.Root, path));

        output.ShouldContain(said, Case.Sensitive, what);
        output.ShouldNotContain("   at ");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_said_before_the_work()
    {
        await using var server = await StandInServer.Start(ApiForm.Classic, Stop);

        var (code, output) = await Evaluate(server, "--report", "/no/such/folder/report.html");

        Sentence(output).ShouldContain("the report cannot be written");
        code.ShouldBe(1);
        server.Asked.ShouldBeEmpty();
    }

    private sealed class TemporaryMap : IDisposable
    {
        public TemporaryMap(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.Combine(Directory.CreateTempSubdirectory("energypilot-test-").FullName, "map.yaml");

        public void Dispose() => File.Delete(Path);
    }

    private static async Task AnotherCaseIsRefused(ApiForm form, string sentence)
    {
        await using var server = await StandInServer.Start(form, Stop);

        var (code, output) = await GatewayProcess.Ran("evaluate", "--boptest", server.Address.ToString(), "--map", CaseFacts.MapPath("twozone_apartment_hydronic"));

        Sentence(output).ShouldContain(sentence);
        code.ShouldBe(1);
    }

    private static Task<(int ExitCode, string Output)> Evaluate(StandInServer server, params string[] more) =>
        GatewayProcess.Ran(["evaluate", "--boptest", server.Address.ToString(), "--map", Map, .. more]);

    private static string Sentence(string output) => output.Trim().Split('\n').ShouldHaveSingleItem();

    private static JsonObject Line(string output, string control) =>
        output.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonNode.Parse(l)).OfType<JsonObject>().Single(l => l["control"]?.GetValue<string>() == control);

    private static double Value(JsonObject line, string name) => line[name]?.GetValue<double>() ?? double.NaN;
}
