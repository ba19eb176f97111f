using System.CommandLine;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Seasons;
using EnergyPilot.Simulation.Weather;
using Spectre.Console;

namespace EnergyPilot.Gateway.Commands;

/// <summary>"simulate": a season of the virtual school under the pilot and under a fixed daily clock, side by side.</summary>
internal static class SimulateCommand
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private static readonly DateOnly DefaultFrom = new(2025, 10, 1), DefaultTo = new(2026, 4, 30);

    public static Command Verb()
    {
        var site = new Argument<string?>("SITE") { Description = "Site file; without one the demo school", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<DateOnly>("--from") { Description = "First day", DefaultValueFactory = _ => DefaultFrom };
        var to = new Option<DateOnly>("--to") { Description = "Last day, included", DefaultValueFactory = _ => DefaultTo };
        var report = new Option<string>("--report") { Description = "Where the report goes: one HTML file that needs nothing else", DefaultValueFactory = _ => "season.html" };
        var offset = new Option<double>("--colder") { Description = "Take so many kelvin off the typical year's outdoor temperature", DefaultValueFactory = _ => 0 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of all chance: absences, windows, sensor noise", DefaultValueFactory = _ => 1 };
        foreach (var day in (Option<DateOnly>[])[from, to])
            day.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<DateOnly>() is { Year: < 1991 or > 2099 }) result.AddError($"{day.Name} takes a day between 1991 and 2099, for example 2025-10-01.");
            });
        offset.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= -20 and <= 20)) result.AddError("--colder takes a number of kelvins from -20 to 20.");
        });
        var verb = new Command("simulate", "Runs a season of the virtual school on a fast clock, through the very loop of the gateway, beside a fixed daily clock, and writes a report.") { site, from, to, report, offset, seed };
        verb.SetAction(async (parsed, stop) =>
        {
            if (!SiteFiles.TryLoad(parsed.GetValue(site) ?? ConfigFolder.DemoSite, out var school)) return 1;
            var weather = TypicalYear.Uccle.With(WeatherVariant.Typical with { TemperatureOffsetK = -parsed.GetValue(offset) });
            return await Simulate(new SeasonPlan(school, parsed.GetValue(from), parsed.GetValue(to), Step, weather, parsed.GetValue(seed)), parsed.GetRequiredValue(report), stop);
        });
        return verb;
    }

    private static async Task<int> Simulate(SeasonPlan plan, string report, CancellationToken stop)
    {
        if (plan.To < plan.From)
        {
            Console.Error.WriteLine($"--to {plan.To:yyyy-MM-dd} lies before --from {plan.From:yyyy-MM-dd}.");
            return 1;
        }

        try
        {
            // Before the work, not after it: a minute's wait must not end in "no such folder". An older report stays until the new one is whole.
            var unfinished = report + ".unfinished";
            await File.WriteAllTextAsync(unfinished, "", stop);
            var comparison = await WithProgress(plan, stop);
            await File.WriteAllTextAsync(unfinished, SeasonReport.Html(comparison), stop);
            File.Move(unfinished, report, overwrite: true);
            Print(comparison);
            Console.WriteLine($"Report: {Path.GetFullPath(report)}");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{report}: the report cannot be written: {e.Message} Choose another place with --report.");
            return 1;
        }
    }

    private static Task<SeasonComparison> WithProgress(SeasonPlan plan, CancellationToken stop) =>
        AnsiConsole.Progress().AutoClear(false).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var (pilot, clock) = (context.AddTask("EnergyPilot", maxValue: 1), context.AddTask("fixed clock", maxValue: 1));
                return SeasonComparison.Of(plan, new Bar(pilot), new Bar(clock), stop);
            });

    private static void Print(SeasonComparison season)
    {
        var table = new Table().AddColumns("", "fixed clock", "EnergyPilot");
        Row("Gas [kWh/m²]", s => s.GasKwhPerM2, "0.0");
        Row("Heat [kWh/m²]", s => s.HeatKwh / s.HeatedAreaM2, "0.0");
        Row("Electricity [kWh/m²]", s => s.ElectricityKwh / s.HeatedAreaM2, "0.0");
        Row("Below the comfort band in use [K·h per zone]", s => s.ColdKelvinHours, "0.0");
        Row("Late mornings (more than 0.5 K below it)", s => s.LateMornings, "0");
        Row("Burner starts", s => s.BurnerStarts, "0");
        AnsiConsole.Write(table);
        Console.WriteLine(FormattableString.Invariant($"Gas saved against the clock: {season.Saving * 100:0} %"));

        void Row(string name, Func<SeasonResult, double> value, string format) => table.AddRow(
            Markup.Escape(name), value(season.Clock).ToString(format, System.Globalization.CultureInfo.InvariantCulture),
            value(season.Pilot).ToString(format, System.Globalization.CultureInfo.InvariantCulture));
    }

    // Progress<T> would hand each report to the thread pool, which both seasons need.
    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
