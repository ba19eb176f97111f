using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Simulation;

/// <summary>Virtual schools without boiler, radiators or zone valves, from their site files.</summary>
public sealed class OtherSchoolsTests
{
    private readonly SteppedClock clock = new(new DateTimeOffset(2026, 1, 19, 5, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Setpoint_written_to_a_thermostat_reaches_its_own_regulation()
    {
        var school = School(ChangedSchool.With(
            (ChangedSchool.Thermometers, ChangedSchool.ThermostatDevice),
            ("    valve: relays.channel-1\n", $"    thermostat: {ChangedSchool.ThermostatPoint}\n")));
        Write(school, ChangedSchool.ThermostatPoint, 16);
        school.Physics.ThermostatSetpointC[0].ShouldBe(16);
        // No zone valve stands in series: the thermostat alone decides.
        Live(school, TimeSpan.FromMinutes(5));
        school.Physics.ValvePosition[0].ShouldBe(1);
        school.Physics.ThermostatOpening[0].ShouldBe(0);
        school.Physics.ThermostatOpening[1].ShouldBe(1);
    }

    [Fact]
    public void Substation_that_only_takes_a_setpoint_heats_and_says_its_power()
    {
        var school = School(ChangedSchool.With(
            (ChangedSchool.Release, "    kind: district-heating\n    power: meter-heat.power\n"),
            ("    index: meter-heat.energy\n    power: meter-heat.power\n", "    index: meter-heat.energy\n")));
        Write(school, "boiler.setpoint", 70);
        Live(school, TimeSpan.FromMinutes(2));
        var physics = school.Physics;
        physics.Boiler.InputKWh.ShouldBe(physics.Ledger.NetworkKWh, 1e-9);
        Read(school, "meter-heat.power").ShouldBe(physics.Boiler.PowerW, 1);
        physics.Boiler.PowerW.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Electricity_meter_counts_the_heat_pump()
    {
        var school = School(ChangedSchool.With(("    minimum-on: 5 min\n", "    kind: heat-pump\n")));
        Write(school, "boiler-release.state", 0); // normally closed: released
        Write(school, "boiler.setpoint", 50);
        Live(school, TimeSpan.FromHours(1));
        school.Physics.Boiler.InputKWh.ShouldBeGreaterThan(5);
        school.ElectricityKwh.ShouldBeGreaterThan(school.Physics.Boiler.InputKWh);
        school.Physics.Boiler.GasKWh.ShouldBe(0);
    }

    [Fact]
    public void All_electric_school_heats_with_the_valve_outputs_of_its_zones()
    {
        var school = School(ChangedSchool.With((ChangedSchool.Plant, ChangedSchool.AllElectric)));
        Write(school, "relays.channel-1", 0);
        Write(school, "relays.channel-2", 1);
        Live(school, TimeSpan.FromHours(2));
        var physics = school.Physics;
        physics.RadiatorHeatKWh(0).ShouldBeGreaterThan(5);
        physics.RadiatorHeatKWh(1).ShouldBe(0);
        physics.Boiler.InputKWh.ShouldBe(0);
        school.ElectricityKwh.ShouldBeGreaterThan(physics.PanelElectricityKWh);
    }

    [Fact]
    public void Heated_floor_of_a_site_file_is_never_hotter_than_feet_allow()
    {
        var site = ChangedSchool.With((ChangedSchool.Gym, ChangedSchool.Gym + "      emitter: floor\n"));
        var physics = School(site).Physics;
        var gym = site.Zones.IndexOf(site.Zones.First(z => z.Circuit.Name == "gym-canteen"));
        physics.Parameters.Zones[gym].RadiatorNominalW.ShouldBeInRange(1, 100 * site.Zones[gym].FloorArea.Value);
        physics.Parameters.Circuits[1].Emitter.ShouldBe(Emitter.Floor);
    }

    [Theory]
    [InlineData("swapped-sensors:cp+gym")]
    [InlineData("sensor-offset:cp")]
    [InlineData("stuck-sensor:cp")]
    public void Wrong_sensors_can_be_injected_and_mended(string text)
    {
        Fault.TryParse(text, out var fault).ShouldBeTrue();
        var (right, wrong) = (School(SchoolFiles.DemoSite), School(SchoolFiles.DemoSite));
        wrong.Inject(fault);
        Live(right, TimeSpan.FromHours(6));
        wrong.CatchUp();
        Read(wrong, "room-cp.temperature").ShouldNotBe(Read(right, "room-cp.temperature"));
        wrong.Mend(fault);
        Live(right, TimeSpan.FromMinutes(1));
        Read(wrong, "room-cp.temperature").ShouldBe(Read(right, "room-cp.temperature"));
    }

    [Theory]
    [InlineData("swapped-sensors:cp")]
    [InlineData("swapped-sensors:cp+cp")]
    [InlineData("swapped-sensors:cp+nowhere")]
    [InlineData("sensor-offset:room-cp")]
    public void Wrong_sensors_that_the_school_does_not_have_are_refused(string text)
    {
        Fault.TryParse(text, out var fault).ShouldBeTrue();
        fault.MismatchWith(SchoolFiles.DemoSite).ShouldStartWith("The site has no ");
    }

    private VirtualSchool School(Site site) => new(site, TypicalYear.Uccle, clock, seed: 1);

    private void Live(VirtualSchool school, TimeSpan span)
    {
        clock.Advance(span);
        school.CatchUp();
    }

    private static void Write(VirtualSchool school, string point, double value) => school.Write(school.Site.Points[new PointId(point)], value);

    private static double Read(VirtualSchool school, string point) => school.Read(school.Site.Points[new PointId(point)]);
}
