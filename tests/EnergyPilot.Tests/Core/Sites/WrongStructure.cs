using EnergyPilot.Core.Documents;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class WrongStructure
{
    [Theory]
    [InlineData("persons: 25", "¦colour: blue", "the unknown key \"colour\"", "one of name, use, floor-area")]
    [InlineData("persons: 25", "¦person: 25", "the unknown key \"person\"", "Nearest known name: persons")]
    [InlineData("meters:\n", "¦metres:\n", "the unknown key \"metres\"", "Nearest known name: meters")]
    [InlineData("  cp:\n    name: Classe 1 (CP)\n    use: classroom\n", "  ¦cp:\n    name: Classe 1 (CP)\n", "zones.cp: ", "no \"use\"", "use: one of classroom")]
    [InlineData("building:\n  transmittance: 1.7 W/m²K\n  air-changes: 0.4 1/h", "building: ¦concrete", "found \"concrete\"", "a group of keys")]
    [InlineData("building:\n  transmittance: 1.7 W/m²K\n", "¦building:\n  - transmittance: 1.7 W/m²K\n  - ", "found a list", "a group of keys")]
    [InlineData("  library:\n    name: B", "  ¦gym:\n    name: B", "the key \"gym\" a second time")]
    [InlineData("outdoor: outdoor.temperature", "¦outdoor: []", "an empty list")]
    [InlineData(Gas + "    calorific-value: 11.2 kWh/m³\n", "¦" + Gas, "no \"calorific-value\"")]
    public void Keys_are_checked(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    private const string Gas = "gas:\n    name: Compteur de gaz\n    medium: gas\n    index: meter-gas.volume\n";

    [Theory]
    [InlineData("    name: Classe 1 (CP)", "¦\tname: Classe 1 (CP)", "a tab at the beginning of the line", "spaces")]
    [InlineData("name: Classe 1 (CP)", "name: Classe ¦\u00071 (CP)", "the control character 0x07", "binary")]
    [InlineData("École", "¦\uFFFDcole", "bytes that are not UTF-8", "saved as UTF-8")]
    [InlineData("setpoints:\n", "setpoints: ¦&usual\n", "the anchor &usual", "every value is written where it is used")]
    [InlineData("setpoints: { comfort: 17 °C }", "setpoints: ¦*usual", "the alias *usual")]
    [InlineData("persons: 25", "persons: ¦!!int 25", "a YAML tag")]
    [InlineData("zones:\n", "¦---\nzones:\n", "a second document", "one document per file")]
    [InlineData("persons: 25", "persons: ¦[25\n    facades", "not YAML")]
    [InlineData("persons: 25", "? ¦[a, b]\n    : 25", "a list or a group as a key")]
    public void What_is_no_plain_yaml_is_refused(string find, string change, params string[] words) => WrongSite.ShouldSay(find, change, words);

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("  \n\n", "an empty file")]
    [InlineData("# only a comment\n", "an empty file")]
    [InlineData("just words", "found \"just words\"", "a group of keys")]
    [InlineData("- a\n- b\n", "found a list")]
    [InlineData("%YAML 3.7\n---\na: b\n", "not YAML")]
    [InlineData("\"\\U0011FFFF\": b\n", "not YAML")]
    public void A_file_that_is_no_site_is_refused(string text, params string[] words)
    {
        var mistake = SchoolFiles.Parse(text).Mistakes.ShouldHaveSingleItem();
        foreach (var word in words) mistake.ToString().ShouldContain(word);
    }

    [Fact]
    public void A_file_of_ten_megabytes_is_refused_unread() =>
        WrongSite.ShouldSay(SchoolFiles.Parse(new string('a', 10 << 20)), 1, 1, "10 MB", "at most 1 MB");

    [Fact]
    public void Deep_nesting_is_refused() =>
        SchoolFiles.Parse(new string('[', 100_000)).Mistakes.ShouldHaveSingleItem().Found.ToString().ShouldContain("levels");

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_do_no_harm() =>
        SchoolFiles.Parse('\uFEFF' + SchoolFiles.Demo.Text.ReplaceLineEndings("\r\n")).Mistakes.ShouldBeEmpty();

    [Fact]
    public void All_mistakes_are_reported_at_once_in_file_order()
    {
        var text = SchoolFiles.Demo.Text
            .Replace("persons: 90", "persons: crowd", StringComparison.Ordinal)
            .Replace("time-zone: Europe/Paris", "time-zone: Mars/Olympus", StringComparison.Ordinal)
            .Replace("comfort: 19 °C", "comfort: 91 °C", StringComparison.Ordinal)
            .Replace("circuit: gym-canteen\n    programme: gym", "circuit: gim\n    programme: gym", StringComparison.Ordinal);
        var mistakes = SchoolFiles.Parse(text).Mistakes;
        mistakes.Select(m => m.Path).ShouldBe(["site.time-zone", "setpoints.comfort", "zones.canteen.persons", "zones.gym.circuit"]);
        mistakes.Select(m => m.Line).ShouldBeInOrder();
    }

    [Fact]
    public void A_lost_section_is_reported_itself_and_not_at_everything_that_refers_to_it()
    {
        var parsed = SchoolFiles.Parse(SchoolFiles.Demo.Text.Replace("devices:\n", "devises:\n", StringComparison.Ordinal));
        parsed.Mistakes.Select(m => m.Found.ToString()).ShouldBe(["no \"devices\"", "the unknown key \"devises\""]);
    }

    [Fact]
    public void One_wrong_device_model_is_reported_once_in_its_own_file_and_not_at_every_point_of_it()
    {
        var types = SchoolFiles.DeviceTypes.ToDictionary(StringComparer.Ordinal);
        types["elt-mb-350u-c"] = new DocumentText("elt.yaml", SchoolFiles.DeviceTypes["elt-mb-350u-c"].Text.Replace("unit: ppm", "unit: pmm", StringComparison.Ordinal));
        var parsed = EnergyPilot.Core.Sites.SiteFile.Parse(SchoolFiles.Sources(SchoolFiles.Demo.Text) with { DeviceTypes = types });
        var mistake = parsed.Mistakes.ShouldHaveSingleItem().ToString();
        mistake.ShouldStartWith("elt.yaml:11:11: points.co2.unit: ");
        mistake.ShouldContain("Nearest known name: ppm");
    }
}
