using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class RoomTests
{
    private const double OutdoorC = 5.0;
    private const double AirToFast = 8.1 * 60.0;
    private const double FastToDeep = 4.0 * 60.0;
    private const double Windows = 2.8 * 12.0;
    private const double Infiltration = 0.325 * 180.0 * 1206.0 / 3600.0;
    private const double Opaque = 2.16 * 60.0 - Windows - Infiltration;

    /// <summary>
    /// Overcast sky of 200 W/m² at all hours: 0.5·200 + 0.1·200 = 120 W/m² on the glass, of which 0.29 enters, a fifth to the air.
    /// Balance of the fast mass through the series of fast-deep and opaque, and of the air through windows and cracks.
    /// </summary>
    [Fact]
    public void Sunlit_room_settles_where_gains_equal_losses()
    {
        var school = Build.Empty(Build.OneRoom(), new WeatherSample(OutdoorC, 200.0, 0.0, 200.0, 4.0));
        school.Advance(TimeSpan.FromDays(60));
        var gain = 120.0 * 12.0 * 0.29;
        var throughMass = 1.0 / (1.0 / FastToDeep + 1.0 / Opaque);
        var light = Windows + Infiltration;
        // light·a + throughMass·f = gain and AirToFast·(a - f) = 0.2·gain - light·a, with a and f above outdoors.
        var air = (gain * (AirToFast + 0.2 * throughMass)) / (light * AirToFast + throughMass * (AirToFast + light));
        var fast = (gain - light * air) / throughMass;
        school.AirTemperatureC[0].ShouldBe(OutdoorC + air, 0.001);
        school.FastMassTemperatureC[0].ShouldBe(OutdoorC + fast, 0.001);
        school.DeepMassTemperatureC[0].ShouldBe(OutdoorC + fast * FastToDeep / (FastToDeep + Opaque), 0.001);
    }

    [Fact]
    public void Unheated_building_ends_at_the_outdoor_temperature()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(OutdoorC));
        school.Advance(TimeSpan.FromDays(60));
        school.DeepMassTemperatureC.ToArray().ShouldAllBe(deep => Math.Abs(deep - OutdoorC) < 0.01);
    }

    [Fact]
    public void Stronger_wind_cools_faster()
    {
        var calm = Build.Empty(Build.OneRoom(), Build.Outdoor(OutdoorC) with { WindMPerS = 0.0 });
        var gale = Build.Empty(Build.OneRoom(), Build.Outdoor(OutdoorC) with { WindMPerS = 15.0 });
        calm.Advance(TimeSpan.FromHours(12));
        gale.Advance(TimeSpan.FromHours(12));
        gale.AirTemperatureC[0].ShouldBeLessThan(calm.AirTemperatureC[0] - 0.2);
    }

    [Fact]
    public void Jammed_window_cools_its_zone_and_shows_at_the_contact()
    {
        var parameters = StudySchool.Parameters();
        var school = Build.Empty(parameters, Build.Outdoor(OutdoorC));
        school.Inject(SchoolFault.WindowJammedOpen(1));
        school.Advance(TimeSpan.FromHours(3));
        school.WindowAirChangesPerHour[1].ShouldBe(parameters.Zones[1].JammedWindowPerHour);
        school.WindowAirChangesPerHour[0].ShouldBe(0.0);
        school.AirTemperatureC[1].ShouldBeLessThan(school.AirTemperatureC[0] - 2.0);
    }

    [Fact]
    public void Warm_zone_heats_its_neighbour()
    {
        var together = Build.Empty(StudySchool.Parameters(), Build.Outdoor(OutdoorC));
        var apart = Build.Empty(StudySchool.Parameters() with { Walls = [] }, Build.Outdoor(OutdoorC));
        foreach (var school in new[] { together, apart })
        {
            Build.Heat(school, 60.0);
            school.ValveCommand[1] = 0.0;
            school.Advance(TimeSpan.FromHours(12));
        }
        together.AirTemperatureC[1].ShouldBeGreaterThan(apart.AirTemperatureC[1] + 0.5);
    }

    /// <summary>C(t) = C∞ + (C0 - C∞)·exp(-n·t), C∞ = 420 ppm + G/(n·V).</summary>
    [Fact]
    public void Carbon_dioxide_of_a_class_rises_along_the_analytic_curve()
    {
        var school = new School(Build.OneRoom(), TypicalYear.Constant(Build.Outdoor(OutdoorC)), QuietClass(), Build.Monday);
        school.Advance(TimeSpan.FromHours(9));
        var source = school.Use[0].Pupils * 0.013 + school.Use[0].Adults * 0.0173;
        var finalPpm = 420.0 + source * 1e6 / (0.325 * 180.0);
        school.Use[0].Pupils.ShouldBeInRange(22f, 26f);
        school.Co2Ppm[0].ShouldBe(finalPpm + (420.0 - finalPpm) * Math.Exp(-0.325), 1e-6);
    }

    private static PupilPlan QuietClass() => new(new PupilPlanParameters
    {
        Timetables = [[new UsePeriod(DayOfWeek.Monday, new(8, 0), new(10, 0), Activity.Lesson, 24, 1)]],
        TimeZone = TimeZoneInfo.Utc,
        AbsenceProbability = 0.0,
    });
}
