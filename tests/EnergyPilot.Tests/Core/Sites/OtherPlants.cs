using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

/// <summary>Schools that are not heated by a boiler and radiators with zone valves.</summary>
public sealed class OtherPlants
{
    [Fact]
    public void A_school_is_heated_by_a_boiler_and_radiators_unless_it_says_otherwise()
    {
        var site = SchoolFiles.DemoSite;
        site.Boiler.Kind.ShouldBe(HeatSourceKind.Boiler);
        site.Boiler.PowerLimit.Value.ShouldBe(double.PositiveInfinity);
        site.Boiler.ReturnLimit.Degrees.ShouldBe(double.PositiveInfinity);
        site.Circuits.ShouldAllBe(c => c.Emitter == Emitter.Radiators);
        site.Zones.ShouldAllBe(z => z.Points.Thermostat.IsEmpty);
    }

    [Fact]
    public void District_heating_has_limits_and_may_do_without_a_release()
    {
        var boiler = ChangedSchool.With(
            (ChangedSchool.Release, "    kind: district-heating\n    return-limit: 50 °C\n    power-limit: 60 kW\n    power: meter-heat.power\n")).Boiler;
        boiler.Kind.ShouldBe(HeatSourceKind.DistrictHeating);
        boiler.Release.ShouldBeEmpty();
        boiler.ReturnLimit.Degrees.ShouldBe(50);
        boiler.PowerLimit.Value.ShouldBe(60_000);
        boiler.Power.ShouldBe([new PointId("meter-heat.power")]);
    }

    [Fact]
    public void A_heat_pump_runs_for_a_quarter_of_an_hour_at_least()
    {
        const string Times = "    minimum-on: 5 min\n    minimum-off: 10 min\n";
        var boiler = ChangedSchool.With((Times, "    kind: heat-pump\n")).Boiler;
        boiler.Kind.ShouldBe(HeatSourceKind.HeatPump);
        boiler.MinimumOn.ShouldBe(TimeSpan.FromMinutes(15));
        ChangedSchool.With((Times, "")).Boiler.MinimumOn.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Floor_heating_has_a_flat_curve_of_its_own()
    {
        var circuit = ChangedSchool.With((ChangedSchool.Gym, ChangedSchool.Gym + "      emitter: floor\n")).Circuits.Single(c => c.Id.Name == "gym-canteen");
        circuit.Emitter.ShouldBe(Emitter.Floor);
        circuit.Curve.ShouldBe(HeatingCurve.Floor);
        var changed = ChangedSchool.With((ChangedSchool.Gym, ChangedSchool.Gym + "      emitter: floor\n      curve: { design-supply: 38 °C }\n")).Circuits.Single(c => c.Id.Name == "gym-canteen").Curve;
        changed.ShouldBe(HeatingCurve.Floor with { DesignSupply = new(38) });
    }

    [Fact]
    public void Electric_rooms_have_a_circuit_without_water() =>
        ChangedSchool.With((ChangedSchool.GymPump, "      emitter: electric\n")).Circuits.Single(c => c.Id.Name == "gym-canteen").Emitter.ShouldBe(Emitter.Electric);

    [Fact]
    public void An_all_electric_school_needs_no_boiler()
    {
        var site = ChangedSchool.With((ChangedSchool.Plant, ChangedSchool.AllElectric));
        site.Boiler.ShouldBe(Boiler.None);
    }

    [Fact]
    public void A_zone_may_have_a_thermostat_that_takes_a_setpoint() =>
        ChangedSchool.With(
            (ChangedSchool.Thermometers, ChangedSchool.ThermostatDevice),
            ("    valve: relays.channel-1\n", $"    thermostat: {ChangedSchool.ThermostatPoint}\n"))
            .Zones[0].Points.Thermostat.ShouldBe([new PointId(ChangedSchool.ThermostatPoint)]);

    [Theory]
    [InlineData("nominal-power: 120 kW", "kind: ¦heatpump\n    nominal-power: 120 kW", "one of boiler, district-heating, heat-pump", "Nearest known name: heat-pump")]
    [InlineData(Label + "    release: boiler-release.state\n", "  ¦boiler:\n    name: Boiler\n    nominal-power: 120 kW\n    minimum-power: 24 kW\n", "no \"release\"", "an output that takes a state")]
    [InlineData("nominal-power: 120 kW", "nominal-power: 120 kW\n    return-limit: ¦50 K", "a temperature in °C")]
    [InlineData("nominal-power: 120 kW", "nominal-power: 120 kW\n    power-limit: ¦20 kW", "at least the minimum power, 24000 W")]
    [InlineData("nominal-power: 120 kW", "nominal-power: 120 kW\n    power: ¦meter-heat.energy", "a point that reads a power")]
    [InlineData(ChangedSchool.Gym, ChangedSchool.Gym + "      emitter: ¦flor\n", "one of radiators, floor, electric", "Nearest known name: floor")]
    [InlineData(ChangedSchool.GymPump, "      emitter: electric\n      pump: ¦relays.channel-14\n", "\"pump\" of an electric circuit", "no water")]
    [InlineData("    valve: relays.channel-1\n", "    thermostat: ¦room-cp.temperature\n", "an output that takes a temperature")]
    public void What_does_not_fit_together_is_refused(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    [Fact]
    public void Water_needs_a_boiler()
    {
        var parsed = SchoolFiles.Parse(ChangedSchool.Text((ChangedSchool.Boiler, "")));
        var mistake = parsed.Mistakes.ShouldHaveSingleItem().ToString();
        mistake.ShouldContain("no \"boiler\"");
        mistake.ShouldContain("only electric circuits need none");
    }

    private const string Label = "  boiler:\n    name: Chaudière gaz à condensation, 120 kW\n    nominal-power: 120 kW\n    minimum-power: 24 kW\n";
}
