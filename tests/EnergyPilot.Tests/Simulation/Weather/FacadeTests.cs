using EnergyPilot.Core.Sky;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Weather;

public sealed class FacadeTests
{
    private static readonly WeatherSample Clear = new(10.0, 500.0, 800.0, 100.0, 3.0);

    // Diffuse 100/2 and ground 0.2·500/2 reach every facade.
    private const double WithoutBeam = 50.0 + 50.0;

    [Fact]
    public void Facade_that_faces_the_sun_gets_the_beam_by_its_elevation() =>
        new Facade(180.0).IrradianceWPerM2(Clear, new Sun(180.0, 30.0)).ShouldBe(800.0 * Math.Cos(Math.PI / 6.0) + WithoutBeam, 1e-9);

    [Fact]
    public void Beam_falls_with_the_cosine_of_the_angle_aside() =>
        new Facade(90.0).IrradianceWPerM2(Clear, new Sun(150.0, 0.1)).ShouldBe(800.0 * 0.5 + WithoutBeam, 0.01);

    [Fact]
    public void Facade_behind_the_building_gets_sky_and_ground_only() =>
        new Facade(0.0).IrradianceWPerM2(Clear, new Sun(180.0, 30.0)).ShouldBe(WithoutBeam, 1e-9);

    [Fact]
    public void Sun_below_the_horizon_sends_no_beam() =>
        new Facade(180.0).IrradianceWPerM2(Clear, new Sun(180.0, -1.0)).ShouldBe(WithoutBeam, 1e-9);
}
