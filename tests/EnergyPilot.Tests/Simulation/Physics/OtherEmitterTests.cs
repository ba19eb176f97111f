using EnergyPilot.Simulation.Physics;
using Emitter = EnergyPilot.Core.Sites.Emitter;

namespace EnergyPilot.Tests.Simulation.Physics;

/// <summary>Heated floors and electric panels.</summary>
public sealed class OtherEmitterTests
{
    private const double FloorW = 4800.0;

    /// <summary>Our nominal point: 40 °C in, 35 °C out, 20 °C room; EN 1264-2 puts the floor at 20 + (80/8.92)^(1/1.1) = 27.3 °C.</summary>
    [Fact]
    public void Floor_emits_its_nominal_power_at_40_35_20()
    {
        var parameters = Build.OneRoom(Emitter.Floor, FloorW) with { InitialTemperatureC = 20.0 };
        var valves = new ZoneValves(parameters);
        var (floor, rooms) = (new FloorHeating(parameters, valves), new Rooms(parameters));
        valves.Command[0] = 1.0;
        valves.Move(200.0);
        for (var minute = 0; minute < 3000; minute++)
            floor.Step(0, 60.0, floor.FlowWPerK(0), 40.0, rooms);
        floor.ReturnC(0, 40.0).ShouldBe(35.0, 0.001);
        (floor.FlowWPerK(0) * (40.0 - floor.ReturnC(0, 40.0))).ShouldBe(FloorW, 1.0);
        floor.SlabC(0).ShouldBe(27.3, 0.1);
    }

    [Fact]
    public void Floor_answers_hours_later_and_goes_on_for_hours()
    {
        var (floor, radiator) = (Heated(Build.OneRoom(Emitter.Floor, FloorW), 40.0), Heated(Build.OneRoom(), 70.0));
        floor.RadiatorHeatKWh(0).ShouldBeLessThan(0.4 * radiator.RadiatorHeatKWh(0));
        foreach (var school in new[] { floor, radiator })
            (school.ValveCommand[0], school.Circuits[0].PumpOn, school.Boiler.Release) = (0.0, false, false);
        var (floorAtStop, radiatorAtStop) = (floor.RadiatorHeatKWh(0), radiator.RadiatorHeatKWh(0));
        foreach (var school in new[] { floor, radiator })
            school.Advance(TimeSpan.FromHours(6));
        (floor.RadiatorHeatKWh(0) - floorAtStop).ShouldBeGreaterThan(2.0 * (radiator.RadiatorHeatKWh(0) - radiatorAtStop));
    }

    [Fact]
    public void Warmer_water_always_heats_the_room_more()
    {
        double[] heats = [.. new[] { 25.0, 30.0, 35.0, 40.0, 45.0 }.Select(supply => Heated(Build.OneRoom(Emitter.Floor, FloorW), supply).RadiatorHeatKWh(0))];
        heats.ShouldBeInOrder();
    }

    [Fact]
    public void Floor_that_would_burn_feet_is_refused() =>
        Should.Throw<ArgumentException>(() => Build.Empty(Build.OneRoom(Emitter.Floor, 7000.0), Build.Outdoor(0.0))).Message.ShouldContain("100 W/m²");

    [Fact]
    public void Panels_turn_all_their_electricity_into_heat_at_once()
    {
        var school = Build.Empty(Build.OneRoom(Emitter.Electric, 3000.0), Build.Outdoor(0.0));
        school.ValveCommand[0] = 1.0;
        school.Advance(TimeSpan.FromMinutes(30));
        school.PanelElectricityW.ShouldBe(3000.0);
        school.PanelElectricityKWh.ShouldBe(1.5, 1e-9);
        school.Ledger.ElectricKWh.ShouldBe(1.5, 1e-9);
        // Five minutes of power are still in the metal.
        school.RadiatorHeatKWh(0).ShouldBe(1.25, 0.01);
        school.ValveCommand[0] = 0.0;
        school.Advance(TimeSpan.FromHours(1));
        school.PanelElectricityW.ShouldBe(0.0);
        school.RadiatorHeatKWh(0).ShouldBe(1.5, 0.001);
    }

    [Fact]
    public void Panels_take_nothing_from_the_boiler()
    {
        var school = Build.Empty(Build.OneRoom(Emitter.Electric, 3000.0), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromHours(6));
        school.Ledger.PlantHeatKWh.ShouldBe(0.0);
        school.Circuits[0].PumpElectricityKWh.ShouldBe(0.0);
        school.AirTemperatureC[0].ShouldBeGreaterThan(20.0);
    }

    private static School Heated(SchoolParameters parameters, double supplyC)
    {
        var school = Build.Empty(parameters, Build.Outdoor(5.0));
        Build.Heat(school, supplyC);
        school.Advance(TimeSpan.FromHours(2));
        return school;
    }
}
