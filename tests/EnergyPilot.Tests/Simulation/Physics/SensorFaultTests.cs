using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class SensorFaultTests
{
    [Fact]
    public void Swapped_sensors_show_each_others_rooms_and_nothing_else_changes()
    {
        var (right, swapped) = (Uneven(), Uneven());
        swapped.Inject(SchoolFault.SwappedSensors(0, 4));
        Advance(right, swapped);
        swapped.SensorTemperatureC[0].ShouldBe(right.SensorTemperatureC[4]);
        swapped.SensorTemperatureC[4].ShouldBe(right.SensorTemperatureC[0]);
        swapped.SensorTemperatureC[1].ShouldBe(right.SensorTemperatureC[1]);
        swapped.AirTemperatureC.ToArray().ShouldBe(right.AirTemperatureC.ToArray());
        Math.Abs(right.SensorTemperatureC[0] - right.SensorTemperatureC[4]).ShouldBeGreaterThan(1.0);
        swapped.Clear(SchoolFault.SwappedSensors(0, 4));
        Advance(right, swapped);
        swapped.SensorTemperatureC.ToArray().ShouldBe(right.SensorTemperatureC.ToArray());
    }

    [Fact]
    public void Sensor_with_an_offset_is_wrong_by_that()
    {
        var (right, wrong) = (Uneven(), Uneven());
        wrong.Inject(SchoolFault.SensorOffset(2, 3.0));
        Advance(right, wrong);
        wrong.SensorTemperatureC[2].ShouldBe(right.SensorTemperatureC[2] + 3.0, 1e-9);
    }

    [Fact]
    public void Stuck_sensor_shows_what_it_showed()
    {
        var school = Uneven();
        school.Advance(TimeSpan.FromMinutes(30));
        var shown = school.SensorTemperatureC[0];
        school.Inject(SchoolFault.StuckSensor(0));
        school.Advance(TimeSpan.FromDays(1));
        school.SensorTemperatureC[0].ShouldBe(shown);
        school.Clear(SchoolFault.StuckSensor(0));
        school.Advance(TimeSpan.FromMinutes(1));
        school.SensorTemperatureC[0].ShouldNotBe(shown);
    }

    /// <summary>Only the first room is heated.</summary>
    private static School Uneven()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 70.0);
        school.ValveCommand[1..].Clear();
        return school;
    }

    private static void Advance(School one, School other)
    {
        one.Advance(TimeSpan.FromHours(12));
        other.Advance(TimeSpan.FromHours(12));
    }
}
