using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class HeatingCurves
{
    // Worked out by hand: 20 + 50 · ((20 − outdoor) / 29)^(1/1.3).
    [Theory]
    [InlineData(-9, 70.0)]
    [InlineData(-5, 64.6)]
    [InlineData(0, 57.6)]
    [InlineData(5, 50.1)]
    [InlineData(10, 42.0)]
    [InlineData(15, 32.9)]
    [InlineData(18, 26.4)]
    public void A_radiator_curve_bends_as_radiators_emit(double outdoor, double supply) =>
        HeatingCurve.Radiators.Supply(outdoor.Celsius, 20.0.Celsius).Degrees.ShouldBe(supply, 0.05);

    [Theory]
    [InlineData(-40, 75)]
    [InlineData(20, 25)]
    [InlineData(35, 25)]
    [InlineData(1e300, 25)]
    [InlineData(-1e300, 75)]
    public void Water_stays_within_the_bounds_of_its_circuit(double outdoor, double supply) =>
        HeatingCurve.Radiators.Supply(outdoor.Celsius, 20.0.Celsius).Degrees.ShouldBe(supply);

    [Fact]
    public void Slope_and_exponent_shape_the_curve()
    {
        var floor = new HeatingCurve(new(-10), new(40), 1.1, 1, new(20), new(45), new(0));
        floor.Supply(5.0.Celsius, 20.0.Celsius).Degrees.ShouldBe(20 + 20 * Math.Pow(0.5, 1 / 1.1), 1e-9);
        (floor with { Slope = 0.5 }).Supply(5.0.Celsius, 20.0.Celsius).Degrees.ShouldBe(20 + 10 * Math.Pow(0.5, 1 / 1.1), 1e-9);
    }

    [Fact]
    public void Colder_weather_and_warmer_rooms_never_ask_for_colder_water() => Law.Holds(chance =>
    {
        var curve = HeatingCurve.Radiators with { Slope = 0.3 + 1.7 * chance.NextDouble(), Exponent = 1 + 0.6 * chance.NextDouble() };
        var (outdoor, room) = (-30 + 60 * chance.NextDouble(), 5 + 17 * chance.NextDouble());
        var supply = curve.Supply(outdoor.Celsius, room.Celsius);
        curve.Supply((outdoor - chance.NextDouble()).Celsius, room.Celsius).ShouldBeGreaterThanOrEqualTo(supply);
    });
}
