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
/// <param name="Disordered">Samples of a point whose sequences are not in the order of the log's.</param>
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
            using var gateway = plan.Gateway(new FireOrders(card.Folder, relay.Port, plan.Seed + kill, cycles * (kill + 1) / (plan.Kills + 1), plan.Share));
            await gateway.StandardOutput.ReadLineAsync(stop);
            var death = Task.Delay(chance.Next(50, 3000), stop);
            await Trouble(relay, death, stop);
            gateway.Kill();
            await gateway.WaitForExitAsync(stop);
        }

        using var last = plan.Gateway(new FireOrders(card.Folder, relay.Port, plan.Seed - 1, cycles, plan.Share));
        await last.WaitForExitAsync(stop);
        if (last.ExitCode != 0) throw new InvalidOperationException($"The gateway ended with {last.ExitCode}.");
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
        long samples = 0, lost = 0, disordered = 0, after = 0;
        var times = new Dictionary<string, long>(StringComparer.Ordinal);
        var indices = new Dictionary<string, (double First, double Last, double CityFirst, double CityLast)>(StringComparer.Ordinal);
        for (var batch = store.Cursors.ReadAfter(0, 10_000); !batch.IsEmpty; batch = store.Cursors.ReadAfter(after, 10_000))
        {
            foreach (var sample in batch)
            {
                (after, samples) = (sample.Sequence, samples + 1);
                var name = sample.Point.Name;
                if (!arrived.TryGetValue(sample.Sequence, out var there) || there.Point != name || !there.Value.Equals(sample.Value) || there.AtMilliseconds != sample.At.ToUnixTimeMilliseconds())
                {
                    lost++;
                    continue;
                }

                // In the order of the log, as a city reads it by sequence.
                if (times.TryGetValue(name, out var before) && before >= sample.Sequence) disordered++;
                times[name] = sample.Sequence;
                if (!name.StartsWith("index", StringComparison.Ordinal)) continue;
                indices[name] = indices.TryGetValue(name, out var known) ? known with { Last = sample.Value, CityLast = there.Value } : (sample.Value, sample.Value, there.Value, there.Value);
            }
        }

        var energy = indices.Values.Select(i => Math.Abs(i.Last - i.First - (i.CityLast - i.CityFirst)) * 1000).DefaultIfEmpty(0).Max();
        var doubled = arrived.Count - (samples - lost) + city.Contradictions;
        return new FaultOutcome(plan.Kills, samples, lost, Math.Max(doubled, 0), disordered, energy, city.Again, city.Births, freezes, cuts, brokerKills, fullCards);
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
