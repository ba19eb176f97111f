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
