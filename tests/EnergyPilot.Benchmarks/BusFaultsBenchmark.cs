using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Tests.Io.Faults;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claim: whatever a line does to the answers of a real slave (libmodbus), no wrong value is accepted, no poll lasts beyond its deadline,
/// and the next poll is good. First the whole matrix, then random faults: in full, five minutes on twelve lines side by side, which is
/// one hour of bus time.
/// </summary>
internal static class BusFaultsBenchmark
{
    private const string Compiler = "/usr/bin/cc", Socat = "/usr/bin/socat";
    private const int Seed = 20_261_121;

    private static readonly LineKind[] Kinds = [LineKind.Tcp, LineKind.RtuOverTcp, LineKind.RtuSerial];
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);

    public static async Task<int> Run(Effort effort)
    {
        if (new[] { Compiler, Socat, CountingSlave.Header }.Where(file => !File.Exists(file)).ToArray() is { Length: > 0 } missing)
        {
            Console.Error.WriteLine($"Install the Debian packages gcc, socat, libmodbus-dev. Missing: {string.Join(", ", missing)}");
            return 1;
        }

        using var slave = await CountingSlave.Compile(Compiler, CancellationToken.None);
        var matrix = (await Task.WhenAll(Kinds.Select(kind => Matrix(kind, slave)))).SelectMany(rows => rows).ToArray();
        Print(matrix);
        var (linesPerKind, lasting) = effort == Effort.Quick ? (1, TimeSpan.FromSeconds(15)) : (4, TimeSpan.FromMinutes(5));
        var runs = await Task.WhenAll(Kinds.SelectMany(kind => Enumerable.Range(0, linesPerKind).Select(n => AtRandom(kind, slave, Seed + n, lasting))));
        foreach (var run in runs) Console.WriteLine(run);

        var mistakes = matrix.Where(row => row.Fault.MistakeOf(row.Outcome).Length > 0).ToArray();
        foreach (var row in mistakes) Console.WriteLine($"Mistake: {row.Kind}, {row.Fault.Name}: {row.Fault.MistakeOf(row.Outcome)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Random faults: {runs.Length} lines of {lasting.TotalSeconds:0} s side by side, {runs.Length * lasting.TotalMinutes:0.0} minutes of bus time, {runs.Sum(r => r.Polls)} polls, seed {Seed}"));
        var cases = matrix.Length + runs.Sum(r => r.Polls);
        var wrong = matrix.Sum(row => row.Outcome.WrongValues) + runs.Sum(r => r.Wrong);
        var hangs = matrix.Sum(row => row.Outcome.Hangs) + runs.Sum(r => r.Hangs);
        Console.WriteLine(JsonSerializer.Serialize(new { cases, wrong_values = wrong, hangs }));
        return wrong + hangs + mistakes.Length == 0 ? 0 : 2;
    }

    private static async Task<Row[]> Matrix(LineKind kind, CountingSlave slave)
    {
        var faults = LineFaults.Of(kind, Deadline).ToArray();
        var rows = new Row[faults.Length];
        await Parallel.ForAsync(0, faults.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, stop) =>
        {
            await using var line = await FaultyLine.Open(kind, slave, Socat, new Random(Seed), stop);
            rows[i] = new Row(kind, faults[i], await line.Suffer(faults[i], Deadline, stop));
        });
        return rows;
    }

    private static async Task<RandomRun> AtRandom(LineKind kind, CountingSlave slave, int seed, TimeSpan lasting)
    {
        var random = new Random(seed);
        await using var line = await FaultyLine.Open(kind, slave, Socat, random, CancellationToken.None);
        var run = new RandomRun(kind, seed);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < lasting)
        {
            var deadline = TimeSpan.FromMilliseconds(random.Next(40, 250));
            run.Add(await line.SufferAtRandom(deadline, CancellationToken.None));
        }

        return run;
    }

    private static void Print(IEnumerable<Row> rows)
    {
        Console.WriteLine($"{"line",-12}{"fault",-46}{"poll",-16}{"wrong",6}{"hangs",6}{"good at poll",14}{"reconnected",13}{"over deadline",15}");
        foreach (var (kind, fault, outcome) in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind,-12}{fault.Name,-46}{Ending(outcome),-16}{outcome.WrongValues,6}{outcome.Hangs,6}{outcome.Recovered,14}{(outcome.Reconnected ? "yes" : ""),13}{Math.Max(outcome.Over.TotalMilliseconds, 0),12:0.0} ms"));
    }

    private static string Ending(FaultOutcome outcome) =>
        outcome.First.Result.IsGood ? "good" : outcome.First.Result.Code == 0 ? $"{outcome.First.Result.Fault}" : $"Exception {(int)outcome.First.Result.Code}";

    private sealed record Row(LineKind Kind, LineFault Fault, FaultOutcome Outcome);

    private sealed class RandomRun(LineKind kind, int seed)
    {
        private readonly ConcurrentDictionary<string, int> endings = new();
        private TimeSpan over = TimeSpan.MinValue;

        public int Polls { get; private set; }

        public int Wrong { get; private set; }

        public int Hangs { get; private set; }

        public void Add(PollOutcome poll)
        {
            Polls++;
            Wrong += poll.Wrong ? 1 : 0;
            Hangs += poll.Hung ? 1 : 0;
            over = poll.Over > over ? poll.Over : over;
            endings.AddOrUpdate($"{poll.Result.Fault}", 1, (_, n) => n + 1);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{kind}, seed {seed}: {Polls} polls, {Wrong} wrong, {Hangs} hangs, at most {over.TotalMilliseconds:0} ms over the deadline; {string.Join(", ", endings.OrderByDescending(e => e.Value).Select(e => $"{e.Key} {e.Value}"))}");
    }
}
