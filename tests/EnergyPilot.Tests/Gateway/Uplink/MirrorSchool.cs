using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>The demonstration school with a mirror, and cycles of it in which every point says something.</summary>
internal static class MirrorSchool
{
    public static readonly DateTimeOffset Morning = new(2026, 1, 12, 6, 0, 0, TimeSpan.Zero);

    public static readonly Site Site = SchoolFiles.DemoSite with { Uplink = UplinkTo(1883) };

    public static readonly UplinkDirectory Directory = new(Site, []);

    public static EnergyPilot.Core.Sites.Uplink UplinkTo(int port) => new(new NetworkPlace("127.0.0.1", port, Carrying.Plain), "roubaix", "école.1")
    {
        BirthSpread = TimeSpan.Zero, Mirror = "energypilot/school", Discovery = "homeassistant",
    };

    public static PointId Point(string device, string metric) => Directory.Points.Values.Single(p => p.Device == device && p.Metric == metric).Point;

    public static MirrorDevice Device(string id, TimeProvider time) => new(Site, Directory, id, MqttTopic.Parse($"energypilot/school/{id}"), time);

    /// <summary>Everything is read, and room CP is this warm.</summary>
    public static CycleRecord Cycle(DateTimeOffset at, double room, Mode mode = Mode.Comfort) => Cycle(at, Reading.Good(room, at), mode);

    public static CycleRecord Cycle(DateTimeOffset at, Reading room, Mode mode = Mode.Comfort)
    {
        var readings = Site.Points.Keys.ToDictionary(id => id, id => Reading.Good(Site.Points[id].Type.Quantity == Quantity.State ? 1 : 12.3456, at));
        readings[Point("zone-cp", "temperature")] = room;
        readings[Point("zone-cp", "window")] = Reading.Good(0, at);
        readings[Point("zone-cp", "co2")] = Reading.Good(823, at);
        var target = Reason.Of(ReasonCode.InUse, Fact.Of("target", 19.0.Celsius));
        return new CycleRecord(Site, new Snapshot(at, readings, []), new Decision(
            at,
            [.. Site.Zones.Select(z => new ZoneTarget(z.Id, 19.0.Celsius, mode, Priority.Schedule, at.AddHours(3), target))],
            [.. Site.Zones.Select(z => new ZoneDemand(z.Id, room, Share.Of(0.4), WarmUp.Holding, target))],
            [], [], [], [], Memory.Empty));
    }

    public static Dictionary<PointId, Reading> Readings(CycleRecord record)
    {
        var readings = new Dictionary<PointId, Reading>();
        foreach (var observed in EnergyPilot.Gateway.Storage.CyclePoints.Of(record)) readings.TryAdd(observed.Point, observed.Reading);
        return readings;
    }
}
