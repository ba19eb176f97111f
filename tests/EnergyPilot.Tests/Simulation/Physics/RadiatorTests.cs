using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class RadiatorTests
{
    private const double NominalW = 5850.0;
    private static readonly SchoolParameters AtTwenty = Build.OneRoom() with { InitialTemperatureC = 20.0 };

    /// <summary>EN 442: 75 °C in, 65 °C out, 20 °C room.</summary>
    [Fact]
    public void Radiator_emits_its_nominal_power_at_75_65_20()
    {
        var (radiators, valves) = New();
        var power = SteadyPowerW(radiators, valves, 75.0);
        power.ShouldBe(NominalW, 0.5);
        radiators.ReturnC(0, 75.0).ShouldBe(65.0, 0.01);
    }

    /// <summary>Halving the mean excess temperature leaves 0.5^1.3 = 41 % of the power; at constant flow the drop shrinks too, hence the band.</summary>
    [Fact]
    public void Cooler_water_emits_less_than_in_proportion()
    {
        var (radiators, valves) = New();
        (SteadyPowerW(radiators, valves, 45.0) / NominalW).ShouldBeInRange(0.36, 0.42);
    }

    [Fact]
    public void Emission_is_split_by_the_radiative_share()
    {
        var school = Build.Empty(AtTwenty with { Radiators = new RadiatorParameters { RadiativeShare = 1.0 } }, Build.Outdoor(20.0));
        Build.Heat(school, 70.0);
        school.Advance(TimeSpan.FromMinutes(40));
        school.FastMassTemperatureC[0].ShouldBeGreaterThan(school.AirTemperatureC[0]);
    }

    [Fact]
    public void Valve_needs_three_minutes_from_closed_to_open()
    {
        var school = Build.Empty(Build.OneRoom(), Build.Outdoor(5.0));
        school.ValveCommand[0] = 1.0;
        school.Advance(TimeSpan.FromMinutes(2));
        school.ValvePosition[0].ShouldBe(2.0 / 3.0, 1e-9);
        school.Advance(TimeSpan.FromMinutes(2));
        school.ValvePosition[0].ShouldBe(1.0);
    }

    /// <summary>
    /// Free cooling of C·θ' = -K·θ^n empties by θ(t) = (θ0^-(n-1) + (n-1)·K·t/C)^(-1/(n-1)).
    /// </summary>
    [Fact]
    public void Closed_radiator_empties_along_the_analytic_curve()
    {
        var (radiators, valves) = New();
        SteadyPowerW(radiators, valves, 75.0);
        var startK = radiators.SecondC[0] - 20.0;
        // In the nominal point the second node emits what the water brings it.
        var conductance = radiators.FlowWPerK(0) * (radiators.FirstC[0] - radiators.SecondC[0]) / Math.Pow(startK, 1.3);
        var rooms = new Rooms(AtTwenty);
        for (var second = 0; second < 1800; second += 5)
            radiators.Step(0, 5.0, 0.0, 20.0, rooms);
        var expectedK = Math.Pow(Math.Pow(startK, -0.3) + 0.3 * conductance * 1800.0 / (20_000.0 * NominalW / 1000.0), -1.0 / 0.3);
        (radiators.SecondC[0] - 20.0).ShouldBe(expectedK, 0.05);
    }

    private static (Radiators, ZoneValves) New()
    {
        var valves = new ZoneValves(AtTwenty);
        return (new Radiators(AtTwenty, valves), valves);
    }

    private static double SteadyPowerW(Radiators radiators, ZoneValves valves, double inletC)
    {
        var rooms = new Rooms(AtTwenty);
        valves.Command[0] = 1.0;
        valves.Move(200.0);
        for (var step = 0; step < 2000; step++)
            radiators.Step(0, 15.0, radiators.FlowWPerK(0), inletC, rooms);
        return radiators.FlowWPerK(0) * (inletC - radiators.ReturnC(0, inletC));
    }
}
