using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// A virtual school as a gateway's counterpart: it first lives through a day in memory, so that walls are warm and charts
/// have something to show, then in real time or faster, its Modbus devices served on loopback TCP.
/// </summary>
internal sealed class DemoSchool : IAsyncDisposable
{
    public static readonly TimeSpan Past = TimeSpan.FromHours(25);
    private static readonly TimeSpan PastStep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10), Second = TimeSpan.FromSeconds(1);

    // After a pause (a suspended laptop) a little is caught up with, the rest is forgotten.
    private static readonly TimeSpan MostBehind = TimeSpan.FromMinutes(5);

    private readonly LiveSite live;
    private readonly SteppedClock clock;
    private readonly DateTimeOffset start;
    private readonly long startedAt = TimeProvider.System.GetTimestamp();
    private readonly VirtualSchool school;
    private readonly ProcessImage image;
    private readonly Func<DateTimeOffset, ImmutableArray<Override>> overrides;
    private ImmutableDictionary<string, ModbusTcpServer> servers = ImmutableDictionary<string, ModbusTcpServer>.Empty;
    private ImmutableArray<IFieldBus> buses;
    private volatile bool isWoken;

    /// <param name="clock">Stands a day before the demo's start.</param>
    public DemoSchool(LiveSite live, SteppedClock clock, Func<DateTimeOffset, ImmutableArray<Override>> overrides)
    {
        (this.live, this.clock, this.overrides, start) = (live, clock, overrides, clock.GetUtcNow() + Past);
        school = new VirtualSchool(live.Site, TypicalYear.Uccle, clock, seed: 1);
        image = new ProcessImage(live.Site);
        buses = FieldBuses.InMemory(school, image);
    }

    /// <summary>What its cycles may know beyond their readings.</summary>
    public Func<Knowledge> Knowledge { get; init; } = () => Core.Control.Knowledge.None;

    /// <summary>Where the Modbus devices are served, for people who want to look with their own tools.</summary>
    public IEnumerable<(string Bus, int Port)> Ports => servers.Select(s => (s.Key, s.Value.Port));

    /// <summary>The buses as they are open now.</summary>
    public ImmutableArray<IFieldBus> Buses => buses;

    /// <summary>The next cycle need not wait for the end of its ten seconds.</summary>
    public void Wake() => isWoken = true;

    public void Break(Fault fault) => school.Inject(fault);

    /// <summary>Lives through the past, as fast as the machine can.</summary>
    public async Task<Memory> LivePast(Action<CycleRecord> record, CancellationToken stop)
    {
        var (cycle, drive) = Drive(Memory.Empty);
        var end = clock.GetUtcNow() + Past;
        while (clock.GetUtcNow() < end) record(await drive.Step(PastStep, stop));
        return cycle.Memory;
    }

    /// <summary>Opens the TCP side.</summary>
    public void Serve(CancellationToken stop)
    {
        servers = FieldBuses.Serve(school, stop);
        buses = FieldBuses.OverTcp(school, image, servers, buses);
    }

    /// <summary>Lives on, so many times faster than the real clock, until stopped.</summary>
    public async Task LiveOn(Memory memory, double speed, Action<CycleRecord> record, CancellationToken stop)
    {
        var (_, drive) = Drive(memory);
        // One step ahead: whoever has just started it shall not wait for the first ten seconds to pass.
        var (begin, reference) = (start + Step, startedAt);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Clamp(Step.TotalMilliseconds / speed, 1, 1000)), TimeProvider.System);
        do
        {
            var due = begin + TimeProvider.System.GetElapsedTime(reference) * speed;
            if (due - clock.GetUtcNow() > MostBehind * speed) (begin, reference) = (clock.GetUtcNow(), TimeProvider.System.GetTimestamp());
            while (due - clock.GetUtcNow() >= Step) record(await drive.Step(Step, stop));
            if (!isWoken || due - clock.GetUtcNow() < Second) continue;
            isWoken = false;
            record(await drive.Step(Second, stop));
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bus in buses) await bus.DisposeAsync();
        foreach (var server in servers.Values) await server.DisposeAsync();
    }

    private (Cycle Cycle, SteppedDrive Drive) Drive(Memory memory)
    {
        var outputs = new Outputs(school.Site, image, FieldBuses.ByPoint(school.Site, buses), NullLogger.Instance);
        var cycle = new Cycle(live, image, outputs, overrides, Pilot.Decide).Knowing(Knowledge).From(memory);
        return (cycle, new SteppedDrive(clock, buses, cycle));
    }
}
