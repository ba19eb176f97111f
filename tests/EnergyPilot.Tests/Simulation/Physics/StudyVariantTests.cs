using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Physics;

/// <summary>January of the study's variants under its clock control.</summary>
public sealed class StudyVariantTests
{
    private static readonly Dictionary<StudyBuilding, School> January = Enum.GetValues<StudyBuilding>().ToDictionary(b => b, Run);

    [Fact]
    public void Books_balance_in_every_variant()
    {
        foreach (var (building, school) in January)
            Math.Abs(school.Ledger.ImbalanceKWh).ShouldBeLessThan(1e-6, building.ToString());
    }

    [Fact]
    public void Base_is_the_building_of_the_study()
    {
        var variant = StudySchool.Variant(StudyBuilding.Base);
        variant.School.Zones.ShouldBe(StudySchool.Parameters().Zones, new SameFacts());
        variant.School.Boiler.ShouldBe(StudySchool.Parameters().Boiler);
        variant.Weather.ShouldBe(WeatherVariant.Typical);
        variant.PowerLimitW.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Cold_needs_more_and_renovated_less()
    {
        January[StudyBuilding.Cold].Boiler.InputKWh.ShouldBeGreaterThan(1.15 * January[StudyBuilding.Base].Boiler.InputKWh);
        January[StudyBuilding.Renovated].Boiler.InputKWh.ShouldBeLessThan(0.6 * January[StudyBuilding.Base].Boiler.InputKWh);
        January[StudyBuilding.WeakRadiators].RadiatorHeatKWh(0).ShouldBeLessThan(January[StudyBuilding.Cold].RadiatorHeatKWh(0));
    }

    [Fact]
    public void Subscribed_power_binds_in_the_mornings_and_would_do_for_the_mean()
    {
        var limitW = StudySchool.Variant(StudyBuilding.DistrictHeating).PowerLimitW;
        var boiler = January[StudyBuilding.DistrictHeating].Boiler;
        boiler.PeakW.ShouldBeGreaterThan(1.5 * limitW);
        (boiler.InputKWh * 1000.0 / (31.0 * 24.0)).ShouldBeLessThan(0.8 * limitW);
    }

    [Fact]
    public void Heat_pump_gets_more_than_half_of_its_heat_from_the_air() =>
        January[StudyBuilding.HeatPump].Ledger.AmbientKWh.ShouldBeGreaterThan(January[StudyBuilding.HeatPump].Ledger.ElectricKWh);

    [Fact]
    public void Cool_water_of_floors_lets_the_boiler_condense()
    {
        var ledger = January[StudyBuilding.FloorHeating].Ledger;
        (1.0 - ledger.FlueKWh / ledger.FuelKWh).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Thermostats_are_added_to_every_room() =>
        StudySchool.WithThermostats(StudySchool.Parameters(), 22.0).Zones.ShouldAllBe(zone => zone.Thermostat.InitialSetpointC == 22.0 && zone.Thermostat.BandK == 2.0);

    private static School Run(StudyBuilding building)
    {
        var variant = StudySchool.Variant(building);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var school = new School(variant.School, TypicalYear.Uccle.With(variant.Weather), new PupilPlan(StudySchool.People()), start);
        new ClockControl(school, Math.Min(70.0, variant.HighestSupplyC)).RunUntil(start.AddDays(31));
        return school;
    }

    private sealed class SameFacts : IEqualityComparer<ZoneParameters>
    {
        public bool Equals(ZoneParameters? x, ZoneParameters? y) => x is not null && y is not null && x with { Windows = [] } == y with { Windows = [] };

        public int GetHashCode(ZoneParameters zone) => zone.Name.GetHashCode(StringComparison.Ordinal);
    }
}
