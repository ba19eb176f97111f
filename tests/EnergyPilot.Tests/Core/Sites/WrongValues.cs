namespace EnergyPilot.Tests.Core.Sites;

public sealed class WrongValues
{
    [Theory]
    [InlineData("floor-area: 60 m²", "floor-area: ¦60 m", "found \"60 m\", a length", "an area in m²")]
    [InlineData("floor-area: 60 m²", "floor-area: ¦60", "found \"60\" without a unit", "for example \"20 m²\"")]
    [InlineData("floor-area: 60 m²", "floor-area: ¦60 m2²", "\"m2²\" is no known unit", "Nearest known name: m²")]
    [InlineData("floor-area: 60 m²", "floor-area: ¦sixty m²", "found \"sixty m²\"", "an area")]
    [InlineData("floor-area: 60 m²", "floor-area: ¦1e9 m²", "no known unit")]
    [InlineData("floor-area: 60 m²", "floor-area: ¦-60 m²", "between 1 and 10000 m²")]
    [InlineData("floor-area: 60 m²", "¦floor-area: [60 m²]", "found a list", "an area")]
    [InlineData("height: 3 m", "height: ¦300 m", "a length between 1.8 and 20 m")]
    [InlineData("height: 3 m", "height: ¦300 mm", "between 1800 and 20000 mm")]
    [InlineData("radiators: 5.8 kW", "radiators: ¦5,8 kW", "decimals are written with a point")]
    [InlineData("radiators: 5.8 kW", "radiators: ¦5.8 kWh", "found \"5.8 kWh\", an energy", "a power in W, kW, MW")]
    [InlineData("radiators: 5.8 kW", "radiators: ¦5.8.1 kW", "a power")]
    [InlineData("persons: 25", "persons: ¦many", "a whole number from 0 to 1000")]
    [InlineData("persons: 25", "persons: ¦-3", "a whole number from 0 to 1000")]
    [InlineData("use: classroom", "use: ¦clasroom", "one of classroom, canteen", "Nearest known name: classroom")]
    [InlineData("use: classroom", "use:¦", "found nothing", "one of classroom")]
    [InlineData("south: 12 m² }", "¦soth: 12 m² }", "one of north, north-east", "Nearest known name: south")]
    [InlineData("Europe/Paris", "¦Europe/Pari", "a time zone of the IANA database", "Nearest known name: Europe/Paris")]
    [InlineData("Europe/Paris", "¦../../etc/passwd", "a time zone")]
    [InlineData("latitude: 50.69 °", "latitude: ¦50.69", "without a unit", "an angle in °")]
    [InlineData("latitude: 50.69 °", "latitude: ¦89 °", "between -66 and 66 °")]
    [InlineData("id: lucie-aubrac", "id: ¦Lucie_Aubrac", "a name of small letters, digits and single hyphens")]
    [InlineData("where: 192.168.10.20:502", "where: ¦192.168.10.20", "host:port")]
    [InlineData("where: /dev/gpiochip0", "where: ¦gpiochip0", "/dev/gpiochip0")]
    [InlineData("deadline: 500 ms", "deadline: ¦5 min", "between 0.0003 and 0.5 min")]
    [InlineData("name: Passerelle OpenTherm de la chaudière", "¦name: { de: Kessel }", "found a group of keys", "a text")]
    [InlineData("wiring: normally-closed", "wiring: ¦normaly-closed", "Nearest known name: normally-closed")]
    [InlineData("comfort: 19 °C", "comfort: ¦25 °C", "between 5 and 22 °C")]
    [InlineData("frost: 6 °C", "frost: ¦4 °C", "between 5 and 22 °C")]
    [InlineData("comfort: 19 °C", "comfort: ¦19 K", "a temperature difference", "a temperature in °C")]
    [InlineData("price: 0.10 €/kWh", "price: ¦0.10 €", "\"€\" is no known unit", "an energy price in €/kWh, €/MWh")]
    public void A_value_that_does_not_fit_is_named_with_what_would(string find, string change, params string[] words) =>
        WrongSite.ShouldSay(find, change, words);

    [Theory]
    [InlineData("wed: 08:30-12:00", "wed: ¦08:30-25:00", "found \"08:30-25:00\"", "hours, for example")]
    [InlineData("wed: 08:30-12:00", "wed: ¦8h30-12h00", "found \"8h30-12h00\"", "08:30-12:00")]
    [InlineData("wed: 08:30-12:00", "wed: ¦12:00-08:30", "ends before it begins", "a night is written as two days")]
    [InlineData("wed: 08:30-12:00", "wed: ¦08:30-12:00,", "found \"\"")]
    [InlineData("wed: 08:30-12:00", "wed: ¦08:30-12:00 confort", "found \"confort\"", "Nearest known name: comfort")]
    [InlineData("08:30-12:00, 13:30-16:30", "¦08:30-12:00, 11:30-16:30", "08:30-12:00 and 11:30-16:30, which overlap")]
    [InlineData("wed: 08:30-12:00", "wed mon: ¦08:30-12:00", "\"mon\" a second time", "each day once")]
    [InlineData("wed: 08:30-12:00", "¦wednesday: 08:30-12:00", "the unknown key \"wednesday\"", "days (mon tue wed")]
    [InlineData("holidays: empty", "holidays: ¦closed", "one of empty, as-usual")]
    public void Hours_that_make_no_sense_are_refused(string find, string change, params string[] words) =>
        WrongSite.ShouldSay(find, change, words);

    [Theory]
    [InlineData("comfort: 19 °C", "comfort: ¦15 °C", "comfort 15.0 °C below reduced 16.0 °C")]
    [InlineData("absence: 8 °C", "absence: ¦5 °C", "absence 5.0 °C below frost 6.0 °C")]
    [InlineData("absence: 8 °C", "absence: 8 °C\n  ¦reduced: 7 °C", "the key \"reduced\" a second time", "it already stands in line")]
    [InlineData("comfort: 17 °C }", "comfort: ¦12 °C }", "zones.hall.setpoints.comfort", "below reduced 16.0 °C")]
    [InlineData("minimum-power: 24 kW", "minimum-power: ¦140 kW", "at most the nominal power, 120000 W")]
    [InlineData("design-supply: 70 °C", "design-supply: ¦80 °C", "at most the highest water temperature, 75.0 °C")]
    [InlineData("pulse: 0.1 m³", "pulse: ¦0 m³", "more than nothing per pulse")]
    public void Values_that_contradict_each_other_are_refused(string find, string change, params string[] words) =>
        WrongSite.ShouldSay(find, change, words);

    [Fact]
    public void A_comfort_setpoint_above_the_legal_mean_is_allowed_and_warned_of()
    {
        var (text, line, column) = WrongSite.Changed(SchoolFiles.Demo.Text, "comfort: 19 °C", "comfort: ¦20.5 °C");
        var parsed = SchoolFiles.Parse(text);
        parsed.TryGet(out var site).ShouldBeTrue();
        site!.Zones[0].Setpoints.Comfort.Degrees.ShouldBe(20.5);
        var warning = parsed.Warnings.ShouldHaveSingleItem().ToString();
        warning.ShouldStartWith($"{SchoolFiles.Demo.Name}:{line}:{column}: setpoints.comfort: ");
        warning.ShouldContain("R.241-26");
    }
}
