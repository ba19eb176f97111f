using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class EnergyLedgerTests
{
    // Asked is 0.1 %; the integration is exact, so only rounding is allowed.
    private const double Tolerance = 1e-9;

    [Fact]
    public void No_energy_appears_or_disappears_in_any_school_weather_or_control() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Balances).QuickCheckThrowOnFailure();

    [Fact]
    public void Heat_of_boiler_radiators_and_meters_agrees()
    {
        var school = Build.Empty(StudySchool.Parameters(), Build.Outdoor(0.0));
        Build.Heat(school, 60.0);
        school.Advance(TimeSpan.FromHours(24));
        school.Boiler.HeatKWh.ShouldBe(school.Ledger.PlantHeatKWh, 1e-6);
        school.Circuits[0].HeatKWh.ShouldBe(school.Boiler.HeatKWh, 1e-6);
        Enumerable.Range(0, 6).Sum(school.RadiatorHeatKWh).ShouldBe(school.Ledger.RoomHeatKWh, 1e-6);
        school.Ledger.PlantHeatKWh.ShouldBeGreaterThan(school.Ledger.RoomHeatKWh);
    }

    private static bool Balances(int seed)
    {
        var chance = new Random(seed);
        var parameters = RandomSchool.Parameters(chance);
        var weather = TypicalYear.Uccle.With(new WeatherVariant { TemperatureOffsetK = 20.0 * (chance.NextDouble() - 0.5), WindFactor = 3.0 * chance.NextDouble() });
        var school = new School(parameters, weather, RandomSchool.People(chance, parameters.Zones.Count), Build.Monday.AddDays(chance.Next(365)));
        for (var quarter = 0; quarter < 96; quarter++)
        {
            RandomSchool.Operate(chance, school);
            school.Advance(TimeSpan.FromMinutes(15));
            foreach (var airC in school.AirTemperatureC)
                airC.ShouldBeInRange(-40.0, 120.0);
        }
        var ledger = school.Ledger;
        var turnover = ledger.FuelKWh + ledger.NetworkKWh + ledger.ElectricKWh + ledger.AmbientKWh + ledger.SolarKWh + ledger.InternalKWh + Math.Abs(ledger.EnvelopeKWh) + Math.Abs(ledger.AirKWh);
        return Math.Abs(ledger.ImbalanceKWh) <= Tolerance * turnover;
    }
}
