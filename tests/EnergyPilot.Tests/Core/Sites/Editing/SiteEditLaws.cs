using System.Globalization;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Sites.Editing;

/// <summary>Whatever is edited in the demonstration school: exactly that is different afterwards, and every line that is a comment stands.</summary>
public sealed class SiteEditLaws
{
    private static readonly string[] Texts = ["18.5 °C", "a", "x: y", "# no comment", "\"", "it's", "[1", "é\nè", " ", "- a", "~", "{a}", "08:30-12:00, 13:30-16:30", "a, b", "\\", "%", "-1", "?", "a:", "'", "|", "> b"];

    private static readonly string[] Paths =
    [
        "setpoints.comfort", "setpoints.frost", "site.name", "site.calendars[0]", "zones.cp.name", "zones.cp.setpoints.comfort", "zones.gym.facades.south", "zones.gym.setpoints.reduced",
        "programmes.gym.wed", "programmes.classroom.sat", "exceptions[0].note", "exceptions[2].setpoint", "exceptions[1].hours", "plant.boiler.name", "plant.circuits.wings.curve.design-outdoor",
        "devices.relays.wiring", "devices.meter-gas.pulse", "devices.new.name", "buses.modbus.where", "control.longest-override", "building.transmittance", "legal.comfort", "meters.gas.name",
    ];

    [Fact]
    public void An_edit_changes_its_value_and_no_other_and_no_comment_and_comes_back() => Law.Holds(chance =>
    {
        var (path, text) = (Paths[chance.Next(Paths.Length)], Texts[chance.Next(Texts.Length)]);
        var before = SchoolFiles.Demo;

        SiteEdits.Apply(before, [new SetValue(path, text)]).TryGet(out var after).ShouldBeTrue($"{path} := {text}");

        after.ShouldNotBeNull();
        Comments(after.Text).ShouldBe(Comments(before.Text));
        Old(after, path).ShouldBe(text);
        var differences = SiteDifference.Between(before, after);
        if (differences.IsEmpty) return;
        // A list is told as a whole, and what is new by its outermost new group.
        differences.ShouldHaveSingleItem();
        var there = differences[0].Path;
        (path == there || path.StartsWith(there + ".", StringComparison.Ordinal) || path.StartsWith(there + "[", StringComparison.Ordinal)).ShouldBeTrue($"{path}: {there}");
        SiteEdit back = Old(before, path) is { Length: > 0 } old ? new SetValue(path, old) : new Remove(path);
        SiteEdits.Apply(after, [back]).TryGet(out var again).ShouldBeTrue();
        SiteDifference.Between(before, again.ShouldNotBeNull()).ShouldBeEmpty();
        if (back is Remove || !after.Text.Contains('"', StringComparison.Ordinal)) again.Text.ShouldBe(before.Text);
    }, cases: 400);

    [Fact]
    public void Many_edits_in_a_row_mean_what_each_of_them_means() => Law.Holds(chance =>
    {
        var edits = Enumerable.Range(0, chance.Next(1, 8)).Select(_ => (Path: Paths[chance.Next(Paths.Length)], Text: chance.Next(10, 25).ToString(CultureInfo.InvariantCulture))).DistinctBy(e => e.Path).ToArray();

        SiteEdits.Apply(SchoolFiles.Demo, edits.Select(e => new SetValue(e.Path, e.Text))).TryGet(out var after).ShouldBeTrue();

        foreach (var (path, text) in edits) Old(after.ShouldNotBeNull(), path).ShouldBe(text);
        Comments(after.ShouldNotBeNull().Text).ShouldBe(Comments(SchoolFiles.Demo.Text));
    }, cases: 60);

    private static string Old(DocumentText text, string path) => YamlReading.TextAt(text.Text, path);

    private static string[] Comments(string text) => [.. text.Split('\n').Where(l => l.TrimStart().StartsWith('#'))];
}
