using EnergyPilot.Core.Sites;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// The building of the control study: four classrooms of 60 m², a hall of 120 m² and an office of 40 m² near Lille, with the
/// study's timetable. What the study leaves open (glass areas, which rooms touch, infiltration within its range) is chosen here.
/// </summary>
public static class StudySchool
{
    private const double North = 0.0;
    private const double East = 90.0;
    private const double South = 180.0;
    private const double West = 270.0;

    private static readonly DayOfWeek[] FullDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    private static readonly DayOfWeek[] AllDays = [.. FullDays, DayOfWeek.Wednesday];

    // What a renovation leaves: insulation and new glass half, seals seven tenths.
    private const double InsulatedShare = 0.5;
    private const double SealedShare = 0.7;

    // Between the mean load of the coldest days and the 30 to 40 kW of a morning on which all rooms start together.
    private const double SubscribedW = 27_000.0;

    // Floors in schools are laid out for some 80 W/m²; 100 W/m² is the limit of EN 1264.
    private const double FloorWPerM2 = 80.0;

    /// <summary>The building, or one of its variants, with its winter.</summary>
    public static StudyVariant Variant(StudyBuilding building) => building switch
    {
        StudyBuilding.Cold => new(building, Parameters(), WeatherVariant.ColdWinter),
        StudyBuilding.Heavy => Typical(building, EachZone(zone => zone with { DeepCapacityJPerM2K = 2.0 * zone.DeepCapacityJPerM2K })),
        StudyBuilding.Renovated => Typical(building, Renovated()),
        StudyBuilding.WeakRadiators => new(building, EachZone(zone => zone with { RadiatorNominalW = 0.7 * zone.RadiatorNominalW }), WeatherVariant.ColdWinter),
        StudyBuilding.FloorHeating => Typical(building, Floors()) with { HighestSupplyC = 45.0 },
        StudyBuilding.DistrictHeating => Typical(building, Parameters() with { Boiler = new DistrictHeatingParameters() }) with { PowerLimitW = SubscribedW },
        StudyBuilding.HeatPump => Typical(building, Renovated() with { Boiler = new HeatPumpParameters() }) with { HighestSupplyC = 55.0 },
        _ => Typical(building, Parameters()),
    };

    /// <summary>The same school with a thermostatic valve in every room, as schools with one reference room have them.</summary>
    public static SchoolParameters WithThermostats(SchoolParameters school, double setpointC) => school with
    {
        Zones = [.. school.Zones.Select(zone => zone with { Thermostat = new LocalThermostatParameters { InitialSetpointC = setpointC } })],
    };

    private static StudyVariant Typical(StudyBuilding building, SchoolParameters school) => new(building, school, WeatherVariant.Typical);

    private static SchoolParameters EachZone(Func<ZoneParameters, ZoneParameters> change)
    {
        var school = Parameters();
        return school with { Zones = [.. school.Zones.Select(change)] };
    }

    private static SchoolParameters Renovated() => EachZone(zone => zone with
    {
        OpaqueUaWPerK = InsulatedShare * zone.OpaqueUaWPerK,
        WindowUWPerM2K = InsulatedShare * zone.WindowUWPerM2K,
        InfiltrationPerHour = SealedShare * zone.InfiltrationPerHour,
    });

    private static SchoolParameters Floors() => EachZone(zone => zone with { RadiatorNominalW = FloorWPerM2 * zone.FloorAreaM2 }) with
    {
        Circuits = [new CircuitParameters { Name = "Floors", Emitter = Emitter.Floor }],
    };

    public static SchoolParameters Parameters() => new()
    {
        Zones =
        [
            ZoneParameters.Ordinary("Classroom A", 60.0, 3.0, new GlazedFacade(South, 12.0)) with { SensorBiasK = 0.15 },
            ZoneParameters.Ordinary("Classroom B", 60.0, 3.0, new GlazedFacade(South, 12.0)) with { SensorBiasK = -0.15 },
            ZoneParameters.Ordinary("Classroom C", 60.0, 3.0, new GlazedFacade(North, 12.0)) with { SensorBiasK = 0.1 },
            ZoneParameters.Ordinary("Classroom D", 60.0, 3.0, new GlazedFacade(East, 12.0)) with { SensorBiasK = -0.1 },
            ZoneParameters.Ordinary("Hall", 120.0, 4.0, new GlazedFacade(West, 24.0)) with { SensorBiasK = 0.05 },
            ZoneParameters.Ordinary("Office", 40.0, 3.0, new GlazedFacade(North, 7.0)) with { SensorBiasK = -0.05 },
        ],
        Walls =
        [
            new(0, 1, 25.0), new(0, 2, 40.0), new(1, 3, 40.0), new(2, 3, 25.0), new(3, 4, 30.0), new(2, 5, 15.0), new(4, 5, 15.0),
        ],
        Circuits = [new CircuitParameters { Name = "Radiators" }],
    };

    /// <summary>Timetables and the holidays of zone B in 2025-26, as the study had them.</summary>
    public static PupilPlanParameters People() => new()
    {
        Timetables = [Classroom(), Classroom(), Classroom(), Classroom(), Hall(), Office()],
        Closed =
        [
            new(new(2025, 10, 18), new(2025, 11, 2)), new(new(2025, 11, 11), new(2025, 11, 11)),
            new(new(2025, 12, 20), new(2026, 1, 4)), new(new(2026, 2, 14), new(2026, 3, 1)),
            new(new(2026, 4, 6), new(2026, 4, 6)), new(new(2026, 4, 11), new(2026, 4, 26)),
        ],
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
    };

    private static List<UsePeriod> Classroom() =>
    [
        .. AllDays.Select(day => new UsePeriod(day, new(8, 30), new(12, 0), Activity.Lesson, 24, 1)),
        .. FullDays.Select(day => new UsePeriod(day, new(13, 30), new(16, 30), Activity.Lesson, 24, 1)),
    ];

    private static List<UsePeriod> Hall() =>
    [
        .. AllDays.Select(day => new UsePeriod(day, new(7, 30), new(8, 30), Activity.Gathering, 20, 1)),
        .. FullDays.Select(day => new UsePeriod(day, new(12, 0), new(13, 30), Activity.Gathering, 60, 3)),
        .. FullDays.Select(day => new UsePeriod(day, new(16, 30), new(18, 30), Activity.Gathering, 25, 1)),
    ];

    private static List<UsePeriod> Office() =>
    [
        .. FullDays.Select(day => new UsePeriod(day, new(8, 0), new(18, 0), Activity.Work, 0, 2)),
        new(DayOfWeek.Wednesday, new(8, 0), new(12, 30), Activity.Work, 0, 2),
    ];
}
