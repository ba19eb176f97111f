using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Rooms whose walls must stay dry; Saturday 2026-11-07, noon: empty until Monday.</summary>
public sealed class MouldRules
{
    private static readonly DateTimeOffset Saturday = DemoWorld.Tuesday.AddDays(4.5);
    private static readonly PointId Humidity = new("air-cp.humidity");
    private static readonly Site Humid = ChangedSchool.With(("    co2: air-cp.co2\n", "    co2: air-cp.co2\n    humidity: air-cp.humidity\n"));

    // Psychrometric tables at 1013.25 hPa (WMO No. 8, Guide to Instruments and Methods of Observation), rounded to 0.1 °C.
    [Theory]
    [InlineData(20, 50, 9.3)]
    [InlineData(20, 100, 20.0)]
    [InlineData(25, 60, 16.7)]
    [InlineData(10, 80, 6.7)]
    [InlineData(30, 30, 10.5)]
    [InlineData(15, 70, 9.6)]
    [InlineData(0, 100, 0.0)]
    public void Dew_point_is_that_of_psychrometric_tables(double air, double humidity, double dewPoint) =>
        DewPoint.Of(new Celsius(air), humidity).Degrees.ShouldBe(dewPoint, 0.1);

    [Fact]
    public void At_the_floor_the_coldest_wall_is_three_kelvins_above_the_dew_point()
    {
        var floor = Mould.Needed(new Celsius(12), 70, new Celsius(2)).Degrees;
        (floor - 0.25 * (floor - 2)).ShouldBe(DewPoint.Of(new Celsius(12), 70).Degrees + 3, 1e-9);
    }

    [Fact]
    public void Damp_empty_room_is_kept_warmer_and_says_why()
    {
        var target = Decide(room: 10, outdoor: 3, humidity: 78, Memory.Empty).Target(DemoWorld.Cp);
        target.Reason.Code.ShouldBe(ReasonCode.MouldGuard);
        target.Setpoint.Degrees.ShouldBe(12, 0.51);
        target.Reason.Facts.Select(f => f.Name).ShouldBe(["target", "humidity", "dew", "wall"]);
    }

    [Fact]
    public void Dry_empty_room_may_become_as_cold_as_its_programme_says() =>
        Decide(room: 10, outdoor: 3, humidity: 40, Memory.Empty).Target(DemoWorld.Cp).ShouldSatisfyAllConditions(
            t => t.Setpoint.ShouldBe(new Celsius(8)), t => t.Reason.Code.ShouldBe(ReasonCode.LongAbsence));

    [Fact]
    public void Guard_is_never_above_sixteen_degrees_or_comfort_and_never_lowers_anything() => Law.Holds(chance =>
    {
        var comfort = new Celsius(10 + 12 * chance.NextDouble());
        var zones = Humid.Zones.Select(z => z.Id == DemoWorld.Cp.Id ? z with { Setpoints = z.Setpoints with { Comfort = comfort, Reduced = Celsius.Min(comfort, z.Setpoints.Reduced) } } : z);
        var site = Humid with { Zones = [.. zones] };
        var world = new DemoWorld(5 + 20 * chance.NextDouble(), -15 + 30 * chance.NextDouble()) { [Humidity] = RandomWorld.Number(chance, -5, 120) };
        var before = Memory.Empty with { Zones = new Dictionary<ZoneId, ZoneMemory> { [DemoWorld.Cp.Id] = ZoneMemory.New with { MouldFloor = RandomWorld.Number(chance, 0, 40) } } };
        var target = Pilot.Decide(site, world.At(Saturday), before).Target(DemoWorld.Cp);

        target.Setpoint.ShouldBeGreaterThanOrEqualTo(new Celsius(8));
        target.Setpoint.ShouldBeLessThanOrEqualTo(Celsius.Max(Celsius.Min(new Celsius(16), comfort), new Celsius(8)));
    });

    [Fact]
    public void Humidity_that_wavers_does_not_move_the_floor()
    {
        var memory = Decide(10, 3, 78.5, Memory.Empty).Memory;
        var floor = memory.Of(DemoWorld.Cp.Id).MouldFloor;
        foreach (var humidity in (double[])[77.5, 78.5, 77, 78, 77.5])
        {
            memory = Decide(10, 3, humidity, memory).Memory;
            memory.Of(DemoWorld.Cp.Id).MouldFloor.ShouldBe(floor);
        }

        Decide(10, 3, 60, memory).Memory.Of(DemoWorld.Cp.Id).MouldFloor.ShouldBeLessThan(floor);
    }

    [Fact]
    public void Sensor_that_falls_silent_leaves_the_last_floor()
    {
        var damp = Decide(10, 3, 78, Memory.Empty);
        Decide(10, 3, double.NaN, damp.Memory).Target(DemoWorld.Cp).Setpoint.ShouldBe(damp.Target(DemoWorld.Cp).Setpoint);
    }

    [Theory]
    [InlineData("  absence: 8 °C       # empty for 48 h or more, R.241-27\n", "", 10, ReasonCode.MouldGuard)]
    [InlineData("  absence: 8 °C ", "  absence: 8 °C ", 8, ReasonCode.LongAbsence)]
    public void Long_absence_is_kept_at_ten_degrees_where_nobody_measures_and_nobody_says_otherwise(string find, string change, double setpoint, ReasonCode code)
    {
        var site = ChangedSchool.With((find, change));
        Pilot.Decide(site, new DemoWorld(9, 3).At(Saturday), Memory.Empty).Target(DemoWorld.Cp).ShouldSatisfyAllConditions(
            t => t.Setpoint.ShouldBe(new Celsius(setpoint)), t => t.Reason.Code.ShouldBe(code), t => t.Mode.ShouldBe(Mode.Absence));
    }

    private static Decision Decide(double room, double outdoor, double humidity, Memory memory) =>
        Pilot.Decide(Humid, new DemoWorld(room, outdoor) { [Humidity] = humidity }.At(Saturday), memory);
}
