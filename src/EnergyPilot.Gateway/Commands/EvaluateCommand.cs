using System.CommandLine;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Gateway.Boptest;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Commands;

/// <summary>"evaluate": our control against a building of BOPTEST, the public test bench for building controllers.</summary>
internal static class EvaluateCommand
{
    private const double LastDay = 365;

    public static Command Verb()
    {
        var server = new Option<string>("--boptest") { Description = "Where the emulator listens, for example http://127.0.0.1:5000; classic server or service", Required = true };
        var map = new Option<string>("--map") { Description = "How the case is a site: a file of config/boptest", Required = true };
        var scenario = new Option<string>("--scenario") { Description = "Period of the case: peak_heat_day, typical_heat_day, …", DefaultValueFactory = _ => "peak_heat_day" };
        var price = new Option<string>("--price") { Description = "Electricity price: constant, dynamic or highly_dynamic", DefaultValueFactory = _ => "constant" };
        var start = new Option<double?>("--start") { Description = "Begin on this day of the emulated year instead of a scenario, after a week of warm-up" };
        var days = new Option<double>("--days") { Description = "End after so many days", DefaultValueFactory = _ => EvaluationPlan.ScenarioDays };
        var baseline = new Option<bool>("--baseline") { Description = "Run the emulator's own control first, and show both side by side" };
        var report = new Option<string?>("--report") { Description = "Where the report goes: one HTML file that needs nothing else" };
        price.AcceptOnlyFromAmong("constant", "dynamic", "highly_dynamic");
        Between(start, 0, LastDay);
        Between(days, 0.01, LastDay);

        var verb = new Command("evaluate", "Runs our control against a building of BOPTEST, the public test bench for building controllers, and prints its indicators. " + InstallerVerb.ExitCodes)
            { server, map, scenario, price, start, days, baseline, report };
        InstallerVerb.Do(verb, async (parsed, stop) =>
        {
            var day = parsed.GetValue(start);
            var plan = new EvaluationPlan(
                CaseFiles.Load(parsed.GetRequiredValue(map)), TariffOf(parsed.GetRequiredValue(price)),
                day is null ? parsed.GetRequiredValue(scenario) : "", day ?? 0, parsed.GetValue(days));
            return await Evaluate(plan, Address(parsed.GetRequiredValue(server)), parsed.GetValue(baseline), parsed.GetValue(report), stop);
        });
        return verb;
    }

    // With a slash at the end, so that verbs come below a path that the address may have.
    private static Uri Address(string server) => Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
        ? address
        : throw VerbTrouble.Asked($"--boptest takes the address of a server, for example http://127.0.0.1:5000, not \"{server}\".");

    private static void Between<T>(Option<T> option, double low, double high) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && double.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var value) && (value < low || value > high))
            result.AddError(FormattableString.Invariant($"{option.Name} takes a number from {low} to {high}."));
    });

    private static CaseTariff TariffOf(string price) => price switch { "dynamic" => CaseTariff.Dynamic, "highly_dynamic" => CaseTariff.HighlyDynamic, _ => CaseTariff.Constant };

    private static async Task<int> Evaluate(EvaluationPlan plan, Uri server, bool baseline, string? report, CancellationToken stop)
    {
        // Before the work, not after it: two hours' wait must not end in "no such folder".
        if (report is not null) Write(report + ".unfinished", "");
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var client = await BoptestClient.Open(new BoptestHttp(http, server, TimeProvider.System, Console.Error.WriteLine), plan.Map.Case, stop);
        List<EvaluationResult> results = [];
        try
        {
            var inputs = await PointCheck.Of(client, plan.Map, plan.Tariff, stop);
            if (baseline) results.Add(await Run(new OwnControl()));
            results.Add(await Run(new PilotControl(client, plan.Map, plan.Tariff, inputs)));
        }
        finally
        {
            await client.Stop(CancellationToken.None);
        }

        Print(plan, results);
        if (report is not null)
        {
            Write(report + ".unfinished", EvaluationReport.Html(plan, results));
            File.Move(report + ".unfinished", report, overwrite: true);
            Console.WriteLine($"Report: {Path.GetFullPath(report)}");
        }

        return 0;

        async Task<EvaluationResult> Run(IEmulatedControl control)
        {
            EvaluationResult? result = null;
            await Bar.During(plan.Map.Case, async progress => result = await new Evaluation(client, plan, TimeProvider.System).Under(control, progress, stop));
            return result ?? throw new InvalidOperationException("An evaluation ended without a result.");
        }
    }

    private static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Asked($"{path}: the report cannot be written: {e.Message} Choose another place with --report.");
        }
    }

    private static void Print(EvaluationPlan plan, List<EvaluationResult> results)
    {
        new Sheet([$"{plan.Map.Case}, {plan.Period}, {plan.Price}", "unit", .. results.Select(r => ">" + r.Control)],
            [.. KpiTable.Of(results).Select(row => (System.Collections.Immutable.ImmutableArray<string>)[row.What, row.Unit, .. row.Values])]).Print();
        foreach (var result in results) Console.WriteLine(KpiTable.Line(plan, result).ToJsonString());
    }
}
