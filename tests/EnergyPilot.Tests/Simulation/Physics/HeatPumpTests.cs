using EnergyPilot.Simulation.Physics;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class HeatPumpTests
{
    private static readonly HeatPumpParameters Usual = new();

    private static School Study(double outdoorC) => Build.Empty(StudySchool.Variant(StudyBuilding.HeatPump).School, Build.Outdoor(outdoorC));

    /// <summary>0.45·T_supply/(T_supply - T_outdoor + 10 K) by hand.</summary>
    [Theory]
    [InlineData(35.0, 7.0, 3.649)]
    [InlineData(45.0, 2.0, 2.701)]
    [InlineData(55.0, -7.0, 2.051)]
    [InlineData(30.0, 25.0, 5.5)]
    public void Efficiency_is_a_share_of_carnot_with_a_cap(double supplyC, double outdoorC, double expected) =>
        Usual.Cop(supplyC, outdoorC).ShouldBe(expected, 0.001);

    [Fact]
    public void Cooler_water_and_warmer_air_never_cost_more_electricity() => Prop.ForAll(
        Gen.Choose(200, 600).ToArbitrary(), Gen.Choose(-200, 200).ToArbitrary(), (supply, outdoor) =>
            Usual.Cop(0.1 * supply, 0.1 * outdoor) >= Usual.Cop(0.1 * supply + 1.0, 0.1 * outdoor)
            && Usual.Cop(0.1 * supply, 0.1 * outdoor + 1.0) >= Usual.Cop(0.1 * supply, 0.1 * outdoor)
            && Usual.CapacityW(0.1 * outdoor + 1.0) >= Usual.CapacityW(0.1 * outdoor)).QuickCheckThrowOnFailure();

    [Fact]
    public void Heat_comes_from_electricity_and_the_outdoor_air()
    {
        var school = Study(0.0);
        Build.Heat(school, 45.0);
        school.Advance(TimeSpan.FromDays(2));
        var ledger = school.Ledger;
        var waterKWh = 1_250_000.0 * (school.Boiler.FlowTemperatureC - 18.0) / 3.6e6;
        (ledger.ElectricKWh + ledger.AmbientKWh - ledger.FlueKWh).ShouldBe(ledger.PlantHeatKWh + ledger.JacketKWh + waterKWh, 1e-6);
        school.Boiler.InputKWh.ShouldBe(ledger.ElectricKWh, 1e-9);
        school.Boiler.ElectricityKWh.ShouldBe(ledger.ElectricKWh + 0.015 * 48.0, 1e-9);
        (ledger.PlantHeatKWh / ledger.ElectricKWh).ShouldBeInRange(2.2, 3.0);
    }

    [Fact]
    public void Water_does_not_get_warmer_than_it_can_make()
    {
        var school = Study(10.0);
        Build.Heat(school, 75.0);
        var hottest = 0.0;
        for (var minute = 0; minute < 1440; minute++)
        {
            school.Advance(TimeSpan.FromMinutes(1));
            hottest = Math.Max(hottest, school.Boiler.FlowTemperatureC);
        }
        hottest.ShouldBeInRange(54.0, 58.0);
    }

    [Fact]
    public void Frost_leaves_less_power()
    {
        Usual.CapacityW(7.0).ShouldBe(24_000.0);
        Usual.CapacityW(-7.0).ShouldBe(0.72 * 24_000.0, 1e-6);
        var school = Study(-7.0);
        Build.Heat(school, 55.0);
        school.Advance(TimeSpan.FromHours(2));
        school.Boiler.PowerW.ShouldBe(0.72 * 24_000.0, 1.0);
    }

    [Fact]
    public void Compressor_runs_ten_minutes_at_least_whatever_the_contact_does() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), KeepsMinimumTimes).QuickCheckThrowOnFailure();

    private static bool KeepsMinimumTimes(int seed)
    {
        var chance = new Random(seed);
        var source = new HeatSource(Usual, 15.0, 20.0) { SetpointC = chance.Next(30, 60) };
        var ledger = new EnergyLedger();
        var (was, since, starts) = (false, double.PositiveInfinity, 0);
        for (var step = 0; step < 2000; step++)
        {
            source.Release = chance.NextDouble() < 0.05 ? !source.Release : source.Release;
            source.Produce(15.0, chance.Next(-10, 15), ledger);
            source.Settle(15.0, new PrimaryFlow(800.0, 800.0 * chance.Next(0, 15), 800.0 * 30.0), ledger);
            since += 15.0;
            if (source.IsRunning == was) continue;
            if (since < (was ? 600.0 : 300.0) && source.FlowTemperatureC < 60.0) return false;
            (was, since, starts) = (source.IsRunning, 0.0, starts + (was ? 0 : 1));
        }
        return starts == source.Starts;
    }
}
