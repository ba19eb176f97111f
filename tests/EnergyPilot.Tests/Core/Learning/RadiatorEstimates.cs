using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sky;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class RadiatorEstimates
{
    private static readonly EmitterResponse Emptying = EmitterResponse.Radiators;

    // EN 442: 75/65/20 °C is a mean excess of 50 K, and the emission 1.
    [Fact]
    public void An_open_radiator_settles_at_its_nominal_emission()
    {
        var excess = RadiatorEstimate.Step(0, 75, 20, 1, TimeSpan.FromHours(6), Emptying);
        excess.ShouldBe(50, 0.01);
        RadiatorEstimate.Emission(excess).ShouldBe(1, 0.001);
        RadiatorEstimate.Emission(25).ShouldBe(Math.Pow(0.5, 1.3), 1e-12);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(900)]
    public void The_tick_of_the_control_hardly_matters(int seconds)
    {
        var (excess, exact) = (0.0, 0.0);
        for (var at = 0; at < 7200; at += 900)
        {
            var valve = at < 2700 ? 0.7 : 0;
            for (var i = 0; i < 900; i += seconds) excess = RadiatorEstimate.Step(excess, 62, 17, valve, TimeSpan.FromSeconds(seconds), Emptying);
            for (var i = 0; i < 9000; i++) exact = Slope(exact, 62 - 17, valve);
            excess.ShouldBe(exact, 0.15);
        }

        static double Slope(double x, double hottest, double valve) =>
            x + 0.1 / 1500 * (10 * valve * (hottest - x) - x * Math.Pow(Math.Max(x, 0.1) / 50, 0.3));
    }

    [Fact]
    public void It_stays_between_cold_and_the_supply_whatever_happens() => Law.Holds(chance =>
    {
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -1e300, 1e300, 1e9, 50, 20, 75];
        double Any() => odd[chance.Next(odd.Length)];
        var excess = RadiatorEstimate.Step(Any(), Any(), Any(), Any(), TimeSpan.FromSeconds(chance.Next(-100, 1_000_000)), Emptying with { Emptying = TimeSpan.FromMinutes(chance.Next(0, 60)) });
        excess.ShouldBeInRange(0, 100);
        RadiatorEstimate.Emission(Any()).ShouldBeInRange(0, Math.Pow(2, 1.3));
        var sane = RadiatorEstimate.Step(40 * chance.NextDouble(), 60, 20, chance.NextDouble(), TimeSpan.FromSeconds(chance.Next(10, 901)), Emptying);
        sane.ShouldBeInRange(0, 40);
    });

    [Fact]
    public void A_shut_or_unknown_valve_lets_it_empty()
    {
        var shut = RadiatorEstimate.Step(50, 75, 20, 0, TimeSpan.FromMinutes(25), Emptying);
        shut.ShouldBeInRange(18, 23);
        RadiatorEstimate.Step(50, double.NaN, 20, 1, TimeSpan.FromMinutes(25), Emptying).ShouldBe(shut);
        RadiatorEstimate.Step(50, 75, 20, double.NaN, TimeSpan.FromMinutes(25), Emptying).ShouldBe(shut);
    }

    [Fact]
    public void The_sun_shines_on_the_facade_that_it_faces()
    {
        FacadeSun.Of(500, new Sun(180, 20)).South.ShouldBe(1, 1e-9);
        FacadeSun.Of(500, new Sun(180, 20)).East.ShouldBe(0, 1e-9);
        FacadeSun.Of(250, new Sun(90, 10)).ShouldBe(new FacadeSun(0.5, FacadeSun.Of(250, new Sun(90, 10)).South, 0));
        FacadeSun.Of(double.NaN, new Sun(180, 20)).ShouldBe(default);
        FacadeSun.Of(500, new Sun(180, -1)).ShouldBe(default);
        FacadeSun.Of(1e9, new Sun(180, 20)).South.ShouldBe(3);
    }
}
