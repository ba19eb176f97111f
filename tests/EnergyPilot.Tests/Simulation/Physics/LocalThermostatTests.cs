using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class LocalThermostatTests
{
    [Theory]
    [InlineData(17.0)]
    [InlineData(20.0)]
    [InlineData(22.0)]
    public void Thermostatic_valve_holds_its_room_near_the_setpoint_though_the_zone_valve_stays_open(double setpointC)
    {
        var school = Room(setpointC);
        school.Advance(TimeSpan.FromDays(4));
        // Half the band, and what the radiator beside it makes it feel.
        school.AirTemperatureC[0].ShouldBe(setpointC, 1.5);
        school.ThermostatOpening[0].ShouldBeInRange(0.01, 0.99);
        school.ValvePosition[0].ShouldBe(1.0);
    }

    [Fact]
    public void A_setpoint_that_is_written_changes_the_room()
    {
        var school = Room(20.0);
        school.Advance(TimeSpan.FromDays(3));
        var before = school.AirTemperatureC[0];
        school.ThermostatSetpointC[0] = 16.0;
        school.Advance(TimeSpan.FromDays(3));
        (before - school.AirTemperatureC[0]).ShouldBeInRange(2.5, 4.5);
    }

    [Fact]
    public void A_shut_zone_valve_wins()
    {
        var school = Room(25.0);
        school.ValveCommand.Clear();
        school.Advance(TimeSpan.FromDays(1));
        school.ThermostatOpening[0].ShouldBe(1.0);
        school.Ledger.PlantHeatKWh.ShouldBe(0.0, 0.5);
    }

    [Fact]
    public void A_sensor_that_reads_too_much_leaves_the_room_colder()
    {
        var honest = Room(20.0);
        var warm = Room(20.0, 2.0);
        honest.Advance(TimeSpan.FromDays(4));
        warm.Advance(TimeSpan.FromDays(4));
        (honest.AirTemperatureC[0] - warm.AirTemperatureC[0]).ShouldBeInRange(1.2, 2.2);
    }

    [Fact]
    public void Rooms_without_one_are_always_open()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromDays(1));
        school.ThermostatOpening.ToArray().ShouldAllBe(opening => opening == 1.0);
    }

    private static School Room(double setpointC, double biasK = 0.0)
    {
        var room = Build.OneRoom();
        var thermostat = new LocalThermostatParameters { InitialSetpointC = setpointC, SensorBiasK = biasK };
        var school = Build.Empty(room with { Zones = [room.Zones[0] with { Thermostat = thermostat }] }, Build.Outdoor(5.0));
        Build.Heat(school, 60.0);
        return school;
    }
}
