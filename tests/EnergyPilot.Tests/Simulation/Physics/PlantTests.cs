using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class PlantTests
{
    [Fact]
    public void Mixing_valve_needs_two_minutes_and_blends_boiler_water_with_return()
    {
        var school = Build.Empty(WithMixing(), Build.Outdoor(0.0));
        Build.Heat(school, 65.0);
        school.Advance(TimeSpan.FromMinutes(1));
        school.Circuits[0].MixingPosition.ShouldBe(0.5, 1e-9);
        school.Circuits[0].MixingCommand = 0.4;
        school.Advance(TimeSpan.FromHours(6));
        var circuit = school.Circuits[0];
        var mixedC = 0.4 * school.Boiler.FlowTemperatureC + 0.6 * circuit.ReturnTemperatureC;
        circuit.MixingPosition.ShouldBe(0.4, 1e-9);
        // The pipe takes 20 W/K of what passes, well below one kelvin.
        circuit.SupplyTemperatureC.ShouldBeInRange(mixedC - 0.8, mixedC);
    }

    [Fact]
    public void Closed_mixing_valve_takes_nothing_from_the_boiler()
    {
        var school = Build.Empty(WithMixing(), Build.Outdoor(0.0));
        Build.Heat(school, 65.0);
        school.Circuits[0].MixingCommand = 0.0;
        school.Advance(TimeSpan.FromHours(2));
        school.Ledger.PlantHeatKWh.ShouldBe(0.0);
        school.Circuits[0].FlowLitresPerHour.ShouldBeGreaterThan(0.0);
    }

    [Fact]
    public void Stopped_pump_moves_no_heat_and_draws_no_current()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 65.0);
        school.Circuits[0].PumpOn = false;
        school.Advance(TimeSpan.FromHours(2));
        school.Ledger.PlantHeatKWh.ShouldBe(0.0);
        school.Circuits[0].PumpElectricityKWh.ShouldBe(0.0);
        school.Circuits[0].PumpOn = true;
        school.Advance(TimeSpan.FromHours(2));
        school.Circuits[0].PumpElectricityKWh.ShouldBe(0.3, 1e-9);
    }

    [Fact]
    public void Heat_meter_is_flow_times_temperature_drop()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 65.0);
        school.Advance(TimeSpan.FromHours(12));
        var boiler = school.Boiler;
        boiler.HeatW.ShouldBe(boiler.FlowLitresPerHour * 1.143 * (boiler.FlowTemperatureC - boiler.ReturnTemperatureC), 0.01 * boiler.HeatW);
        // All valves open: 39 kW over a drop of 10 K.
        boiler.FlowLitresPerHour.ShouldBe(3900.0 / 1.143, 1e-6);
    }

    [Fact]
    public void Stuck_valve_stays_where_it_is()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromMinutes(5));
        school.Inject(SchoolFault.StuckValve(2));
        school.ValveCommand.Clear();
        school.Advance(TimeSpan.FromMinutes(5));
        school.ValvePosition.ToArray().ShouldBe([0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
        school.Clear(SchoolFault.StuckValve(2));
        school.Advance(TimeSpan.FromMinutes(5));
        school.ValvePosition[2].ShouldBe(0.0);
    }

    [Fact]
    public void School_that_cannot_be_built_is_refused_with_the_reason()
    {
        var parameters = StudySchool.Parameters();
        var wrong = parameters with { Zones = [.. parameters.Zones.Select(zone => zone with { Circuit = 3 })] };
        Should.Throw<ArgumentException>(() => Build.Empty(wrong, Build.Outdoor(0.0))).Message.ShouldContain("names circuit 3 of 1");
    }

    private static SchoolParameters WithMixing() =>
        StudySchool.Parameters() with { Circuits = [new CircuitParameters { Name = "Radiators", Kind = CircuitKind.Mixed }] };
}
