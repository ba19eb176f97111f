using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>The points of the study's school: what its sensors measure and what its outputs take. No bus carries them here.</summary>
internal static class StudyPoints
{
    public static readonly Bus Wires = new("wires", Protocol.Kernel, "/sys", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    public static readonly PointId Outdoor = new("weather.temperature");
    public static readonly PointId Pump = new("radiators.pump"), Supply = new("radiators.supply"), Return = new("radiators.return");
    public static readonly PointId Release = new("boiler.release"), BoilerSetpoint = new("boiler.setpoint");
    public static readonly PointId BoilerFlow = new("boiler.flow"), BoilerReturn = new("boiler.return"), Power = new("boiler.power");

    private static readonly ValueRange AirRange = new(-40, 60), WaterRange = new(0, 100), OnOff = new(0, 1), Ppm = new(0, 10_000);

    public static ZonePoints Of(Building building, int zone) => new(
        [Temperature(zone)], [Presence(zone)], [Co2(zone)], building.WindowContacts == WindowContacts.Fitted ? [Window(zone)] : [], [Valve(zone)]);

    public static PointId Temperature(int zone) => new($"zone-{zone}.temperature");

    public static PointId Presence(int zone) => new($"zone-{zone}.presence");

    public static PointId Co2(int zone) => new($"zone-{zone}.co2");

    public static PointId Window(int zone) => new($"zone-{zone}.window");

    public static PointId Valve(int zone) => new($"zone-{zone}.valve");

    public static ImmutableArray<Device> Devices(Building building) =>
    [
        Device("weather", Input(Outdoor, Quantity.Temperature, AirRange)),
        Device("radiators", Output(Pump, Quantity.State, OnOff, 1), Input(Supply, Quantity.Temperature, WaterRange), Input(Return, Quantity.Temperature, WaterRange)),
        Device(
            "boiler",
            Output(Release, Quantity.State, OnOff, 1), Output(BoilerSetpoint, Quantity.Temperature, new ValueRange(20, 85), 60),
            Input(BoilerFlow, Quantity.Temperature, WaterRange), Input(BoilerReturn, Quantity.Temperature, WaterRange),
            Input(Power, Quantity.Power, new ValueRange(0, 1e6))),
        .. Enumerable.Range(0, building.School.Zones.Count).Select(zone => Device(
            $"zone-{zone}",
            Input(Temperature(zone), Quantity.Temperature, AirRange), Input(Presence(zone), Quantity.State, OnOff),
            Input(Co2(zone), Quantity.Concentration, Ppm), Input(Window(zone), Quantity.State, OnOff),
            Output(Valve(zone), Quantity.State, OnOff, 1))),
    ];

    private static Device Device(string id, params ImmutableArray<Point> points) =>
        new(id, id, new DeviceType(id, "bench", id, id, Protocol.Kernel, [.. points.Select(point => point.Type)], []), Wires, id, points);

    private static Point Input(PointId id, Quantity quantity, ValueRange range) => Point(id, quantity, Access.Read, range, 0);

    private static Point Output(PointId id, Quantity quantity, ValueRange range, double safe) => Point(id, quantity, Access.Write, range, safe);

    private static Point Point(PointId id, Quantity quantity, Access access, ValueRange range, double safe)
    {
        var name = id.Name[(id.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var where = new FileSelector(name, Unit.Canonical(quantity), double.NaN);
        return new Point(id, new PointType(name, quantity, access, range, PollClass.Fast, Accumulation.Instantaneous, safe, where), 1, Wiring.NormallyOpen, TimeSpan.FromMinutes(5));
    }
}
