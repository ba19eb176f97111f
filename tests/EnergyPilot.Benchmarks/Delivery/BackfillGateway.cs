using System.Diagnostics;
using System.Globalization;
using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Benchmarks.Delivery;

/// <summary>
/// A gateway that was without its city for days, in a process of its own with the limits of the real one: sends what waits, and lives on by four cycles a second. Says of each
/// cycle up to which sequence it was committed and when that began, then how long everything took and what it cost.
/// </summary>
internal static class BackfillGateway
{
    public const string Group = "backfill", Node = "school";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Pause = TimeSpan.FromSeconds(0.25);

    // At night there are cycles in which nothing changes.
    private static readonly DateTimeOffset Morning = MeasuredSchool.Start.AddHours(9);

    /// <summary>As in the program's own runtime configuration.</summary>
    public static readonly (string Name, string Value)[] Limits = [("DOTNET_GCHeapHardLimit", "0x2800000"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_gcServer", "0"), ("DOTNET_TieredCompilation", "0")];

    /// <summary>Lives so many days without a city, from morning to morning, with the usual commits and packing.</summary>
    public static void Prepare(string folder, int days)
    {
        var (school, clock) = (new MeasuredSchool(), new SteppedClock(Morning));
        using var store = Store.Open(folder, clock, NullLogger.Instance);
        store.Cursors.Open(Progress.Cursor);
        var trimmed = clock.GetUtcNow();
        while (clock.GetUtcNow() < Morning.AddDays(days))
        {
            clock.Advance(MeasuredSchool.Cycle);
            store.Record(school.At(clock.GetUtcNow()));
            if (clock.GetUtcNow() - trimmed < TimeSpan.FromHours(6)) continue;
            trimmed = clock.GetUtcNow();
            store.Trim(trimmed);
        }
    }

    public static async Task<int> Run(string[] options)
    {
        var (folder, port) = (options[0], int.Parse(options[1], CultureInfo.InvariantCulture));
        var school = new MeasuredSchool(seed: 1);
        var clock = new SteppedClock(StoreFile.LastTime(Path.Combine(folder, Store.FileName)));
        using var store = Store.Open(folder, clock, NullLogger.Instance);
        foreach (var index in school.Indices) school.Set(index, store.Samples.Latest(index).Value);
        var live = new LiveView();
        live.Show(school.At(clock.GetUtcNow()));
        var site = school.Site with { Uplink = new Core.Sites.Uplink(new NetworkPlace("127.0.0.1", port, Carrying.Plain), Group, Node) { BirthSpread = TimeSpan.Zero } };
        using var session = new UplinkSession(site, store, live, TimeProvider.System, clock, NullLogger.Instance);
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        var (resident, allocated, processor) = (Resident("VmRSS"), GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        using var ending = new CancellationTokenSource();
        var began = Stopwatch.GetTimestamp();
        var sending = session.Run(token => Live(session, school, clock, store, live, token), ending.Token);
        // What waits is counted each second: the end is known no better.
        do await Task.Delay(Glance, CancellationToken.None);
        while (session.Read().Waiting > 0 && !sending.IsCompleted);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var samples = session.Read().Samples;
        Say("done", seconds, samples, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)samples, resident, Resident("VmHWM"), (Environment.CpuUsage.TotalTime - processor).TotalSeconds, session.Read().Stalls);
        await ending.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static async Task Live(UplinkSession session, MeasuredSchool school, SteppedClock clock, Store store, LiveView live, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stop))
        {
            // What is taken before the births is late by what they say.
            if (session.Read().Phase != SparkplugPhase.Born) continue;
            clock.Advance(MeasuredSchool.Cycle);
            var record = school.At(clock.GetUtcNow());
            store.Record(record);
            var before = store.Samples.LastSequence;
            var at = Stopwatch.GetTimestamp();
            store.Flush();
            live.Show(record);
            if (store.Samples.LastSequence is var last && last > before) Say("live", last, at);
        }
    }

    private static void Say(string what, params object[] figures) => Console.WriteLine(string.Join(' ', figures.Select(f => Convert.ToString(f, CultureInfo.InvariantCulture)).Prepend(what)));

    private static double Resident(string what) => double.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith(what + ":", StringComparison.Ordinal)).Split((char[])[':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
