using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>A test case as the site that the control knows. Nothing in it is tuned to the case.</summary>
internal static class EmulatedSite
{
    // Weather files are typical years without a date; in this ordinary one the first of January is a Monday.
    private static readonly DateTime NewYear = new(2018, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly Metres UsualHeight = new(2.7);
    private static readonly ValueRange Water = new(0, 100), Air = new(-40, 60), Rooms = new(5, 30), Switch = new(0, 1), Percent = new(0, 100);

    // The comfort band of an emulator is that of its sensor; it holds to its last minute and in any season.
    private static readonly ControlSettings Settings = new()
    {
        MayBeFeltBelow = new Kelvin(double.PositiveInfinity), MaySinkBeforeLeaving = new Kelvin(0.2), PlannedBelow = new Kelvin(0.2), SummerCutOff = new Celsius(50),
    };

    public static PointId Read(string name) => new($"read.{name}");

    public static PointId Write(string name) => new($"write.{name}");

    /// <summary>The instant of an emulated time.</summary>
    public static DateTimeOffset At(CaseMap map, double seconds) => new DateTimeOffset(NewYear, map.Clock).AddSeconds(seconds).ToUniversalTime();

    /// <summary>The site before anything is known of comfort bands: every zone is always in use.</summary>
    public static Site Of(CaseMap map)
    {
        var bus = new Bus("emulator", Protocol.Kernel, "/emulator", TimeSpan.FromMinutes(1), map.Step);
        return new Site
        {
            Id = map.Case,
            Name = map.Title,
            Location = map.Location,
            TimeZone = TimeZoneInfo.CreateCustomTimeZone("emulated", map.Clock, "emulated", "emulated"),
            Calendar = HolidayCalendar.None,
            Control = Settings,
            Buses = [bus],
            Devices = [Device("read", bus, Inputs(map)), Device("write", bus, Outputs(map))],
            Zones = [.. map.Zones.Select(Zone)],
            Circuits = [.. map.Circuits.Select(Circuit)],
            Boiler = Plant(map.Plant),
            Meters = [],
            Outdoor = [Read(map.Weather.Outdoor)],
            Fabric = new BuildingFabric(1, 0.3),
        };
    }

    private static Zone Zone(CaseZone zone) => new()
    {
        Id = new ZoneId(zone.Id),
        Name = zone.Name,
        Use = ZoneUse.Other,
        FloorArea = zone.FloorArea,
        Height = UsualHeight,
        Circuit = new CircuitId(zone.Circuit),
        Programme = ComfortWeek.Always(zone.Id),
        Setpoints = ComfortWeek.Holding(zone.Comfort.Degrees, zone.Comfort.Degrees, zone.Comfort.Degrees),
        Points = new ZonePoints([.. zone.Temperature.Select(Read)], [], [], [], [.. zone.Valve.Select(v => Write(v.Point))]) { Thermostat = [.. zone.Thermostat.Select(Write)] },
        Fabric = new ZoneFabric(zone.RadiatorPower, [], [], 0),
    };

    private static Circuit Circuit(CaseCircuit circuit) => new(
        new CircuitId(circuit.Id), circuit.Id,
        [.. circuit.Pump.Select(p => Write(p.Point))], [],
        [.. circuit.Supply.Select(Read)], [.. circuit.Return.Select(Read)], circuit.Curve) { Emitter = circuit.Emitter };

    private static Boiler Plant(CasePlant plant) => Boiler.None with
    {
        Kind = plant.Kind,
        Name = "Plant",
        NominalPower = plant.NominalPower,
        Release = [.. plant.Release.Select(r => Write(r.Point))],
        Setpoint = [.. plant.Setpoint.Select(Write)],
        Supply = [.. plant.Supply.Select(Read)],
        Return = [.. plant.Return.Select(Read)],
        MinimumOn = plant.Kind == HeatSourceKind.HeatPump ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(5),
        MinimumOff = TimeSpan.FromMinutes(10),
    };

    private static ImmutableArray<Point> Inputs(CaseMap map) =>
    [
        .. map.Temperatures.Select(name => Point(Read(name), Quantity.Temperature, Access.Read, name == map.Weather.Outdoor || map.Zones.Any(z => z.Temperature.Contains(name)) ? Air : Water)),
    ];

    private static ImmutableArray<Point> Outputs(CaseMap map) =>
    [
        .. map.Zones.SelectMany(z => z.Valve).Select(v => v.Follows == Follows.Demand
            ? Point(Write(v.Point), Quantity.Ratio, Access.Write, Percent)
            : Point(Write(v.Point), Quantity.State, Access.Write, Switch)),
        .. map.Circuits.SelectMany(c => c.Pump).Concat(map.Plant.Release).Select(o => Point(Write(o.Point), Quantity.State, Access.Write, Switch)),
        .. map.Zones.SelectMany(z => z.Thermostat).Select(t => Point(Write(t), Quantity.Temperature, Access.Write, Rooms)),
        .. map.Plant.Setpoint.Select(s => Point(Write(s), Quantity.Temperature, Access.Write, Water)),
    ];

    private static Device Device(string id, Bus bus, ImmutableArray<Point> points) =>
        new(id, id, new DeviceType(id, "BOPTEST", id, id, Protocol.Kernel, [.. points.Select(point => point.Type)], []), bus, id, points);

    private static Point Point(PointId id, Quantity quantity, Access access, ValueRange range)
    {
        var name = id.Name[(id.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var where = new FileSelector(name, Unit.Canonical(quantity), double.NaN);
        return new Point(id, new PointType(name, quantity, access, range, PollClass.Fast, Accumulation.Instantaneous, range.High, where), 1, Wiring.NormallyOpen, TimeSpan.FromMinutes(15));
    }
}
