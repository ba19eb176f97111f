using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class ArrivalForecasts
{
    private static readonly HeatingAhead Friday = new(
        ZoneModel.Prior with { Heating = 12 }, new ZoneState(20, 19.5, 18.5), hours => new ZoneDrive { Outdoor = 3 + 3 * Math.Sin(hours / 4) }, 12, 65, 19, EmitterResponse.Radiators);

    // Friday 17:00 to Monday 8:30.
    private static readonly TimeSpan Monday = TimeSpan.FromHours(63.5);

    [Fact]
    public void The_latest_start_for_Monday_arrives_in_time_and_half_an_hour_less_than_its_margin_would_not()
    {
        var latest = Friday.LatestFor(Monday);
        latest.InReach.ShouldBeTrue();
        var arrival = Friday.At(latest.Start, Monday);
        arrival.InTime.ShouldBeTrue();
        arrival.Sensor.ShouldBeInRange(18.9, 19.6);
        arrival.Warm.ShouldBeInRange(latest.Start, Monday);
        var climb = (latest.Lead - TimeSpan.FromHours(0.25)) / 1.1;
        Friday.At(Monday - climb + TimeSpan.FromMinutes(15), Monday).InTime.ShouldBeFalse();
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
        weak.LatestFor(Monday).ShouldBe(new LatestStart(TimeSpan.Zero, Monday, false));
        weak.At(TimeSpan.Zero, Monday).Warm.ShouldBe(Monday + TimeSpan.FromHours(24));
    }

    [Fact]
    public void In_a_mild_night_nobody_heats() => (Friday with { Drive = _ => new ZoneDrive { Outdoor = 25 } }).LatestFor(Monday).Lead.ShouldBe(TimeSpan.Zero);

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
    public void Heat_from_now_is_the_climb_of_the_simple_rule()
    {
        var now = new ZoneState(14, 14.5, 14.8);
        var ahead = new HeatingAhead(ZoneModel.Prior, now, _ => new ZoneDrive { Outdoor = 5 }, 8, 65, 20, EmitterResponse.Radiators);
        ahead.At(TimeSpan.Zero, TimeSpan.FromHours(8)).Warm.TotalHours.ShouldBe(5.625, 1e-9);
        ahead.At(TimeSpan.Zero, TimeSpan.FromHours(8)).Sensor.ShouldBe(20, 0.5);
    }

    [Fact]
    public void An_earlier_start_is_never_colder_and_colder_weather_never_needs_less() => Law.Holds(chance =>
    {
        var outdoor = -10 + 20 * chance.NextDouble();
        var ahead = new HeatingAhead(RandomZone.Of(chance, 1), RandomZone.State(chance), hours => new ZoneDrive { Outdoor = outdoor + 3 * Math.Sin(hours / 4) }, 10, 65, 19, EmitterResponse.Radiators);
        var use = TimeSpan.FromHours(8 + chance.Next(40));
        var start = use * chance.NextDouble();
        var (late, early) = (ahead.At(start, use), ahead.At(start * chance.NextDouble(), use));
        // Held at the target it may sag a little, where the later one still overshoots for the sake of cold walls.
        early.Sensor.ShouldBeGreaterThanOrEqualTo(Math.Min(late.Sensor, 19) - 0.3);
        if (late.InTime) early.InTime.ShouldBeTrue();
        double.IsFinite(late.Sensor + late.Operative).ShouldBeTrue();
        var colder = ahead with { Drive = hours => new ZoneDrive { Outdoor = outdoor - 3 + 3 * Math.Sin(hours / 4) } };
        colder.LatestFor(use).Lead.ShouldBeGreaterThanOrEqualTo(ahead.LatestFor(use).Lead);
    }, cases: 300);
}
