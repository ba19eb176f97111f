using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>The demonstration school with readings as wished. 2026-11-03 is a Tuesday; its clocks are one hour ahead of UTC.</summary>
internal sealed class DemoWorld(double rooms, double outdoor)
{
    public static readonly Site Site = SchoolFiles.DemoSite;
    public static readonly Zone Cp = Zone("cp"), Gym = Zone("gym"), Library = Zone("library");
    public static readonly DateTimeOffset Tuesday = new(2026, 11, 2, 23, 0, 0, TimeSpan.Zero);
    public static readonly PointId Valve = Cp.Points.Valve[0], Window = Cp.Points.Window[0], Release = Site.Boiler.Release[0], Fault = Site.Boiler.Fault[0];

    private readonly Dictionary<PointId, double> values = [];

    public List<Override> Wishes { get; } = [];

    /// <summary>A sensor says this from now on; not a number when it is lost.</summary>
    public double this[PointId point]
    {
        set => values[point] = value;
    }

    public double this[Zone zone]
    {
        set
        {
            foreach (var sensor in zone.Points.Temperature) values[sensor] = value;
        }
    }

    public static Zone Zone(string id) => Site.Zones.Single(z => z.Id.Name == id);

    public Snapshot At(DateTimeOffset at) => new(at, Site.Points.Values.Where(p => p.Type.Access == EnergyPilot.Core.Devices.Access.Read).ToDictionary(p => p.Id, p => Says(p, at)), [.. Wishes]);

    public Decision Decide(DateTimeOffset at) => Decide(at, Memory.Empty);

    public Decision Decide(DateTimeOffset at, Memory memory) => Pilot.Decide(Site, At(at), memory);

    /// <summary>Runs the control minute by minute with what the sensors say now, and returns its last decision.</summary>
    public Decision Run(DateTimeOffset from, TimeSpan length, Memory memory)
    {
        var decision = Decide(from, memory);
        for (var at = from.AddMinutes(1); at <= from + length; at = at.AddMinutes(1)) decision = Decide(at, decision.Memory);
        return decision;
    }

    // People come and go with the timetable unless a test says otherwise.
    private static bool IsInUse(Zone zone, DateTimeOffset at) => Site.PeriodOf(zone, at).Cause == PeriodCause.InUse;

    private Reading Says(Point point, DateTimeOffset at)
    {
        var value = values.TryGetValue(point.Id, out var said) ? said
            : Site.Outdoor.Contains(point.Id) ? outdoor
            : Site.Zones.Any(z => z.Points.Temperature.Contains(point.Id)) ? rooms
            : Site.Zones.FirstOrDefault(z => z.Points.Presence.Contains(point.Id)) is { } zone ? (IsInUse(zone, at) ? 1 : 0)
            : point.Type.Quantity == Quantity.State ? 0 : 50;
        return double.IsNaN(value) ? Reading.Unreliable(Reliability.CommunicationFailure, at) : Reading.Good(value, at);
    }
}

internal static class Decisions
{
    public static ZoneTarget Target(this Decision decision, Zone zone) => decision.Targets.Single(t => t.Zone == zone.Id);

    public static ZoneDemand Demand(this Decision decision, Zone zone) => decision.Demands.Single(d => d.Zone == zone.Id);

    public static Command Output(this Decision decision, PointId point) => decision.Outputs.Single(o => o.Point == point);

    public static Alarm? Alarm(this Decision decision, ReasonCode code) => decision.Alarms.SingleOrDefault(a => a.Reason.Code == code);
}
