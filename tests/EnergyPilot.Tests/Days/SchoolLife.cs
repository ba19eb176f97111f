using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Days;

/// <summary>The demo school with the gateway's own loop, in memory, minute by minute: what the day tests tell their stories with.</summary>
internal sealed class SchoolLife
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedClock clock;
    private readonly SteppedDrive drive;
    private readonly List<CycleRecord> records = [];

    /// <param name="start">Local time; walls need a day or two to settle.</param>
    /// <param name="colder">Kelvins taken off the typical year.</param>
    public SchoolLife(string start, double colder = 0)
    {
        Site = SchoolFiles.DemoSite;
        clock = new SteppedClock(Site.Instant(Time(start)));
        School = new VirtualSchool(Site, TypicalYear.Uccle.With(WeatherVariant.Typical with { TemperatureOffsetK = -colder }), clock, seed: 1);
        var image = new ProcessImage(Site);
        var buses = FieldBuses.InMemory(School, image);
        var outputs = new Outputs(Site, image, FieldBuses.ByPoint(Site, buses), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        drive = new SteppedDrive(clock, buses, new Cycle(Site, image, outputs, _ => Overrides, Pilot.Decide));
    }

    public Site Site { get; }

    public VirtualSchool School { get; }

    public ImmutableArray<Override> Overrides { get; set; } = [];

    public CycleRecord Now => records[^1];

    public async Task Until(string local)
    {
        var end = Site.Instant(Time(local));
        while (clock.GetUtcNow() < end) records.Add(await drive.Step(Minute, TestContext.Current.CancellationToken));
    }

    public DateTimeOffset At(string local) => Site.Instant(Time(local));

    public ZoneTarget Target(string zone) => Now.Decision.Targets[Index(zone)];

    public ZoneDemand Demand(string zone) => Now.Decision.Demands[Index(zone)];

    /// <summary>What the zone's first valve was told.</summary>
    public Command Valve(string zone) => Output(Site.Zones[Index(zone)].Points.Valve[0]);

    public Command Output(PointId point) => Now.Decision.Outputs.Single(o => o.Point == point);

    /// <summary>What people in the zone feel.</summary>
    public double Felt(string zone) => School.Physics.OperativeTemperatureC(Index(zone));

    public IEnumerable<(ReasonCode Code, string Subject)> Alarms => Now.Decision.Alarms.Select(a => (a.Reason.Code, a.Subject));

    /// <summary>The minutes between two local times.</summary>
    public IEnumerable<CycleRecord> Between(string from, string to) =>
        records.Where(r => r.Decision.At >= At(from) && r.Decision.At < At(to));

    /// <summary>The heat that a zone asked for in each of these minutes.</summary>
    public IEnumerable<double> Heat(string zone, string from, string to) =>
        Between(from, to).Select(r => r.Decision.Demands[Index(zone)].Heat.Value);

    public int Index(string zone) => Site.Zones.Select((z, i) => (z, i)).Single(x => x.z.Id.Name == zone).i;

    private static DateTime Time(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
}
