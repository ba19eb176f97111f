using System.Collections.Immutable;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Days;

/// <summary>The demo school with the gateway's own loop, in memory, minute by minute: what the day tests tell their stories with.</summary>
internal sealed class SchoolLife
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedClock clock;
    private readonly SchoolTime time;
    private readonly List<CycleRecord> records = [];
    private SteppedDrive drive;
    private Cycle cycle;

    /// <param name="start">Local time; walls need a day or two to settle.</param>
    /// <param name="colder">Kelvins taken off the typical year.</param>
    public SchoolLife(string start, double colder = 0)
        : this(start, colder, SchoolFiles.DemoSite, SchoolFiles.DemoSite)
    {
    }

    /// <param name="start">Local time; walls need a day or two to settle.</param>
    /// <param name="colder">Kelvins taken off the typical year.</param>
    /// <param name="site">What the gateway believes of the school.</param>
    /// <param name="lived">What the people in it do.</param>
    public SchoolLife(string start, double colder, Site site, Site lived)
    {
        Site = site;
        clock = new SteppedClock(Site.Instant(Time(start)));
        time = new SchoolTime(clock);
        School = new VirtualSchool(lived, TypicalYear.Uccle.With(WeatherVariant.Typical with { TemperatureOffsetK = -colder }), time, seed: 1);
        (cycle, drive) = Started(Memory.Empty);
    }

    public Site Site { get; }

    public VirtualSchool School { get; }

    /// <summary>What the gateway has learned and was told.</summary>
    public Knowledge Knowledge { get; set; } = Knowledge.None;

    public ImmutableArray<Override> Overrides { get; set; } = [];

    public CycleRecord Now => records[^1];

    public async Task Until(string local)
    {
        var end = Site.Instant(Time(local));
        while (clock.GetUtcNow() < end) records.Add(await drive.Step(Minute, TestContext.Current.CancellationToken));
    }

    /// <summary>Neither gateway nor boiler has power; then the gateway starts anew with what it had written down.</summary>
    public void LosePower(string until)
    {
        var stored = JsonSerializer.Serialize(cycle.Memory, StoredJson.Default.Memory);
        var dark = new Fault(FaultKind.BoilerLockedOut, "");
        School.Inject(dark);
        clock.Advance(At(until) - clock.GetUtcNow());
        School.CatchUp();
        School.Mend(dark);
        (cycle, drive) = Started(JsonSerializer.Deserialize(stored, StoredJson.Default.Memory) ?? Memory.Empty);
    }

    /// <summary>Somebody sets the gateway's clock; the school goes on as it was.</summary>
    public void SetClock(TimeSpan by)
    {
        clock.Advance(by);
        time.Ahead += by;
    }

    public DateTimeOffset At(string local) => Site.Instant(Time(local));

    public ZoneTarget Target(string zone) => Now.Decision.Targets[Index(zone)];

    public ZoneDemand Demand(string zone) => Now.Decision.Demands[Index(zone)];

    /// <summary>What the zone's first valve was told.</summary>
    public Command Valve(string zone) => Output(Site.Zones[Index(zone)].Points.Valve[0]);

    public Command Output(PointId point) => Now.Decision.Outputs.Single(o => o.Point == point);

    /// <summary>What people in the zone feel.</summary>
    public double Felt(string zone) => School.Physics.OperativeTemperatureC(Index(zone));

    /// <summary>The same, class by class.</summary>
    public IReadOnlyDictionary<string, double> FeltInClasses() =>
        Site.Zones.Where(z => z.Programme.Id == "classroom").ToDictionary(z => z.Id.Name, z => Felt(z.Id.Name));

    public IEnumerable<(ReasonCode Code, string Subject)> Alarms => Now.Decision.Alarms.Select(a => (a.Reason.Code, a.Subject));

    /// <summary>The minutes between two local times.</summary>
    public IEnumerable<CycleRecord> Between(string from, string to) =>
        records.Where(r => r.Decision.At >= At(from) && r.Decision.At < At(to));

    /// <summary>The heat that a zone asked for in each of these minutes.</summary>
    public IEnumerable<double> Heat(string zone, string from, string to) =>
        Between(from, to).Select(r => r.Decision.Demands[Index(zone)].Heat.Value);

    /// <summary>The quarters of an hour of a zone that were closed between two local times.</summary>
    public IEnumerable<Quarter> Quarters(string zone, string from, string to) =>
        Between(from, to).SelectMany(r => r.Decision.Quarters).Where(q => q.Zone == Zone(zone).Id).Select(q => q.Quarter);

    public Zone Zone(string zone) => Site.Zones[Index(zone)];

    public int Index(string zone) => Site.Zones.Select((z, i) => (z, i)).Single(x => x.z.Id.Name == zone).i;

    private (Cycle Cycle, SteppedDrive Drive) Started(Memory memory)
    {
        var image = new ProcessImage(Site);
        var buses = FieldBuses.InMemory(School, image);
        var outputs = new Outputs(Site, image, FieldBuses.ByPoint(Site, buses), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var started = new Cycle(Site, image, outputs, _ => Overrides, (site, snapshot, before) => Pilot.Decide(site, snapshot with { Knowledge = Knowledge }, before)).From(memory);
        return (started, new SteppedDrive(clock, buses, started));
    }

    private static DateTime Time(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The time of the school itself, whatever the gateway's clock says.</summary>
internal sealed class SchoolTime(SteppedClock gateway) : TimeProvider
{
    /// <summary>How far the gateway's clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => gateway.GetUtcNow() - Ahead;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;
}
