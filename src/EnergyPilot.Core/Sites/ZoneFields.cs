using System.Collections.Immutable;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of a zone.</summary>
internal static class ZoneFields
{
    public static Zone Read(string id, SiteReading reading, (Setpoints Setpoints, LegalLimits Limits) usual, ControlSettings control, Fields fields)
    {
        var (setpoints, limits) = usual;
        var zone = new Zone
        {
            Id = new ZoneId(id),
            Name = fields.Need("name", Shapes.Text, "What people call it"),
            Use = fields.Need("use", Shapes.Choice<ZoneUse>(), "What it is for"),
            FloorArea = fields.Need("floor-area", Shapes.Area(1, 10_000), "Heated floor area"),
            Height = fields.Need("height", Shapes.Length(1.8, 20), "Room height"),
            Circuit = fields.Need("circuit", Shapes.Reference($"a circuit", reading.Circuits, NoCircuit), "The circuit that heats it").Id,
            Programme = fields.Need("programme", Shapes.Reference($"a programme", reading.Programmes, NoProgramme), "When it is in use"),
            Setpoints = fields.Take("setpoints", SetpointFields.Shape(setpoints, control), setpoints, "What differs from the setpoints of the site"),
            EarliestStart = fields.Take(ControlFields.EarliestStartKey, ControlFields.EarliestStart, control.EarliestStart, "No warm-up of this zone begins before this time of the day of the use; as the control of the site says when missing"),
            Limits = fields.Take("legal", LegalFields.Shape(limits), limits, "Legal limits that differ from those of the site, for example of a crèche (R.241-28 and R.241-29); \"none\" where there are none"),
            Points = ReadPoints(reading, fields),
            Fabric = ReadFabric(id, reading, fields),
        };
        return zone with { DryFloor = zone.Points.Humidity.IsEmpty && !reading.SaysAbsence && !SetpointFields.SayAbsence(fields) ? Mould.Unmeasured : null };
    }

    private static readonly Circuit NoCircuit = new(new CircuitId(""), "", [], [], [], [], HeatingCurve.Radiators);

    private static readonly WeekProgramme NoProgramme = new("", [.. Enumerable.Repeat(new DayPlan([]), 7)], HolidayUse.Empty);

    private static ZonePoints ReadPoints(SiteReading reading, Fields fields) => new(
        fields.Need("temperature", new PointsOrNone(reading.Points(Role.Temperature)), "Room temperature; \"none\" for a zone without a sensor, which then follows the others"),
        fields.Take("presence", reading.Points(Role.State), [], "Somebody is there"),
        fields.Take("co2", reading.Points(Role.Concentration), [], "Carbon dioxide in the room's air"),
        fields.Take("window", reading.Points(Role.State), [], "A window is open"),
        fields.Take("valve", reading.Points(Role.Valve), [], "The valves of its radiators, on/off or 0 to 100 %; of an electric circuit what switches its panels"))
    {
        Thermostat = fields.Take("thermostat", reading.Points(Role.Setpoint), [], "Thermostats and radiator valves with their own regulation, which take a room setpoint"),
        Humidity = fields.Take("humidity", reading.Points(Role.Humidity), [], "Relative humidity of the room's air; guards an empty room against mould"),
    };

    private static ZoneFabric ReadFabric(string id, SiteReading reading, Fields fields)
    {
        var fabric = new ZoneFabric(
            fields.Need("radiators", Shapes.Power(0, 1e6), "Nominal power of its radiators at 75/65/20 °C (EN 442); of floor heating at 40/35/20 °C, of electric panels what they draw"),
            fields.Take("facades", Shapes.Map($"window areas", Direction, way => Shapes.Area(0, 1000).As(area => new Facade(Azimuth(way), area))), [], "Outer walls by the direction they face, with the area of their windows"),
            [],
            PersonsOf(fields.Take("persons", Shapes.Whole(0, 1000), 0UL, "How many people are there when it is in use")));
        var walls = fields.Take("neighbours", Shapes.Map($"inner walls", Shapes.Id, other => Shapes.Placed(Shapes.Quantity(Quantity.Conductance, 0, 10_000)).As(g => new Wall(id, other, g))), [], "Zones behind inner walls, with the conductance of the wall; writing it in one of the two is enough");
        reading.Walls.AddRange(walls);
        return fabric;
    }

    private static int PersonsOf(ulong persons) => (int)persons;

    private enum Compass { North, NorthEast, East, SouthEast, South, SouthWest, West, NorthWest }

    private static readonly Shape<string> Direction = new CompassShape();

    private static double Azimuth(string way) => Words<Compass>.TryFind(way, out var compass) ? 45.0 * (int)compass : double.NaN;

    private sealed class CompassShape : Shape<string>
    {
        private readonly Shape<Compass> compass = Shapes.Choice<Compass>();

        public override Saying Expected => compass.Expected;
        public override string Blank => "";
        public override string Read(Spot spot) => Words<Compass>.Of(compass.Read(spot));
        public override JsonObject Schema() => compass.Schema();
    }

    /// <summary>A role that must be named even when there is no point for it.</summary>
    private sealed class PointsOrNone(Shape<ImmutableArray<PointId>> points) : Shape<ImmutableArray<PointId>>
    {
        public override Saying Expected => $"{points.Expected}, or none";
        public override ImmutableArray<PointId> Blank => [];
        public override ImmutableArray<PointId> Read(Spot spot) => spot.Node is TextNode { Text: "none" } ? [] : points.Read(spot);

        public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = "none" }, points.Schema()) };
    }
}
