using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using EnergyPilot.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class KillTest
{
    private const string FolderVariable = "ENERGYPILOT_TEST_WRITER_FOLDER";
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = Patience.Hang)]
    public async Task Whenever_it_is_killed_everything_acknowledged_is_there()
    {
        using var folder = new StoreFolder();
        var random = new Random(42);
        var acknowledged = 0L;
        for (var round = 0; round < 20; round++)
        {
            acknowledged = await WriteUntilKilled(folder.Path, acknowledged, random.Next(1, 60), random.Next(20_000));

            using (var store = folder.Open())
            {
                store.SetAside.ShouldBeEmpty();
                store.Samples.LastSequence.ShouldBeGreaterThanOrEqualTo(acknowledged);
            }

            folder.Number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'").ShouldBe(1);
            folder.Number("SELECT max(seq) - count(*) FROM sample").ShouldBe(0, "no hole");
            folder.Number("SELECT count(*) FROM sample WHERE value <> seq").ShouldBe(0);
        }

        acknowledged.ShouldBeGreaterThan(100);
    }

    /// <summary>Lets a process of its own write and kills it in the middle; tells the last row that it said was safe.</summary>
    private static async Task<long> WriteUntilKilled(string folder, long acknowledged, int afterLines, int spins)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(KillTest).Assembly.Location]) { RedirectStandardOutput = true, Environment = { [FolderVariable] = folder } };
        using var writer = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        try
        {
            for (var line = 0; line < afterLines; line++)
                acknowledged = Number(await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Thread.SpinWait(spins);
        }
        finally
        {
            writer.Kill();
        }

        // What it managed to say before it died counts as well; the last line may be cut.
        var rest = await writer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        return rest.Split('\n')[..^1].Select(Number).Append(acknowledged).Max();
    }

    private static long Number(string? line) => long.Parse(line ?? throw new InvalidOperationException("The writer ended by itself."), CultureInfo.InvariantCulture);

    /// <summary>The other process: this same assembly, which runs the writer instead of the tests when it is told a folder.</summary>
    [ModuleInitializer]
    internal static void WriteWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return;

        using var store = Store.Open(folder, new ManualTime(), NullLogger.Instance);
        var next = store.Samples.LastSequence + 1;
        while (true)
        {
            // Each value is its own sequence number, each a quarter after the last: every batch also folds roll-ups.
            for (var end = next + 1 + next % 40; next < end; next++)
                store.Record(School.Cycle(Start.AddMinutes(15 * next), (School.Room, next)));
            store.Flush();
            Console.WriteLine(store.Samples.LastSequence);
        }
    }
}
