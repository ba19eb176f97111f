using EnergyPilot.Benchmarks.Uplink;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Gateway.Storage;
using EnergyPilot.Tests.Io.Mqtt.Broker;
using Microsoft.Extensions.Logging.Abstractions;
using SiteUplink = EnergyPilot.Core.Sites.Uplink;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>A store with a school's samples, the uplink over it, a broker and a city. Time at the school is the test's; the network's is real.</summary>
internal sealed class UplinkStage : IAsyncDisposable
{
    public const string Group = "test", Node = "school";

    private readonly RunningBroker? broker;
    private readonly StoreFolder folder = new();
    private readonly LiveView live = new();
    private CancellationTokenSource ending = new();
    private Task running = Task.CompletedTask;
    private UplinkSession? session;

    /// <param name="clock">The gateway's clock over the machine's; the machine's own when it is left out.</param>
    public UplinkStage(Func<SiteUplink, SiteUplink>? with = null, double share = 0.02, Func<ManualTime, TimeProvider>? clock = null)
        : this(new RunningBroker(), with, share, clock)
    {
    }

    /// <summary>The same with a broker of the test's, which may have another port for the city.</summary>
    public UplinkStage(int port, int cityPort, Func<SiteUplink, SiteUplink>? with = null, double share = 0.02, Func<ManualTime, TimeProvider>? clock = null)
    {
        Clock = clock?.Invoke(folder.Time) ?? folder.Time;
        School = new MeasuredSchool(share: share);
        Relay = new Relay(port);
        var uplink = new SiteUplink(new NetworkPlace("127.0.0.1", Relay.Port, Carrying.Plain), Group, Node) { BirthSpread = TimeSpan.Zero };
        Site = School.Site with { Uplink = with?.Invoke(uplink) ?? uplink };
        City = new CityStandIn(cityPort, Group, TimeProvider.System);
        Store = Opened();
        Port = cityPort;
    }

    private UplinkStage(RunningBroker broker, Func<SiteUplink, SiteUplink>? with, double share, Func<ManualTime, TimeProvider>? clock)
        : this(broker.Port, broker.Port, with, share, clock) => this.broker = broker;

    public TimeProvider Clock { get; }

    public ManualTime Machine => folder.Time;

    public TimeSpan ClockPatience { get; init; }

    public MeasuredSchool School { get; }

    public Site Site { get; set; }

    public Relay Relay { get; }

    public CityStandIn City { get; }

    public Store Store { get; private set; }

    public int Port { get; }

    public string File => folder.File;

    public UplinkFigures Figures => session.ShouldNotBeNull().Read();

    /// <summary>The school lives on for so many cycles, which are committed.</summary>
    public void Live(int cycles)
    {
        for (var n = 0; n < cycles; n++)
        {
            folder.Time.Advance(MeasuredSchool.Cycle);
            var record = School.At(Clock.GetUtcNow());
            Store.Record(record);
            live.Show(record);
        }

        Store.Flush();
    }

    public void Start()
    {
        if (live.Latest is null) live.Show(School.At(Clock.GetUtcNow()));
        ending = new CancellationTokenSource();
        var now = session = new UplinkSession(Site, Store, live, TimeProvider.System, Clock, NullLogger.Instance) { ClockPatience = ClockPatience };
        running = now.Run(token => Task.Delay(Timeout.Infinite, token), ending.Token);
    }

    public async Task Stop()
    {
        if (session is not { } now) return;
        await ending.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        now.Dispose();
        ending.Dispose();
        session = null;
    }

    /// <summary>The program ends and starts anew over the same file.</summary>
    public async Task Restart(Action between)
    {
        await Stop();
        Store.Dispose();
        between();
        Store = Opened();
        Start();
    }

    private Store Opened() => EnergyPilot.Gateway.Storage.Store.Open(folder.Path, Clock, NullLogger.Instance);

    /// <summary>Waits until something holds of what the city knows.</summary>
    public Task Until(Func<NodeStandIn, bool> holds) => Until(() => City.Look(Node, holds));

    /// <summary>Waits until something holds; the test's own time limit ends it.</summary>
    public static async Task Until(Func<bool> holds)
    {
        while (!holds()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the city has all that is in the log, and compares it.</summary>
    public async Task CityHasAll()
    {
        await Until(city => city.Log == Store.LogId && city.StoredThrough == Store.Samples.LastSequence);
        var log = Store.Cursors.ReadAfter(0L, 100_000);
        City.Look(Node, city => city.Samples.Values.OrderBy(s => s.Sequence).Select(s => (s.Sequence, s.Point, s.AtMilliseconds, s.Value)).ToArray())
            .ShouldBe(log.Select(s => (s.Sequence, s.Point.Name, s.At.ToUnixTimeMilliseconds(), s.Value)));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await City.DisposeAsync();
        await Relay.DisposeAsync();
        if (broker is not null) await broker.DisposeAsync();
        Store.Dispose();
        folder.Dispose();
    }
}
