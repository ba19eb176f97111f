using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Commands;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class BackupTest : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private readonly StoreFolder folder = new();

    private string File => Path.Combine(folder.Path, "backup.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_backup_of_a_running_gateway_is_put_back_and_what_was_there_stays()
    {
        string log;
        using (var store = folder.Open())
        {
            Add(store, 0, 20);
            store.Settings.Save("zone/cp", "{}", "Ana");
            store.Flush();
            Backup.Take(folder.File, File);
            Should.Throw<IOException>(() => Backup.Take(folder.File, File), "nothing is overwritten");
            Add(store, 900, 21);
            Should.Throw<SqliteException>(() => Backup.Restore(File, folder.File, Start)).SqliteErrorCode.ShouldBe(5, "a gateway uses it");
            log = store.LogId;
        }

        var before = Backup.Restore(File, folder.File, Start);

        using var again = folder.Open();
        again.Samples.Series(School.Room, Start, Start.AddDays(1), Resolution.Raw).Select(s => s.Mean).ShouldBe([20]);
        again.Settings.TryFind("zone/cp", out _).ShouldBeTrue();
        again.LogId.ShouldNotBe(log, "it counts on from an older number");
        using var old = new SqliteConnection($"Data Source={before};Pooling=False");
        old.Open();
        old.Number("SELECT count(*) FROM sample").ShouldBe(2);
    }

    [Fact]
    public void What_is_no_backup_is_refused_and_nothing_is_touched()
    {
        using (var store = folder.Open()) Add(store, 0, 20);
        System.IO.File.WriteAllText(File, new string('x', 5000));

        Should.Throw<InvalidDataException>(() => Backup.Restore(File, folder.File, Start));
        Should.Throw<InvalidDataException>(() => Backup.Restore(File + ".none", folder.File, Start));

        folder.Number("SELECT count(*) FROM sample").ShouldBe(1);
    }

    [Fact]
    public void A_backup_that_cannot_be_written_is_told_by_the_name_that_was_asked_for_and_with_a_remedy()
    {
        using var store = folder.Open();
        Add(store, 0, 20);
        store.Flush();

        var said = Should.Throw<IOException>(() => Backup.Take(folder.File, "/proc/x")).Message;
        said.ShouldBe("/proc/x cannot be written. Name a file in a folder that takes files and that you may write to.");
        Should.Throw<IOException>(() => Backup.Take(folder.File, Path.Combine(folder.Path, "none", "x"))).Message.ShouldContain("There is no folder");
        Should.Throw<IOException>(() => Backup.Restore(folder.File, "/proc/x/energypilot.db", Start)).Message.ShouldStartWith("/proc/x/energypilot.db cannot be written.");
    }

    [Fact]
    public void A_damaged_database_is_no_reason_not_to_restore()
    {
        using (var store = folder.Open())
        {
            store.Settings.Save("zone/cp", "{}", "Ana");
            Backup.Take(folder.File, File);
        }

        System.IO.File.WriteAllText(folder.File, new string('x', 5000));

        var before = Backup.Restore(File, folder.File, Start);

        System.IO.File.ReadAllText(before).ShouldStartWith("xxx");
        using var again = folder.Open();
        again.Settings.TryFind("zone/cp", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Export_writes_samples_and_buckets_as_csv_and_json_lines_while_the_gateway_runs()
    {
        using var store = folder.Open();
        for (var minute = 0; minute < 3 * 1440; minute += 15) Add(store, 60 * minute, 20 + minute % 7 / 10.0);
        store.Record(School.Cycle(Start.AddDays(3), School.Room, Reading.Unreliable(Reliability.CommunicationFailure, Start.AddDays(3))));
        store.Trim(Start.AddDays(2));
        var target = Path.Combine(folder.Path, "out");

        (await CommandLine.Run(["export", "--point", "room.*", "--from", "2026-01-12", "--to", "2026-01-16", "--data", folder.Path, "--file", target])).ShouldBe(0);
        var rows = await System.IO.File.ReadAllLinesAsync(target, TestContext.Current.CancellationToken);
        rows.Length.ShouldBe(1 + 3 * 96 + 1);
        rows[0].ShouldBe("time,point,value,quality,clock");
        rows[1].ShouldBe("2026-01-12T00:00:00.000Z,room.temperature,20,NoFaultDetected,Trusted");
        rows[^1].ShouldBe("2026-01-15T00:00:00.000Z,room.temperature,,CommunicationFailure,Trusted");

        (await CommandLine.Run(["export", "--format", "jsonl", "--resolution", "hour", "--from", "2026-01-12", "--to", "2026-01-14", "--data", folder.Path, "--file", target])).ShouldBe(0);
        var lines = await System.IO.File.ReadAllLinesAsync(target, TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(48);
        System.Text.Json.JsonDocument.Parse(lines[0]).RootElement.GetProperty("low").GetDouble().ShouldBe(20);

        (await CommandLine.Run(["export", "--point", "nothing", "--data", folder.Path])).ShouldBe(1);
    }

    private static void Add(Store store, double seconds, double value) => store.Record(School.Cycle(Start.AddSeconds(seconds), (School.Room, value)));
}
