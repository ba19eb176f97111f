using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class HistoryFiles
{
    private const string Block = """

        history:
          detail: 30 d
          quarters: 2 y
          size: 2 GB
          heartbeat: 5 min
          deadbands:
            temperature: 0.5 K
            power: 0.1 kW

        """;

    [Fact]
    public void A_site_that_says_nothing_keeps_what_is_usual()
    {
        var site = SchoolFiles.DemoSite;
        site.History.ShouldBe(History.Usual);
        site.Points.Values.ShouldAllBe(p => p.Keeping == Keeping.Of(p.Type.Quantity));
    }

    [Fact]
    public void A_site_says_what_it_keeps()
    {
        var site = Parsed(SchoolFiles.Demo.Text + Block);

        (site.History.Detail, site.History.Quarters, site.History.LargestBytes).ShouldBe((TimeSpan.FromDays(30), TimeSpan.FromDays(732), 2_000_000_000));
        var points = site.Points.Values.ToLookup(p => p.Type.Quantity, p => p.Keeping);
        points[Quantity.Temperature].ShouldAllBe(k => k == new Keeping(new Deadband(0.5, 0), TimeSpan.FromMinutes(5)));
        points[Quantity.Power].ShouldAllBe(k => k.Deadband == new Deadband(100, 0));
        points[Quantity.Concentration].ShouldAllBe(k => k == new Keeping(Deadband.Of(Quantity.Concentration), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void A_point_says_otherwise_than_its_device_and_its_site()
    {
        var site = Parsed((SchoolFiles.Demo.Text + Block).Replace(
            "    type: eastron-sdm630\n", "    type: eastron-sdm630\n    heartbeat: 1 min\n    points:\n      active-power: { deadband: 5 W, heartbeat: 30 s }\n", StringComparison.Ordinal));

        var meter = site.Devices.Single(d => d.Type.Id == "eastron-sdm630");
        meter.Points.Single(p => p.Type.Name == "active-power").Keeping.ShouldBe(new Keeping(new Deadband(5, 0), TimeSpan.FromSeconds(30)));
        meter.Points.Where(p => p.Type.Name != "active-power").ShouldAllBe(p => p.Keeping.Heartbeat == TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("detail: 30 d", "detail: ¦-3 d", "between 7 and 3660 d")]
    [InlineData("detail: 30 d", "detail: ¦30", "a duration in s")]
    [InlineData("quarters: 2 y", "quarters: ¦31 min", "between 43200 and")]
    [InlineData("detail: 30 d\n  quarters: 2 y", "detail: 90 d\n  quarters: ¦60 d", "quarters at least as long as detail")]
    [InlineData("size: 2 GB", "size: ¦20 MB", "at least ", "MB: what days that are not over yet take")]
    [InlineData("size: 2 GB", "size: ¦-1 GB", "a size from 1 MB")]
    [InlineData("size: 2 GB", "size: ¦2 TB", "a size from 1 MB")]
    [InlineData("heartbeat: 5 min", "heartbeat: ¦1 h", "between 0.0028 and 0.25 h")]
    [InlineData("heartbeat: 5 min", "heartbeet: 5 min", "the unknown key \"heartbeet\"", "Nearest known name: heartbeat")]
    [InlineData("temperature: 0.5 K", "temperature: ¦-0.5 K", "a temperature difference between 0 and")]
    [InlineData("temperature: 0.5 K", "temperature: ¦0.5 °C", "a temperature difference in K")]
    [InlineData("temperature: 0.5 K", "energy: 1 kWh", "the unknown key \"energy\"")]
    public void Nonsense_is_named_with_what_would_do(string find, string change, params string[] words) => ShouldSay(SchoolFiles.Demo.Text + Block, find, change, words);

    [Theory]
    [InlineData("active-power: { deadband: ¦5 K }", "a power in W")]
    [InlineData("energy-import: { deadband: ¦1 kWh }", "none: an index is kept by its heartbeat")]
    [InlineData("active-power: { heartbeat: ¦0 s }", "between 10 and 900 s")]
    public void Nonsense_of_a_point_is_named_too(string change, string words) => ShouldSay(
        SchoolFiles.Demo.Text, "    type: eastron-sdm630\n", $"    type: eastron-sdm630\n    points:\n      {change}\n", [words]);

    private static void ShouldSay(string text, string find, string change, string[] words)
    {
        if (!change.Contains('¦', StringComparison.Ordinal))
        {
            var at = text.LastIndexOf(find, StringComparison.Ordinal);
            var said = SchoolFiles.Parse(text.Remove(at, find.Length).Insert(at, change)).Mistakes.ShouldHaveSingleItem().ToString();
            foreach (var word in words) said.ShouldContain(word);
            return;
        }

        var (changed, line, column) = WrongSite.Changed(text, find, change);
        WrongSite.ShouldSay(SchoolFiles.Parse(changed), line, column, words);
    }

    private static Site Parsed(string text)
    {
        var parsed = SchoolFiles.Parse(text);
        parsed.Mistakes.ShouldBeEmpty();
        return parsed.TryGet(out var site) ? site : throw new InvalidOperationException();
    }
}
