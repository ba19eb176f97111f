using EnergyPilot.Simulation.Physics;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class BoilerTests
{
    /// <summary>η = 0.875 + 0.095·s(x), x = (56 - T)/26 within 0 and 1, s = 3x² - 2x³; 43 °C is the middle of the smooth step.</summary>
    [Theory]
    [InlineData(80.0, 0.875)]
    [InlineData(56.0, 0.875)]
    [InlineData(43.0, 0.9225)]
    [InlineData(30.0, 0.970)]
    [InlineData(20.0, 0.970)]
    public void Efficiency_follows_the_condensing_curve(double returnC, double expected) => BoilerParameters.Efficiency(returnC).ShouldBe(expected, 1e-12);

    [Fact]
    public void Burner_keeps_its_minimum_times_whatever_the_contact_does() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), KeepsMinimumTimes).QuickCheckThrowOnFailure();

    [Fact]
    public void Released_boiler_brings_its_water_to_the_setpoint_and_holds_it()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromHours(3));
        for (var minute = 0; minute < 60; minute++)
        {
            school.Advance(TimeSpan.FromMinutes(1));
            school.Boiler.FlowTemperatureC.ShouldBe(60.0, 1.0);
        }
        school.Boiler.Modulation.ShouldBeInRange(0.2, 1.0);
    }

    [Fact]
    public void Limiter_stops_the_burner_before_its_minimum_time_and_keeps_the_water_below_boiling()
    {
        var school = Build.Empty(
            StudySchool.Parameters() with { Boiler = new BoilerParameters { WaterCapacityJPerK = 60_000.0, MinimumW = 40_000.0 } },
            Build.Outdoor(0.0));
        school.Boiler.Release = true;
        school.Boiler.SetpointC = 84.0;
        var hottest = 0.0;
        for (var minute = 0; minute < 300; minute++)
        {
            school.Advance(TimeSpan.FromMinutes(1));
            hottest = Math.Max(hottest, school.Boiler.FlowTemperatureC);
        }
        hottest.ShouldBeInRange(84.0, 97.0);
    }

    [Fact]
    public void Boiler_that_refuses_to_start_burns_nothing_until_it_is_reset()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        school.Inject(SchoolFault.BoilerRefusesToStart);
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromHours(2));
        school.Boiler.GasKWh.ShouldBe(0.0);
        school.Clear(SchoolFault.BoilerRefusesToStart);
        school.Advance(TimeSpan.FromMinutes(10));
        school.Boiler.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public void Every_start_costs_sixty_watt_hours_of_gas()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        var free = Build.Empty(StudySchool.Parameters() with { Boiler = new BoilerParameters { StartLossWh = 0.0 } }, Build.Outdoor(0.0));
        Build.Heat(free, 60.0);
        school.Advance(TimeSpan.FromHours(1));
        free.Advance(TimeSpan.FromHours(1));
        school.Boiler.Starts.ShouldBe(1);
        (school.Boiler.GasKWh - free.Boiler.GasKWh).ShouldBe(0.06, 1e-9);
    }

    [Fact]
    public void Gas_meter_counts_cubic_metres_of_gross_calorific_value()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromHours(1));
        school.Boiler.GasM3.ShouldBe(school.Boiler.GasKWh / 11.2, 1e-9);
        school.Boiler.GasKWh.ShouldBe(school.Ledger.FuelKWh, 1e-9);
    }

    private static bool KeepsMinimumTimes(int seed)
    {
        var chance = new Random(seed);
        var boiler = new HeatSource(new BoilerParameters(), 15.0, 20.0) { SetpointC = chance.Next(40, 80) };
        var ledger = new EnergyLedger();
        var (was, since) = (false, double.PositiveInfinity);
        for (var step = 0; step < 2000; step++)
        {
            boiler.Release = chance.NextDouble() < 0.05 ? !boiler.Release : boiler.Release;
            boiler.Produce(15.0, 0.0, ledger);
            boiler.Settle(15.0, new PrimaryFlow(800.0, 800.0 * chance.Next(0, 25), 800.0 * 40.0), ledger);
            since += 15.0;
            if (boiler.IsRunning == was)
                continue;
            var isTooSoon = since < (was ? 180.0 : 300.0) && boiler.FlowTemperatureC < 85.0;
            if (isTooSoon)
                return false;
            (was, since) = (boiler.IsRunning, 0.0);
        }
        return true;
    }
}
