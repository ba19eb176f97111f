using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claim: 200 points polled every 10 s cost the card at most 30 MB a day, and 1 GB after a year; a year of one point by quarters reads in 20 ms,
/// a week of ten points sample by sample in 50 ms. Three days are lived cycle by cycle, with the commits of a real gateway: the second gives what is written (samples, roll-ups, packing,
/// the control's memory of the demo school; not the recording of days, which has files of its own). The days between the second and the last of the year are copies of the second, moved in time and packed anew.
/// </summary>
internal static class StoreBenchmark
{
    private const int Points = 200, LivedDays = 3;
    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(10), Day = TimeSpan.FromDays(1), Trimmed = TimeSpan.FromHours(6), Saved = TimeSpan.FromMinutes(30);
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static double ofMemory, ofPacking;

    public static Task<int> Run(Effort effort)
    {
        var days = effort == Effort.Quick ? 14 : 365;
        var folder = Directory.CreateTempSubdirectory("energypilot-store-").FullName;
        try
        {
            return Task.FromResult(Measure(folder, days));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Measure(string folder, int days)
    {
        var school = new MeasuredSchool();
        var clock = new SteppedClock(Start);
        double writtenPerDay;
        using (var store = Store.Open(folder, new StoreOptions(), clock, NullLogger.Instance))
        {
            Live(store, school, clock);
            (ofMemory, ofPacking) = (0, 0);
            var (handed, reached, samples) = (Io("wchar"), Io("write_bytes"), store.Samples.LastSequence);
            Live(store, school, clock);
            var (byUs, byTheCard) = ((Io("wchar") - handed) / 1e6, (Io("write_bytes") - reached) / 1e6);
            writtenPerDay = Math.Max(byUs, byTheCard);
            Print("samples a day", store.Samples.LastSequence - samples, "");
            Print("handed to the system a day", byUs, "MB");
            Print("written to the block device a day", byTheCard, "MB");
            Print("  of it the control's memory", ofMemory / 1e6, "MB");
            Print("  of it packing", ofPacking / 1e6, "MB");
            clock.Advance(TimeSpan.FromHours(3));
            store.Trim(clock.GetUtcNow());
        }

        Repeat(Path.Combine(folder, Store.FileName), days - LivedDays);
        clock.Advance(Start + days * Day - Day - clock.GetUtcNow());
        using var again = Store.Open(folder, new StoreOptions(), clock, NullLogger.Instance);
        Live(again, school, clock);
        again.Trim(clock.GetUtcNow());
        var file = new FileInfo(Path.Combine(folder, Store.FileName)).Length / 1e6 * 365 / days;
        GC.Collect();
        var before = Resident("VmRSS");
        File.WriteAllText("/proc/self/clear_refs", "5");
        var now = clock.GetUtcNow();
        var year = Median(() => again.Samples.Series(new("temperature-7.value"), now.AddDays(-365), now, Resolution.Quarter).Length);
        var week = Median(() => Enumerable.Range(0, 10).Sum(n => again.Samples.Series(new PointId($"temperature-{n}.value"), now.AddDays(-7), now, Resolution.Raw).Length));
        Print("rows of a year of one point", year.Rows, "");
        Print("samples of a week of ten points", week.Rows, "");
        Print("memory on top while reading", Resident("VmHWM") - before, "MB");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            written_mb_per_day = Math.Round(writtenPerDay, 1), file_mb_per_year = Math.Round(file), year_ms = Math.Round(year.Milliseconds, 1), week_ms = Math.Round(week.Milliseconds, 1),
        }));
        return 0;
    }

    private static void Live(Store store, MeasuredSchool school, SteppedClock clock)
    {
        var (trimmed, saved) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var elapsed = TimeSpan.Zero; elapsed < Day; elapsed += Cycle)
        {
            clock.Advance(Cycle);
            var record = school.At(clock.GetUtcNow());
            store.Record(record);
            if (elapsed - saved >= Saved)
            {
                var before = Io("write_bytes");
                store.Memory.Save(record.Decision.Memory);
                store.Ledger.Save();
                store.Snapshot(clock.GetUtcNow());
                saved = elapsed;
                ofMemory += Io("write_bytes") - before;
            }

            if (elapsed - trimmed < Trimmed) continue;
            var unpacked = Io("write_bytes");
            store.Trim(clock.GetUtcNow());
            trimmed = elapsed;
            ofPacking += Io("write_bytes") - unpacked;
        }

        store.Flush();
    }

    // As a gateway packs them, one day after the other, with samples of the last 60 days only.
    private static void Repeat(string path, int days)
    {
        using var file = StoreFile.OpenBeside(path);
        var (first, kept) = (Start.AddDays(1).ToUnixTimeMilliseconds(), (long)new StoreOptions().RawKept.TotalDays);
        var points = file.Read(c => c.Query("SELECT id FROM point", row => row.GetInt64(0)));
        var model = points.Select(p => file.Read(c => (
            Samples: RawSamples.Read(c, p, first, first + Bucket.Day),
            States: RollUps.Read(c, p, Resolution.Quarter, first, first + Bucket.Day)))).ToArray();
        for (var day = 1; day <= days; day++)
        {
            var shift = day * Bucket.Day;
            file.Write(connection =>
            {
                foreach (var (point, (samples, states)) in points.Zip(model))
                {
                    var start = first + shift;
                    Put(Resolution.Raw, PackedDay.Of([.. samples.Select(s => s with { Sequence = s.Sequence + 40_000 * day, At = s.At + shift })]));
                    var moved = states.Select(s => (s.Start + shift, Moved(s.State, shift))).ToArray();
                    Put(Resolution.Quarter, PackedDay.Of(moved));
                    RollUps.Put(connection, Resolution.Day, start, point, moved.Aggregate(RollUp.Empty, (all, s) => all.Then(s.Item2)));
                    connection.Execute("DELETE FROM packed WHERE id = @id", ("@id", Packing.Key(Resolution.Raw, point, start - kept * Bucket.Day)));

                    void Put(Resolution resolution, byte[] block) =>
                        connection.Execute("INSERT OR REPLACE INTO packed (id, data) VALUES (@id, @data)", ("@id", Packing.Key(resolution, point, start)), ("@data", block));
                }
            });
        }
    }

    private static RollUp Moved(RollUp state, long by) => state with
    {
        FirstAt = state.FirstAt + by, LastAt = state.LastAt + by, Begins = state.Begins + by, Ends = state.Ends + by,
    };

    private static (double Milliseconds, int Rows) Median(Func<int> query)
    {
        var (times, rows) = (new List<double>(), query());
        for (var n = 0; n < 9; n++)
        {
            var began = Stopwatch.GetTimestamp();
            rows = query();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (times.Order().ElementAt(times.Count / 2), rows);
    }

    private static double Io(string what) => Figure("/proc/self/io", what);

    private static double Resident(string what) => Figure("/proc/self/status", what) / 1024;

    private static double Figure(string file, string what) => double.Parse(
        File.ReadLines(file).First(l => l.StartsWith(what + ":", StringComparison.Ordinal)).Split((char[])[':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-36}{value,12:0.##} {unit}"));
}
