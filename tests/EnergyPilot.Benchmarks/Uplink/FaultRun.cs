using System.Diagnostics;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Benchmarks.Uplink;

/// <summary>What a fault run shall be like.</summary>
/// <param name="Days">Days of the school's life.</param>
/// <param name="Share">How much of the school there is.</param>
/// <param name="Kills">How often the gateway is killed.</param>
internal sealed record FaultPlan(int Seed, double Days, double Share, int Kills)
{
    /// <summary>Starts a gateway in a process of its own.</summary>
    public required Func<FireOrders, Process> Gateway { get; init; }

    /// <summary>Told how far it is.</summary>
    public Action<int> Progress { get; init; } = _ => { };
}

/// <summary>What came of it.</summary>
/// <param name="Samples">Samples in the gateway's log.</param>
/// <param name="Lost">Of these, not at the city, or at the city as something else.</param>
/// <param name="Doubled">At the city and not in the log, or under a second sequence.</param>
/// <param name="Disordered">Live samples that came after a younger one of their point.</param>
/// <param name="EnergyWh">The largest difference of a meter's energy between the two.</param>
/// <param name="Again">Samples that came more than once and were recognised.</param>
internal sealed record FaultOutcome(int Kills, long Samples, long Lost, long Doubled, long Disordered, double EnergyWh, long Again, int Births, int Freezes, int Cuts, int BrokerKills, int FullCards);

/// <summary>
/// A gateway, a broker and a city, under everything that happens to them in years: the gateway is killed at random moments, the broker is frozen and killed, the line is cut
/// and torn, the card is full for a while, the clock is wrong. What the log holds in the end is compared with what the city has, sample by sample.
/// </summary>
internal sealed class FaultRun(FaultPlan plan, IBrokerUnderFire broker, ICardUnderFire card)
{
    private readonly Random chance = new(plan.Seed);
    private int freezes, cuts, brokerKills, fullCards;

    public async Task<FaultOutcome> Run(CancellationToken stop)
    {
        await using var relay = new Relay(broker.Port);
        await using var city = new CityStandIn(broker.Port, GatewayUnderFire.Group, TimeProvider.System);
        var cycles = (long)(plan.Days * 8640);
        for (var kill = 0; kill < plan.Kills; kill++)
        {
            plan.Progress(kill);
            // Life ends only after the last kill, so each has something to hit.
            using var gateway = new Hunted(plan.Gateway(new FireOrders(card.Folder, relay.Port, plan.Seed + kill, cycles * (kill + 1) / (plan.Kills + 1), plan.Share)));
            await gateway.Up(stop);
            await Trouble(relay, Task.Delay(chance.Next(50, 3000), stop), stop);
            await gateway.Kill(stop);
        }

        using var last = new Hunted(plan.Gateway(new FireOrders(card.Folder, relay.Port, plan.Seed - 1, cycles, plan.Share)));
        await last.Finish(stop);
        return city.Look(GatewayUnderFire.Node, Compare);
    }

    private async Task Trouble(Relay relay, Task death, CancellationToken stop)
    {
        Func<Task>[] kinds =
        [
            async () => { freezes++; await broker.Freeze(stop); await Some(stop); await broker.Thaw(stop); },
            async () => { brokerKills++; await broker.Kill(); await Some(stop); await broker.Start(stop); },
            async () => { cuts++; relay.Cut(); await Some(stop); relay.Mend(); },
            async () => { cuts++; relay.Tear(); await Some(stop); },
            async () => { fullCards++; card.Fill(); await Some(stop); card.Free(); },
            () => Some(stop),
        ];
        while (!death.IsCompleted) await kinds[chance.Next(kinds.Length)]();
    }

    private Task Some(CancellationToken stop) => Task.Delay(chance.Next(20, 400), stop);

    private FaultOutcome Compare(NodeStandIn city)
    {
        using var store = Store.Open(card.Folder, new SteppedClock(MeasuredSchool.Start), NullLogger.Instance);
        var arrived = city.SamplesOf(store.LogId);
        long samples = 0, lost = 0, after = 0;
        var energy = new Dictionary<string, (double First, double Last)>(StringComparer.Ordinal);
        for (var batch = store.Cursors.ReadAfter(0, long.MaxValue, 10_000); !batch.IsEmpty; batch = store.Cursors.ReadAfter(after, long.MaxValue, 10_000))
            foreach (var sample in batch)
            {
                (after, samples) = (sample.Sequence, samples + 1);
                var name = sample.Point.Name;
                if (!arrived.TryGetValue(sample.Sequence, out var there) || there.Point != name || !there.Value.Equals(sample.Value) || there.AtMilliseconds != sample.At.ToUnixTimeMilliseconds()) lost++;
                if (name.StartsWith("index", StringComparison.Ordinal)) energy[name] = (energy.TryGetValue(name, out var known) ? known.First : sample.Value, sample.Value);
            }

        // As a city counts: from its own first sample to its own last.
        var counted = arrived.Values.Where(s => energy.ContainsKey(s.Point)).GroupBy(s => s.Point).ToDictionary(g => g.Key, g => g.MaxBy(s => s.Sequence).Value - g.MinBy(s => s.Sequence).Value);
        var difference = energy.Select(e => Math.Abs(e.Value.Last - e.Value.First - counted.GetValueOrDefault(e.Key)) * 1000).DefaultIfEmpty(double.NaN).Max();
        var doubled = arrived.Count - (samples - lost) + city.Contradictions;
        return new FaultOutcome(plan.Kills, samples, lost, Math.Max(doubled, 0), city.Disordered, difference, city.Again, city.Births, freezes, cuts, brokerKills, fullCards);
    }
}

/// <summary>A gateway in a process of its own, which does not outlive the run.</summary>
internal sealed class Hunted(Process process) : IDisposable
{
    public async Task Up(CancellationToken stop) => Require(await process.StandardOutput.ReadLineAsync(stop) == "up");

    /// <summary>Kills it; one that died before by itself is a defect, one that has finished is not.</summary>
    public async Task Kill(CancellationToken stop)
    {
        Require(!process.HasExited || process.ExitCode == 0);
        process.Kill();
        await process.WaitForExitAsync(stop);
    }

    public async Task Finish(CancellationToken stop)
    {
        await process.WaitForExitAsync(stop);
        Require(process.ExitCode == 0);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Require(bool isWell)
    {
        if (!isWell) throw new InvalidOperationException(process.HasExited ? $"The gateway ended by itself with {process.ExitCode}." : "The gateway did not come up.");
    }
}

/// <summary>A broker that can be hurt.</summary>
internal interface IBrokerUnderFire
{
    int Port { get; }

    Task Freeze(CancellationToken stop);

    Task Thaw(CancellationToken stop);

    Task Kill();

    Task Start(CancellationToken stop);
}

/// <summary>The card that the gateway's data folder is on.</summary>
internal interface ICardUnderFire
{
    string Folder { get; }

    /// <summary>Nothing more fits on it.</summary>
    void Fill();

    void Free();
}
