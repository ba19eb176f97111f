using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Tests.Gateway.Storage;

/// <summary>A school of one room, one meter and one valve: as much of a site as the store looks at.</summary>
internal static class School
{
    public static readonly PointId Room = new("room.temperature"), Gas = new("gas.volume"), Valve = new("valve.open"), Power = new("meter.power");
    public static readonly ZoneId Zone = new("cp");
    public static readonly CircuitId Circuit = new("north");
    public static readonly PointId ZoneSetpoint = new("zone/cp.setpoint"), ZoneHeat = new("zone/cp.heat"), CircuitSetpoint = new("circuit/north.setpoint");
    public static readonly Reason InUse = Reason.Of(ReasonCode.InUse, Fact.Of("until", DateTimeOffset.UnixEpoch), Fact.Of("name", "é\"\\"));

    public static readonly Site Site = new()
    {
        Id = "school",
        Name = "École",
        Location = new("Roubaix", 50.69, 3.17),
        TimeZone = TimeZoneInfo.Utc,
        Calendar = HolidayCalendar.None,
        Control = new(),
        Buses = [Bus],
        Devices =
        [
            Device("room", new("temperature", Quantity.Temperature, Access.Read, new(-40, 80), PollClass.Fast, Accumulation.Instantaneous, 0, new LineSelector(LineUse.Contact))),
            Device("gas", new("volume", Quantity.Volume, Access.Read, new(0, 1e9), PollClass.Fast, Accumulation.Cumulative, 0, new LineSelector(LineUse.Pulse))),
            Device("valve", new("open", Quantity.State, Access.ReadWrite, new(0, 1), PollClass.Fast, Accumulation.Instantaneous, 1, new LineSelector(LineUse.Relay))),
            Device("meter", new("power", Quantity.Power, Access.Read, new(0, 1e6), PollClass.Fast, Accumulation.Instantaneous, 0, new LineSelector(LineUse.Contact))),
        ],
        Zones = [],
        Circuits = [],
        Boiler = new()
        {
            Name = "boiler", NominalPower = new(60_000), MinimumPower = new(10_000), Release = [], Setpoint = [], Supply = [], Return = [],
            Running = [], Fault = [], MinimumOn = TimeSpan.FromMinutes(5), MinimumOff = TimeSpan.FromMinutes(5),
        },
        Meters = [],
        Outdoor = [],
        Fabric = new(1, 0.5),
    };

    private static Bus Bus => new("bus", Protocol.Gpio, "/dev/gpiochip0", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>A cycle in which these points said this, and nothing was decided.</summary>
    public static CycleRecord Cycle(DateTimeOffset at, params (PointId Point, double Value)[] readings) =>
        Cycle(at, readings.ToDictionary(r => r.Point, r => Reading.Good(r.Value, at)), Nothing(at));

    public static CycleRecord Cycle(DateTimeOffset at, PointId point, Reading reading) =>
        Cycle(at, new Dictionary<PointId, Reading> { [point] = reading }, Nothing(at));

    public static CycleRecord Cycle(DateTimeOffset at, IReadOnlyDictionary<PointId, Reading> readings, Decision decision) =>
        new(Site, new(at, readings, []), decision);

    public static CycleRecord Decided(Decision decision) => Cycle(decision.At, new Dictionary<PointId, Reading>(), decision);

    public static Decision Nothing(DateTimeOffset at) => new(at, [], [], [], [], [], [], Memory.Empty);

    public static Alarm Lost(DateTimeOffset since) => new("room", Severity.Warning, since, Reason.Of(ReasonCode.SensorLost, Fact.Of("for", TimeSpan.FromMinutes(3))));

    private static Device Device(string id, PointType point) => new(
        id, id, new(id, "", "", "", Protocol.Gpio, [point], []), Bus, "1",
        [new(new($"{id}.{point.Name}"), point, 1, Wiring.NormallyOpen, TimeSpan.FromMinutes(5))]);
}
