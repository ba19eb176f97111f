using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Physics;

/// <summary>
/// A heating season of the study building under its clock controller, against the figures that the control study found with
/// another program: 103.3 kWh/m² of gas, efficiency 0.905, 2846 burner starts; cold winter 136.6 kWh/m².
/// </summary>
public sealed class StudySeasonTests(ITestOutputHelper output)
{
    private const double FloorM2 = 400.0;
    private static readonly DateTimeOffset October = new(2025, 10, 1, 0, 0, 0, TimeSpan.FromHours(2));
    private static readonly DateTimeOffset May = new(2026, 5, 1, 0, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Clock_school_burns_what_the_study_found()
    {
        var school = Season(WeatherVariant.Typical);
        (school.Ledger.FuelKWh / FloorM2).ShouldBe(103.3, 0.15 * 103.3);
        (1.0 - school.Ledger.FlueKWh / school.Ledger.FuelKWh).ShouldBe(0.905, 0.02);
        ((double)school.Boiler.Starts).ShouldBe(2846, 0.25 * 2846);
        Math.Abs(school.Ledger.ImbalanceKWh).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void Clock_school_burns_what_the_study_found_in_a_cold_winter() =>
        (Season(WeatherVariant.ColdWinter).Ledger.FuelKWh / FloorM2).ShouldBe(136.6, 0.15 * 136.6);

    private School Season(WeatherVariant variant)
    {
        var school = new School(StudySchool.Parameters(), TypicalYear.Uccle.With(variant), new PupilPlan(StudySchool.People()), October);
        new ClockControl(school).RunUntil(May);
        Report(school);
        return school;
    }

    private void Report(School school)
    {
        var ledger = school.Ledger;
        output.WriteLine(FormattableString.Invariant($"""
            kWh/m²: gas {ledger.FuelKWh / FloorM2:F1}, into circuits {ledger.PlantHeatKWh / FloorM2:F1}, into rooms {ledger.RoomHeatKWh / FloorM2:F1}, solar {ledger.SolarKWh / FloorM2:F1}, internal {ledger.InternalKWh / FloorM2:F1},
            envelope {ledger.EnvelopeKWh / FloorM2:F1}, air {ledger.AirKWh / FloorM2:F1}, flue {ledger.FlueKWh / FloorM2:F1}, pipes {ledger.PipeKWh / FloorM2:F1}, jacket {ledger.JacketKWh / FloorM2:F1}, pump {school.Circuits[0].PumpElectricityKWh / FloorM2:F2}; starts {school.Boiler.Starts}
            """));
    }
}
