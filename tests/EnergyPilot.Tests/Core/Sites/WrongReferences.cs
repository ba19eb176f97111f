namespace EnergyPilot.Tests.Core.Sites;

public sealed class WrongReferences
{
    [Theory]
    [InlineData("circuit: wings", "circuit: ¦wing", "the name of a circuit: wings, gym-canteen", "Nearest known name: wings")]
    [InlineData("programme: classroom", "programme: ¦clasroom", "the name of a programme", "Nearest known name: classroom")]
    [InlineData("bus: modbus", "bus: ¦modubs", "the name of a bus", "Nearest known name: modbus")]
    [InlineData("type: eastron-sdm630", "type: ¦eastron-sdm603", "a device model in hardware/devices", "Nearest known name: eastron-sdm630")]
    [InlineData("[france-zone-b, ", "[¦france-zon-b, ", "site.calendars[0]", "a calendar in config/calendars", "Nearest known name: france-zone-b")]
    [InlineData("[room-cp.temperature, air-cp", "[room-cp.temperature, ¦aire-cp", "zones.cp.temperature[1]", "there is no device \"aire-cp\"", "Nearest known name: air-cp")]
    [InlineData("[room-cp.temperature", "[¦room-cp.temprature", "dallas-ds18b20 has no point \"temprature\"", "Nearest known name: temperature")]
    [InlineData("outdoor: outdoor.temperature", "outdoor: ¦outdoor", "as device.point")]
    [InlineData("ce1: 30 W/K, hall", "cx1: ¦30 W/K, hall", "the unknown zone \"cx1\"", "Nearest known name: c")]
    public void A_name_that_leads_nowhere_is_reported_with_the_nearest_one(string find, string change, params string[] words) =>
        WrongSite.ShouldSay(find, change, words);

    [Theory]
    [InlineData("co2: air-cp.co2", "co2: ¦air-cp.temperature", "which reads a temperature", "a point that reads a concentration")]
    [InlineData("temperature: room-hall.temperature", "temperature: ¦presence-gym.state", "which reads a state", "a point that reads a temperature")]
    [InlineData("valve: relays.channel-1\n", "valve: ¦presence-cp.state\n", "which reads a state", "an output that takes a state or a ratio")]
    [InlineData("pump: relays.channel-13", "pump: ¦analog.output-3", "which reads and takes a ratio", "an output that takes a state")]
    [InlineData("mixing-valve: analog.output-1", "mixing-valve: ¦relays.channel-16", "an output that takes a ratio")]
    [InlineData("setpoint: boiler.setpoint", "setpoint: ¦boiler.active-setpoint", "an output that takes a temperature")]
    [InlineData("outdoor: outdoor.temperature", "outdoor: ¦boiler.setpoint", "which takes a temperature", "a point that reads a temperature")]
    [InlineData("index: meter-electricity.energy-import", "index: ¦meter-electricity.active-power", "a cumulative point")]
    [InlineData("power: meter-heat.power", "power: ¦meter-heat.energy", "(cumulative)", "a point that reads a power")]
    [InlineData("standing-charge: 310 €/y", "volume-price: ¦4.20 €/m³", "meters.gas.volume-price", "only water is paid by volume")]
    [InlineData("index: meter-gas.volume\n    calorific-value: 11.2", "index: meter-heat.energy\n    calorific-value: ¦11.2", "meters.gas.calorific-value", "this index is not a volume")]
    public void A_point_must_fit_its_role(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    [Theory]
    [InlineData("valve: relays.channel-2", "valve: ¦relays.channel-1", "which zones.cp.valve drives already", "an output of its own")]
    [InlineData("pump: relays.channel-14", "pump: ¦relays.channel-13", "which plant.circuits.wings.pump drives already")]
    public void An_output_has_one_master(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    [Theory]
    [InlineData("bus: modbus\n    address: 2\n", "bus: modbus\n    address: ¦1\n", "where boiler already sits on modbus")]
    [InlineData("address: 28-0316a2790002", "address: ¦28-0316a2790001", "where pipe-boiler-supply already sits on one-wire")]
    [InlineData("bus: modbus\n    address: 1\n", "bus: modbus\n    address: ¦300\n", "a Modbus unit from 1 to 247")]
    [InlineData("bus: modbus\n    address: 1\n", "bus: modbus\n    address: ¦007\n", "a Modbus unit from 1 to 247")]
    [InlineData("bus: inputs\n    address: 5", "bus: inputs\n    address: ¦gpio5", "a GPIO line from 0 to 1023")]
    [InlineData("address: 28-0316a2790001", "address: ¦../../../etc", "a folder of the kernel")]
    [InlineData("bus: inputs\n    address: 5", "bus: ¦modbus\n    address: 5", "a modbus bus", "a gpio bus for gpio-relay")]
    [InlineData(GasMeter + "    pulse: 0.1 m³\n", "¦" + GasMeter, "no \"pulse\"", "a volume in m³", "as the meter's label says")]
    [InlineData("type: eastron-sdm630", "pulse: ¦1 m³\n    type: eastron-sdm630", "eastron-sdm630 counts no pulses")]
    [InlineData("wiring: normally-closed     # no current", "¦points: { channel-17: { wiring: normally-open } } # no current", "\"channel-17\"", "a point of waveshare-relay-16", "Nearest known name: channel-1")]
    public void Devices_sit_where_they_can(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    private const string GasMeter = "meter-gas:\n    name: Compteur de gaz G25\n    type: gpio-pulse-volume\n    bus: inputs\n    address: 17\n";

    [Theory]
    [InlineData("{ ce1: 30 W/K, hall: 40 W/K }", "{ cp: ¦30 W/K, ce1: 30 W/K, hall: 40 W/K }", "\"cp\" as its own neighbour", "another zone")]
    [InlineData("{ ce1-ce2: 30 W/K", "{ cp: ¦35 W/K, ce1-ce2: 30 W/K", "the same conductance as in zones.cp.neighbours.ce1", "once is enough")]
    [InlineData("    gym-canteen:\n", "    ¦annex:\n      pump: relays.channel-15\n    gym-canteen:\n", "plant.circuits.annex", "a circuit that heats no zone")]
    [InlineData("mixing-valve: analog.output-1\n      supply: pipe-wings-supply.temperature\n", "mixing-valve: ¦analog.output-1\n", "a mixing valve without a supply temperature")]
    public void The_heating_must_hang_together(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    [Fact]
    public void A_wall_that_is_written_twice_with_the_same_conductance_is_right()
    {
        var text = SchoolFiles.Demo.Text.Replace("{ ce1-ce2: 30 W/K", "{ cp: 30 W/K, ce1-ce2: 30 W/K", StringComparison.Ordinal);
        SchoolFiles.Parse(text).Mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void A_zone_without_a_thermometer_must_say_so()
    {
        const string Office = "office:\n    name: Bureau de direction\n    use: office\n    floor-area: 25 m²\n    height: 3 m\n    circuit: wings\n    programme: office\n";
        const string Sensor = "    temperature: room-office.temperature\n";
        WrongSite.ShouldSay(Office + Sensor, "¦" + Office, "no \"temperature\"", "or none");
        var parsed = SchoolFiles.Parse(SchoolFiles.Demo.Text.Replace(Sensor, "    temperature: none\n", StringComparison.Ordinal));
        parsed.TryGet(out var site).ShouldBeTrue();
        site!.Zones.Single(z => z.Id.Name == "office").Points.Temperature.ShouldBeEmpty();
    }

    [Fact]
    public void A_programme_that_no_zone_follows_is_only_warned_of()
    {
        var text = SchoolFiles.Demo.Text.Replace("    programme: office\n", "    programme: staff\n", StringComparison.Ordinal);
        var parsed = SchoolFiles.Parse(text);
        parsed.Mistakes.ShouldBeEmpty();
        parsed.Warnings.ShouldHaveSingleItem().Path.ShouldBe("programmes.office");
    }
}
