using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>"watch": what a device says, again and again.</summary>
internal static class WatchCommand
{
    private const string Changed = "bold yellow";

    public static Command Verb()
    {
        var options = new ReaderOptions("--registers");
        var every = new Option<string>("--every") { Description = "The time between two readings", DefaultValueFactory = _ => "1s" };
        var rounds = new Option<int>("--count") { Description = "Stop after so many readings; 0 goes on until Ctrl-C", DefaultValueFactory = _ => 0 };
        every.Validators.Add(result =>
        {
            if (!(BusOptions.TryTime(result.GetValueOrDefault<string>() ?? "", out var time) && time >= TimeSpan.FromMilliseconds(50) && time <= TimeSpan.FromDays(1))) result.AddError("--every takes a time from 50ms to 24h with its unit, for example 1s.");
        });
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--count takes 0 or a number of readings.");
        });
        var verb = new Command("watch", $"Reads a device again and again until Ctrl-C: on a terminal a table in which changed values light up, in a file lines with their time. {InstallerVerb.ExitCodes}");
        options.AddTo(verb);
        verb.Add(every);
        verb.Add(rounds);
        InstallerVerb.Do(verb, async (parsed, stop) =>
        {
            await using var reader = options.Open(parsed);
            BusOptions.TryTime(parsed.GetRequiredValue(every), out var pace);
            var watch = new Watch(reader, pace, parsed.GetValue(rounds));
            return Sheet.OnTerminal ? await watch.OnTerminal(stop) : await watch.InLines(stop);
        });
        return verb;
    }

    /// <param name="rounds">0 for no end.</param>
    private sealed class Watch(IFieldReader reader, TimeSpan pace, int rounds)
    {
        private Dictionary<string, string> before = [];

        public async Task<int> InLines(CancellationToken stop)
        {
            var failures = 0;
            await Each(async () =>
            {
                var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
                var (said, trouble) = await Reading(stop);
                failures = said is null ? failures + 1 : 0;
                await Console.Out.WriteAsync(said is null ? $"{at}  {trouble}{Environment.NewLine}" : Lines(at, said));
            }, stop);
            return failures > 0 ? 2 : 0;
        }

        public async Task<int> OnTerminal(CancellationToken stop)
        {
            var failed = false;
            await AnsiConsole.Live(new Text("…")).StartAsync(live => Each(async () =>
            {
                var (said, trouble) = await Reading(stop);
                failed = said is null;
                live.UpdateTarget(said is null ? new Markup($"[red]{Markup.Escape(trouble)}[/]") : Drawn(said));
                live.Refresh();
            }, stop));
            return failed ? 2 : 0;
        }

        private Rows Drawn(Sheet said)
        {
            var last = before;
            before = said.Rows.ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
            var heading = new Text($"{reader.Title}   {TimeProvider.System.GetLocalNow():HH:mm:ss}   Ctrl-C ends");
            return new Rows(heading, said.Drawn((row, column) =>
                column == 1 && last.TryGetValue(said.Rows[row][0], out var value) && value != said.Rows[row][1] ? Changed : ""));
        }

        private async Task Each(Func<Task> round, CancellationToken stop)
        {
            using var timer = new PeriodicTimer(pace);
            for (var done = 1; ; done++)
            {
                await round();
                if (done == rounds) return;
                await timer.WaitForNextTickAsync(stop);
            }
        }

        // A device that falls silent may come back: that is what one watches for.
        private async Task<(Sheet? Said, string Trouble)> Reading(CancellationToken stop)
        {
            try
            {
                return (await reader.Read(stop), "");
            }
            catch (VerbTrouble trouble) when (trouble.ExitCode == 2)
            {
                return (null, trouble.Message);
            }
        }

        private static string Lines(string at, Sheet said) => string.Concat(
            (said with { Columns = [.. said.Columns.Select(c => c.TrimStart('>'))] }).Plain().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => $"{at}  {line}{Environment.NewLine}"));
    }
}
