using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class DistrictHeatingTests
{
    private static School Study(double outdoorC) => Build.Empty(StudySchool.Variant(StudyBuilding.DistrictHeating).School, Build.Outdoor(outdoorC));

    [Fact]
    public void Substation_holds_its_setpoint_without_ever_pausing()
    {
        var school = Study(0.0);
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromHours(3));
        for (var minute = 0; minute < 60; minute++)
        {
            school.Advance(TimeSpan.FromMinutes(1));
            school.Boiler.FlowTemperatureC.ShouldBe(60.0, 0.5);
        }
        school.Boiler.Starts.ShouldBe(1);
    }

    [Fact]
    public void Heat_bought_is_heat_delivered()
    {
        var school = Study(0.0);
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromDays(2));
        school.Boiler.InputKWh.ShouldBe(school.Ledger.NetworkKWh, 1e-6);
        school.Ledger.FlueKWh.ShouldBe(0.0);
        school.Boiler.GasKWh.ShouldBe(0.0);
        var waterKWh = 200_000.0 * (school.Boiler.FlowTemperatureC - 18.0) / 3.6e6;
        school.Boiler.InputKWh.ShouldBe(school.Ledger.PlantHeatKWh + school.Ledger.JacketKWh + waterKWh, 1e-6);
    }

    [Fact]
    public void Power_never_exceeds_what_the_exchanger_can_do()
    {
        var school = Build.Empty(StudySchool.Parameters() with { Boiler = new DistrictHeatingParameters { NominalW = 15_000.0 } }, Build.Outdoor(-10.0));
        Build.Heat(school, 75.0);
        for (var minute = 0; minute < 600; minute++)
        {
            school.Advance(TimeSpan.FromMinutes(1));
            school.Boiler.PowerW.ShouldBeInRange(0.0, 15_000.0);
        }
        school.Boiler.PeakW.ShouldBe(15_000.0, 1.0);
    }

    [Fact]
    public void Subscribed_power_is_counted_but_does_not_hold_back_a_morning()
    {
        var variant = StudySchool.Variant(StudyBuilding.DistrictHeating);
        var school = Study(0.0);
        Build.Heat(school, 70.0);
        school.Advance(TimeSpan.FromHours(2));
        school.Boiler.PeakW.ShouldBeGreaterThan(1.5 * variant.PowerLimitW);
    }

    [Fact]
    public void Peak_is_the_highest_mean_of_sixty_minutes_and_not_a_moment()
    {
        var peak = new HourlyPeak();
        var totalJ = 0.0;
        foreach (var powerW in Enumerable.Repeat(30_000.0, 30).Concat(Enumerable.Repeat(0.0, 600)).Concat(Enumerable.Repeat(10_000.0, 90)))
            peak.Minute(totalJ += 60.0 * powerW);
        peak.HighestW.ShouldBe(15_000.0, 1e-6);
        peak.MeanW.ShouldBe(10_000.0, 1e-6);
    }

    [Fact]
    public void Locked_or_unreleased_it_gives_nothing()
    {
        var school = Study(0.0);
        Build.Heat(school, 60.0);
        school.Inject(SchoolFault.BoilerRefusesToStart);
        school.Advance(TimeSpan.FromHours(1));
        school.Clear(SchoolFault.BoilerRefusesToStart);
        school.Boiler.Release = false;
        school.Advance(TimeSpan.FromHours(1));
        school.Boiler.InputKWh.ShouldBe(0.0);
    }
}
