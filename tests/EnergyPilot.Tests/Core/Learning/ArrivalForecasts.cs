using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class ArrivalForecasts
{
    private static readonly HeatingAhead Friday = new(
        ZoneModel.Prior with { Heating = 12 }, new ZoneState(20, 19.5, 18.5), hours => new ZoneDrive { Outdoor = 3 + 3 * Math.Sin(hours / 4) }, _ => 12, 65, 19, EmitterResponse.Radiators);

    // Friday 17:00 to Monday 8:30.
    private static readonly TimeSpan Monday = TimeSpan.FromHours(63.5);

    [Fact]
    public void It_is_held_at_its_target_once_it_is_there()
    {
        var arrival = Friday.At(Monday - TimeSpan.FromHours(14), Monday);
        arrival.InTime.ShouldBeTrue();
        arrival.Sensor.ShouldBe(19, 0.1);
        arrival.Warm.ShouldBeInRange(arrival.Start, Monday);
    }

    [Fact]
    public void Too_late_a_start_is_told_with_the_temperature_and_when_it_will_be_warm()
    {
        var late = Friday.At(Monday - TimeSpan.FromHours(1), Monday);
        late.InTime.ShouldBeFalse();
        late.Sensor.ShouldBeInRange(14, 18.9);
        late.Operative.ShouldBeLessThan(late.Sensor);
        late.Warm.ShouldBeGreaterThan(Monday);
    }

    [Fact]
    public void Out_of_reach_is_told_already_on_Friday()
    {
        var weak = Friday with { Model = ZoneModel.Prior with { Heating = 3 }, Drive = _ => new ZoneDrive { Outdoor = -15 } };
        weak.At(TimeSpan.Zero, Monday).InTime.ShouldBeFalse();
        weak.At(TimeSpan.Zero, Monday).Warm.ShouldBe(Monday + TimeSpan.FromHours(24));
    }

    [Fact]
    public void Until_the_start_the_floor_holds()
    {
        var course = (Friday with { Drive = _ => new ZoneDrive { Outdoor = -5 } }).Course(Monday, Monday);
        course.Length.ShouldBe(509);
        course[0].ShouldBe(new CoursePoint(TimeSpan.Zero, 20, 19.75));
        course.Min(point => point.Sensor).ShouldBe(12, 1e-6);
        course[^1].Sensor.ShouldBe(12, 1e-6);
        course[^1].Ahead.ShouldBe(Monday);
    }

    [Fact]
    public void The_sensor_is_warm_before_people_feel_it()
    {
        var now = new ZoneState(14, 14.5, 14.8);
        var ahead = new HeatingAhead(ZoneModel.Prior, now, _ => new ZoneDrive { Outdoor = 5 }, _ => 8, 65, 20, EmitterResponse.Radiators);
        ahead.At(TimeSpan.Zero, TimeSpan.FromHours(8)).Warm.TotalHours.ShouldBeInRange(2, 5.5);
        ahead.At(TimeSpan.Zero, TimeSpan.FromHours(8)).Sensor.ShouldBe(20, 0.5);
    }

    [Fact]
    public void An_earlier_start_is_never_colder() => Law.Holds(chance =>
    {
        var outdoor = -10 + 20 * chance.NextDouble();
        var ahead = new HeatingAhead(RandomZone.Of(chance, 1), RandomZone.State(chance), hours => new ZoneDrive { Outdoor = outdoor + 3 * Math.Sin(hours / 4) }, _ => 10, 65, 19, EmitterResponse.Radiators);
        var use = TimeSpan.FromHours(8 + chance.Next(40));
        var start = use * chance.NextDouble();
        var (late, early) = (ahead.At(start, use), ahead.At(start * chance.NextDouble(), use));
        // Held at the target it may sag a little, where the later one still overshoots for the sake of cold walls.
        early.Sensor.ShouldBeGreaterThanOrEqualTo(Math.Min(late.Sensor, 19) - 0.3);
        if (late.InTime) early.InTime.ShouldBeTrue();
        double.IsFinite(late.Sensor + late.Operative).ShouldBeTrue();
    }, cases: 300);
}
