using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Simulation.Physics;
using CoreBoiler = EnergyPilot.Core.Sites.Boiler;
using CoreCircuit = EnergyPilot.Core.Sites.Circuit;
using CoreZoneUse = EnergyPilot.Core.Sites.ZoneUse;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>What a site knows of a building: the same rooms, timetable and calendar as its physics, and no more than an installer enters.</summary>
internal static class StudySite
{
    /// <summary>The study's setpoints: 20 °C in use, 12 °C when empty, whether for a night or a holiday.</summary>
    public static readonly Setpoints Study = new(new(20), new(12), new(12), new(6));

    /// <summary>The study's reference: 16 °C outside the clock's hours.</summary>
    public static readonly Setpoints Clock = new(new(20), new(16), new(16), new(6));

    /// <summary>What the law asks for at least when empty, R.241-27: 8 °C; the study used it for nights as well.</summary>
    public static readonly Setpoints Legal = new(new(20), new(8), new(8), new(6));

    public static Site Of(Building building, Setpoints setpoints)
    {
        var circuit = building.School.Circuits[0];
        return new Site
        {
            Id = building.Name,
            Name = building.Title,
            Location = new Location("Lille", building.School.Place.LatitudeDeg, building.School.Place.LongitudeDeg),
            TimeZone = building.People.TimeZone,
            Calendar = Calendar(building),
            Control = new ControlSettings(),
            Buses = [StudyPoints.Wires],
            Devices = StudyPoints.Devices(building),
            Zones = [.. building.School.Zones.Select((zone, index) => Zone(building, zone, index, setpoints))],
            Circuits =
            [
                new CoreCircuit(new CircuitId("radiators"), circuit.Name, [StudyPoints.Pump], [], [StudyPoints.Supply], [StudyPoints.Return], building.Curve)
                {
                    Emitter = building.School.Circuits[0].Emitter,
                },
            ],
            Boiler = Boiler(building),
            Meters = [],
            Outdoor = [StudyPoints.Outdoor],
            Fabric = new BuildingFabric(ZoneParameters.StudyUaWPerM2K, building.School.Zones[0].InfiltrationPerHour),
        };
    }

    private static HolidayCalendar Calendar(Building building) => new(
        [
            .. building.People.Closed
                .Where(closed => closed.First != building.MissingHoliday)
                .Select(closed => new Holiday(closed.First, closed.Last, closed.First == closed.Last ? HolidayKind.Public : HolidayKind.School, "holiday")),
        ],
        DateOnly.MaxValue,
        DateOnly.MaxValue);

    private static CoreBoiler Boiler(Building building) => new()
    {
        Kind = building.Source,
        Name = "Heat source",
        NominalPower = new Watts(building.School.Boiler.NominalW),
        MinimumPower = new Watts(building.School.Boiler.MinimumW),
        Release = [StudyPoints.Release],
        Setpoint = [StudyPoints.BoilerSetpoint],
        Supply = [StudyPoints.BoilerFlow],
        Return = [StudyPoints.BoilerReturn],
        Running = [],
        Fault = [],
        MinimumOn = TimeSpan.FromMinutes(5),
        MinimumOff = TimeSpan.FromMinutes(10),
        PowerLimit = new Watts(building.Variant.PowerLimitW),
        Power = [StudyPoints.Power],
    };

    private static Zone Zone(Building building, ZoneParameters zone, int index, Setpoints setpoints)
    {
        var timetable = building.People.Timetables[index];
        return new Zone
        {
            Id = new ZoneId(zone.Name),
            Name = zone.Name,
            Use = timetable.Any(use => use.Activity == Activity.Lesson) ? CoreZoneUse.Classroom : timetable.Any(use => use.Activity == Activity.Work) ? CoreZoneUse.Office : CoreZoneUse.Canteen,
            FloorArea = new SquareMetres(zone.FloorAreaM2),
            Height = new Metres(zone.HeightM),
            Circuit = new CircuitId("radiators"),
            Programme = Programme(zone.Name, timetable),
            Setpoints = setpoints,
            Points = StudyPoints.Of(building, index),
            Fabric = new ZoneFabric(
                new Watts(zone.RadiatorNominalW),
                [.. zone.Windows.Select(window => new Facade(window.AzimuthDeg, new SquareMetres(window.GlassAreaM2)))],
                [],
                timetable.Max(use => use.Pupils + use.Adults)),
        };
    }

    private static WeekProgramme Programme(string name, IReadOnlyList<UsePeriod> timetable) => new(
        name,
        [.. Enumerable.Range(0, 7).Select(day => new DayPlan([.. timetable.Where(use => ((int)use.Day + 6) % 7 == day).Select(Interval)]))],
        HolidayUse.Empty);

    private static Interval Interval(UsePeriod use) => new(use.From.ToTimeSpan(), use.To.ToTimeSpan(), Mode.Comfort);
}
