using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>
/// The claims on energy and comfort: every control on every building for a whole heating season, beside the figures of the
/// control study. The last line is JSON with the figures of the base building.
/// </summary>
internal static class SeasonsBenchmark
{
    private const int Cores = 2;

    public static async Task<int> Run(string[] arguments)
    {
        if (!SeasonsOptions.TryParse(arguments, out var options, out var mistake))
        {
            Console.Error.WriteLine(mistake);
            return 1;
        }

        var begin = Stopwatch.GetTimestamp();
        // Before the work, not after it: minutes of waiting must not end in "no such folder".
        if (options.Report.Length > 0) await File.WriteAllTextAsync(options.Report, "");
        var results = await WithProgress(options.Runs());
        SeasonsTables.Write(results);
        foreach (var claim in SeasonsClaims.Of(results)) Console.WriteLine(claim);
        if (options.Report.Length > 0) await File.WriteAllTextAsync(options.Report, SeasonsReport.Html(results));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s on {Cores} cores"));
        Console.WriteLine(SeasonsVerdict.Json(results));
        return 0;
    }

    private static async Task<IReadOnlyList<SeasonResult>> WithProgress(IReadOnlyList<SeasonRun> runs)
    {
        var results = new ConcurrentDictionary<int, SeasonResult>();
        await AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var all = context.AddTask($"{runs.Count} seasons", maxValue: runs.Count);
                await Parallel.ForAsync(0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = Cores }, (index, _) =>
                {
                    results[index] = runs[index].Go(new Share(all));
                    return ValueTask.CompletedTask;
                });
            });
        return [.. results.OrderBy(entry => entry.Key).Select(entry => entry.Value)];
    }

    /// <summary>One season's share of the bar.</summary>
    private sealed class Share(ProgressTask all) : IProgress<double>
    {
        private double before;

        public void Report(double value)
        {
            all.Increment(value - before);
            before = value;
        }
    }
}
