using System.Globalization;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>How a gateway of the fault run lives.</summary>
/// <param name="Cycles">Up to which cycle of its school's life.</param>
/// <param name="Share">How much of the school there is.</param>
internal sealed record FireOrders(string Folder, int Port, int Seed, long Cycles, double Share)
{
    public string[] Arguments => [Folder, .. new object[] { Port, Seed, Cycles, Share }.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")];

    public static FireOrders Of(string[] a) =>
        new(a[0], int.Parse(a[1], CultureInfo.InvariantCulture), int.Parse(a[2], CultureInfo.InvariantCulture), long.Parse(a[3], CultureInfo.InvariantCulture), double.Parse(a[4], CultureInfo.InvariantCulture));
}

/// <summary>
/// A gateway that may be killed at any moment: the real store, clock and uplink under a school whose days pass as fast as the card and the processor let them. It starts with a clock
/// that is right, stands in 1970, or is days off, and learns the time later; once in a while the network sets it back by a day, and forward again. It says how far it has come, and ends
/// when its school's life is over and everything has been acknowledged.
/// </summary>
internal static class GatewayUnderFire
{
    public const string Group = "fire", Node = "school";

    // As much as a card may hold of what is not committed yet.
    private const int CyclesPerLine = 60, LongestPause = 150;

    public static async Task<int> Run(FireOrders orders, CancellationToken outside)
    {
        // Whoever started it may be gone.
        using var longest = new CancellationTokenSource(TimeSpan.FromMinutes(20), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(outside, longest.Token);
        var stop = either.Token;
        var chance = new Random(orders.Seed);
        var lived = Lived(orders.Folder);
        var machine = new FireMachine(lived, chance);
        var clock = new SteadyClock(machine, () => machine.IsSynchronised, Guid.NewGuid().ToString("N"), StoreFile.LastTime(Path.Combine(orders.Folder, Store.FileName)));
        var school = new MeasuredSchool(orders.Seed, orders.Share);
        using var store = await Opened(orders.Folder, clock, stop);
        foreach (var index in school.Indices)
            if (store.Samples.Latest(index) is { IsReliable: true } last) school.Set(index, last.Value + chance.Next(20) / 1000.0);
        var live = new LiveView();
        var site = school.Site with { Uplink = new Core.Sites.Uplink(new NetworkPlace("127.0.0.1", orders.Port, Carrying.Plain), Group, Node) { BirthSpread = TimeSpan.FromMilliseconds(50) } };
        live.Show(school.At(clock.GetUtcNow()));
        using var session = new UplinkSession(site, store, live, TimeProvider.System, clock, NullLogger.Instance) { ClockPatience = TimeSpan.FromSeconds(chance.Next(2) * 10) };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = session.Run(token => Task.Delay(Timeout.Infinite, token), ending.Token);
        Console.WriteLine("up");
        for (; lived < orders.Cycles; lived++)
        {
            Step(store, school, clock, machine, live);
            if (lived % CyclesPerLine != 0) continue;
            Note(orders.Folder, lived);
            // Life and sending go on beside each other.
            await Task.Delay(chance.Next(LongestPause), stop);
        }

        store.Flush();
        Note(orders.Folder, lived);
        // What was counted before the last commit may be no news yet.
        do await Task.Delay(TimeSpan.FromSeconds(2), stop);
        while (session.Read() is not { Waiting: 0 } && !sending.IsCompleted);
        await ending.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Console.WriteLine("done");
        return 0;
    }

    // What is held in memory while the card is full would go with the process; a gateway in earnest ends itself when there is room again.
    private static async Task<Store> Opened(string folder, TimeProvider clock, CancellationToken stop)
    {
        while (true)
        {
            var store = Store.OpenAnyway(folder, new StoreOptions(), clock, NullLogger.Instance);
            if (!store.IsMissing) return store;
            store.Dispose();
            await Task.Delay(50, stop);
        }
    }

    private static void Step(Store store, MeasuredSchool school, SteadyClock clock, FireMachine machine, LiveView live)
    {
        machine.Pass(MeasuredSchool.Cycle);
        if (clock.Look() is { IsSet: true } set) store.Samples.Restamp(set.Base);
        var record = school.At(clock.GetUtcNow());
        store.Record(record);
        live.Show(record);
    }

    private static long Lived(string folder) => File.Exists(Path.Combine(folder, "lived")) && long.TryParse(File.ReadAllText(Path.Combine(folder, "lived")), out var lived) ? lived : 0;

    private static void Note(string folder, long lived)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, "lived.new"), lived.ToString(CultureInfo.InvariantCulture));
            File.Move(Path.Combine(folder, "lived.new"), Path.Combine(folder, "lived"), overwrite: true);
        }
        catch (IOException)
        {
            // The card is full.
        }
    }

    /// <summary>The clocks of the machine.</summary>
    private sealed class FireMachine : TimeProvider
    {
        private readonly Random chance;
        private readonly long bootedAt;
        private long passed, error, learns;

        public FireMachine(long lived, Random chance)
        {
            (this.chance, bootedAt) = (chance, lived);
            (error, learns) = chance.Next(4) switch
            {
                0 => (-(MeasuredSchool.Start.UtcTicks + bootedAt * MeasuredSchool.Cycle.Ticks - DateTimeOffset.UnixEpoch.UtcTicks), chance.Next(1, 2000)),
                1 => (TimeSpan.FromHours(chance.Next(-48, 48)).Ticks, chance.Next(1, 2000)),
                _ => (0, 0),
            };
        }

        public bool IsSynchronised => passed >= learns;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(True.UtcTicks + error, TimeSpan.Zero);

        public override long GetTimestamp() => passed * MeasuredSchool.Cycle.Ticks;

        public void Pass(TimeSpan _)
        {
            passed++;
            if (passed == learns) error = 0;
            // A time server that is wrong for a while.
            if (IsSynchronised && chance.Next(3000) == 0) error = error == 0 ? -TimeSpan.FromDays(1).Ticks : 0;
        }

        private DateTimeOffset True => MeasuredSchool.Start + (bootedAt + passed) * MeasuredSchool.Cycle;
    }
}
