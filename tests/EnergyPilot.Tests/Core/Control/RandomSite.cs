using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Tests.Core.Schedules;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Schools of one to six zones with whatever valves, thermostats, sensors, emitters, heat sources, exceptions and settings a site file allows.</summary>
internal sealed class RandomSite(Random chance)
{
    private static readonly Bus Bus = new("bus", Protocol.Gpio, "", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    private readonly List<Point> points = [];

    public static Site Of(Random chance) => new RandomSite(chance).Site();

    private Site Site()
    {
        var circuits = Many(1, 3, Circuit);
        var setpoints = Setpoints();
        var zones = Many(1, 7, i => Zone(i, circuits[chance.Next(circuits.Length)].Id, setpoints));
        var boiler = circuits.All(c => c.Emitter == Emitter.Electric) && chance.Next(2) == 0 ? EnergyPilot.Core.Sites.Boiler.None : Boiler();
        ImmutableArray<PointId> outdoor = chance.Next(8) == 0 ? [] : [Input("outdoor", Quantity.Temperature)];
        ImmutableArray<Meter> meters = chance.Next(2) == 0 ? [] : [new Meter("gas", "Gas", Medium.Gas, Input("gas", Quantity.Volume), [], 11, 0.1, 227)];
        return new Site
        {
            Id = "any", Name = "Any", Location = new Location("Roubaix", 50.7, 3.2), TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
            Calendar = RandomProgramme.Calendar(chance, new DateOnly(2026, 11, 1)), Control = Settings(), Buses = [Bus], Circuits = circuits, Zones = zones,
            Boiler = boiler, Meters = meters, Outdoor = outdoor, Fabric = new BuildingFabric(1.5, 0.5), Exceptions = Exceptions(zones),
            Devices = [new Device("all", "All", new DeviceType("all", "", "", "", Protocol.Gpio, [], []), Bus, "1", [.. points])],
        };
    }

    private Zone Zone(int index, CircuitId circuit, Setpoints usual) => new()
    {
        Id = new ZoneId($"zone-{index}"), Name = $"Zone {index}", Use = ZoneUse.Classroom, FloorArea = new(60), Height = new(3), Circuit = circuit,
        Programme = RandomProgramme.Of(chance), Setpoints = chance.Next(3) == 0 ? Setpoints() : usual,
        Fabric = new ZoneFabric(new(chance.Next(8) == 0 ? 0 : 10_000 * chance.NextDouble()), [], [], 25),
        Points = new ZonePoints(
            Many(0, 3, i => Input($"zone-{index}.t{i}", Quantity.Temperature)),
            Many(0, 2, i => Input($"zone-{index}.presence{i}", Quantity.State)), Many(0, 2, i => Input($"zone-{index}.co2-{i}", Quantity.Concentration)),
            Many(0, 2, i => Input($"zone-{index}.window{i}", Quantity.State)),
            Many(0, 3, i => Output($"zone-{index}.valve{i}", chance.Next(3) == 0 ? Quantity.Ratio : Quantity.State)))
        {
            Thermostat = chance.Next(3) > 0 ? [] : Many(1, 3, i => Output($"zone-{index}.thermostat{i}", Quantity.Temperature, new ValueRange(5, 30))),
        },
    };

    private ImmutableArray<Occasion> Exceptions(ImmutableArray<Zone> zones) => chance.Next(2) == 0 ? []
        : RandomProgramme.Exceptions(chance, new DateOnly(2026, 1, 1).AddDays(chance.Next(730)), zones[chance.Next(zones.Length)].Id);

    private Circuit Circuit(int index)
    {
        var emitter = chance.Next(6) switch { 0 => Emitter.Floor, 1 => Emitter.Electric, _ => Emitter.Radiators };
        var highest = emitter == Emitter.Floor || chance.Next(3) == 0 ? 45 : 75;
        var (pumps, mixing) = emitter == Emitter.Electric ? (0, 0) : (2, 2);
        return new Circuit(
            new CircuitId($"circuit-{index}"), $"Circuit {index}", Many(0, pumps, i => Output($"circuit-{index}.pump{i}", Quantity.State)),
            Many(0, mixing, i => Output($"circuit-{index}.mixing{i}", Quantity.Ratio)), Many(0, 2, i => Input($"circuit-{index}.supply{i}", Quantity.Temperature)), [],
            new HeatingCurve(new(chance.Next(-20, 5)), new(chance.Next(35, highest)), 1 + 0.6 * chance.NextDouble(), 0.3 + 1.7 * chance.NextDouble(), new(chance.Next(15, 30)), new(highest), new(chance.Next(0, 20))))
        {
            Emitter = emitter,
        };
    }

    private Boiler Boiler() => new()
    {
        Name = "Boiler", Kind = Enum.GetValues<HeatSourceKind>()[chance.Next(3)], NominalPower = new(100_000), MinimumPower = new(chance.Next(0, 100_000)),
        Release = Many(1, 3, i => Output($"boiler.release{i}", Quantity.State)), Setpoint = Many(0, 2, i => Output($"boiler.setpoint{i}", Quantity.Temperature)),
        Supply = Many(0, 2, i => Input($"boiler.supply{i}", Quantity.Temperature)), Return = Many(0, 2, i => Input($"boiler.return{i}", Quantity.Temperature)), Running = Many(0, 2, i => Input($"boiler.running{i}", Quantity.State)),
        Fault = [Input("boiler.fault", Quantity.State)], MinimumOn = TimeSpan.FromMinutes(chance.Next(0, 20)), MinimumOff = TimeSpan.FromMinutes(chance.Next(0, 20)),
        ReturnLimit = new(chance.Next(2) == 0 ? double.PositiveInfinity : chance.Next(25, 65)), PowerLimit = new(chance.Next(2) == 0 ? double.PositiveInfinity : chance.Next(1_000, 100_000)),
        Power = Many(0, 2, i => Input($"boiler.power{i}", Quantity.Power)),
    };

    private ControlSettings Settings() => new()
    {
        PulseCycle = TimeSpan.FromMinutes(chance.Next(5, 60)), ValveMinimum = TimeSpan.FromMinutes(chance.Next(0, 10)),
        Gain = 0.1 + chance.NextDouble(), SummerCutOff = new(chance.Next(5, 25)), PumpOverrun = TimeSpan.FromMinutes(chance.Next(0, 10)),
        WindowPause = TimeSpan.FromMinutes(chance.Next(2) == 0 ? 30 : chance.Next(0, 60)), LongestOverride = TimeSpan.FromMinutes(chance.Next(15, 48 * 60)),
        Planner = Enum.GetValues<PlannerWish>()[chance.Next(3)], PlannerGoal = Enum.GetValues<PlanGoal>()[chance.Next(3)],
    };

    private Setpoints Setpoints()
    {
        var frost = 5 + 2 * chance.NextDouble();
        var absence = frost + 4 * chance.NextDouble();
        var reduced = absence + 5 * chance.NextDouble();
        return new Setpoints(new(Math.Min(22, reduced + 6 * chance.NextDouble())), new(reduced), new(absence), new(frost));
    }

    private PointId Input(string name, Quantity quantity) => Point(name, quantity, Access.Read, new ValueRange(-55, 1e9));

    private PointId Output(string name, Quantity quantity) => Output(name, quantity, quantity switch
    {
        Quantity.State => new ValueRange(0, 1),
        Quantity.Ratio => new ValueRange(0, 100),
        _ => new ValueRange(20, 80),
    });

    private PointId Output(string name, Quantity quantity, ValueRange range) => Point(name, quantity, chance.Next(2) == 0 ? Access.Write : Access.ReadWrite, range);

    private PointId Point(string name, Quantity quantity, Access access, ValueRange range)
    {
        var type = new PointType(name, quantity, access, range, PollClass.Fast, Accumulation.Instantaneous, 1, new LineSelector(LineUse.Relay));
        points.Add(new Point(new PointId(name), type, 1, Wiring.NormallyOpen, TimeSpan.FromMinutes(3)));
        return points[^1].Id;
    }

    private ImmutableArray<T> Many<T>(int low, int high, Func<int, T> make) => [.. Enumerable.Range(0, chance.Next(low, high)).Select(make)];
}
