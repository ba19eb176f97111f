using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites.Editing;

namespace EnergyPilot.Tests.Core.Sites.Editing;

/// <summary>The demonstration school changed as people change it: what they meant, and nothing else.</summary>
public sealed class SiteEditing
{
    private static readonly string Demo = SchoolFiles.Demo.Text;

    [Fact]
    public void A_value_is_changed_where_it_stands_and_its_comment_stays()
    {
        var changed = Edited(new SetValue("setpoints.comfort", "18.5 °C"));

        Changed(Demo, changed).ShouldBe(["-  comfort: 19 °C      # Code de l'énergie, R.241-26", "+  comfort: 18.5 °C      # Code de l'énergie, R.241-26"]);
        Edited(changed, new SetValue("setpoints.comfort", "19 °C")).ShouldBe(Demo);
    }

    [Fact]
    public void A_setpoint_of_a_zone_that_has_none_is_written_with_its_group_and_taken_out_without_a_trace()
    {
        var changed = Edited(new SetValue("zones.cp.setpoints.comfort", "18.5 °C"));

        Changed(Demo, changed).ShouldBe(["+    setpoints:", "+      comfort: 18.5 °C"]);
        SchoolFiles.Parse(changed).TryGet(out var site).ShouldBeTrue();
        site.ShouldNotBeNull().Zones.First(z => z.Id.Name == "cp").Setpoints.Comfort.Degrees.ShouldBe(18.5);
        Edited(changed, new Remove("zones.cp.setpoints.comfort")).ShouldBe(Demo);
    }

    [Fact]
    public void A_programme_is_changed_day_by_day_and_the_comments_of_the_others_stay()
    {
        var changed = Edited(new SetBlock("programmes.gym", "mon tue thu fri: 09:00-12:00, 13:30-18:30\nwed: 09:00-13:00\nsat: 09:00-11:00\n"));

        Changed(Demo, changed).ShouldBe(["-    wed: 09:00-12:00", "+    wed: 09:00-13:00", "+    sat: 09:00-11:00"]);
    }

    [Fact]
    public void A_day_that_the_new_programme_does_not_have_goes() =>
        Changed(Demo, Edited(new SetBlock("programmes.hall", "mon tue thu fri: 07:30-18:30"))).ShouldBe(["-    wed: 07:30-12:30"]);

    [Fact]
    public void An_exception_is_added_at_the_end_and_taken_out_again()
    {
        var changed = Edited(new AddItem("exceptions", "on: 2026-11-24\nkind: event\nhours: 18:00-21:00\nzones: [gym, hall]\nnote: " + SiteEdits.Scalar("Parents' evening: everybody")));

        Changed(Demo, changed).ShouldBe(["+  - on: 2026-11-24", "+    kind: event", "+    hours: 18:00-21:00", "+    zones: [gym, hall]", "+    note: \"Parents' evening: everybody\""]);
        SchoolFiles.Parse(changed).TryGet(out var site).ShouldBeTrue();
        site.ShouldNotBeNull().Exceptions.Length.ShouldBe(4);
        Edited(changed, new Remove("exceptions[3]")).ShouldBe(Demo);
    }

    [Fact]
    public void An_exception_in_the_middle_is_taken_out_and_the_comments_of_the_others_stay() =>
        Changed(Demo, Edited(new Remove("exceptions[1]"))).ShouldBe(["-  - on: 2027-05-18              # Tuesday after Whit Monday", "-    kind: closed", "-    note: Journée pédagogique"]);

    [Fact]
    public void A_list_that_nothing_is_left_in_goes_with_its_key()
    {
        var changed = Edited(new Remove("exceptions[2]"), new Remove("exceptions[1]"), new Remove("exceptions[0]"));

        changed.ShouldNotContain("exceptions:");
        SchoolFiles.Parse(changed).Mistakes.ShouldBeEmpty();
        Edited(changed, new AddItem("exceptions", "on: 2026-11-24\nkind: closed")).ShouldContain("exceptions:\n  - on: 2026-11-24\n    kind: closed");
    }

    [Fact]
    public void What_stands_in_brackets_is_changed_in_its_brackets()
    {
        Changed(Demo, Edited(new SetValue("zones.cp.facades.south", "13 m²"))).ShouldBe(["-    facades: { south: 12 m² }", "+    facades: { south: 13 m² }"]);
        Changed(Demo, Edited(new SetValue("zones.cp.facades.east", "2 m²"))).ShouldBe(["-    facades: { south: 12 m² }", "+    facades: { south: 12 m², east: 2 m² }"]);
        Changed(Demo, Edited(new Remove("zones.ce1-ce2.facades.south"))).ShouldBe(["-    facades: { south: 12 m², east: 4 m² }", "+    facades: { east: 4 m² }"]);
        Changed(Demo, Edited(new SetBlock("zones.cp.temperature", "room-cp.temperature"))).ShouldBe(["-    temperature: [room-cp.temperature, air-cp.temperature]", "+    temperature: room-cp.temperature"]);
        Changed(Demo, Edited(new AddItem("site.calendars", "belgium-public"))).ShouldBe(["-  calendars: [france-zone-b, france-public]", "+  calendars: [france-zone-b, france-public, belgium-public]"]);
    }

    [Fact]
    public void A_device_is_added_behind_the_others_and_removed_again()
    {
        var changed = Edited(new SetBlock("devices.room-attic", "name: Attic\ntype: dallas-ds18b20\nbus: one-wire\naddress: 28-0316a2799999\n"));

        Changed(Demo, changed).ShouldBe(["+  room-attic:", "+    name: Attic", "+    type: dallas-ds18b20", "+    bus: one-wire", "+    address: 28-0316a2799999"]);
        SchoolFiles.Parse(changed).Mistakes.ShouldBeEmpty();
        Edited(changed, new Remove("devices.room-attic")).ShouldBe(Demo);
    }

    [Fact]
    public void Line_ends_of_the_file_and_a_missing_last_one_stay()
    {
        const string file = "a:\r\n  b: 1   # one\r\nc: 2";

        Edited(file, new SetValue("a.d", "3")).ShouldBe("a:\r\n  b: 1   # one\r\n  d: 3\r\nc: 2");
        var added = Edited(file, new SetValue("e.f", "4"));
        added.ShouldBe("a:\r\n  b: 1   # one\r\nc: 2\r\ne:\r\n  f: 4");
        Edited(added, new Remove("e.f")).ShouldBe(file);
    }

    [Fact]
    public void Quotes_stay_and_a_text_that_needs_them_gets_them()
    {
        Edited("a: 'it''s'\n", new SetValue("a", "that's it")).ShouldBe("a: 'that''s it'\n");
        Edited("a: \"x\"\n", new SetValue("a", "y \"z\"")).ShouldBe("a: \"y \\\"z\\\"\"\n");
        Edited("a: x\n", new SetValue("a", "b: c #d")).ShouldBe("a: \"b: c #d\"\n");
        Edited("a: x\n", new SetValue("a", "-9 °C")).ShouldBe("a: -9 °C\n");
    }

    [Fact]
    public void Injected_lines_become_a_text_and_never_keys() =>
        Edited("a: x\nb: y\n", new SetValue("a", "1\nb: evil\nc: evil")).ShouldBe("a: \"1\\nb: evil\\nc: evil\"\nb: y\n");

    [Fact]
    public void A_key_without_a_value_gets_one() =>
        Edited("a:   # nothing yet\nb: y\n", new SetValue("a.c", "1")).ShouldBe("a:   # nothing yet\n  c: 1\nb: y\n");

    [Theory]
    [InlineData("zones.cp.name.first")]
    [InlineData("zones[0].name")]
    [InlineData("exceptions[9].note")]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a[-1]")]
    public void A_path_that_leads_nowhere_is_a_mistake_that_names_it(string path)
    {
        var edited = SiteEdits.Apply(SchoolFiles.Demo, [new SetValue("setpoints.comfort", "18 °C"), new SetValue(path, "x")]);

        edited.TryGet(out _).ShouldBeFalse();
        edited.Mistakes.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public void Yaml_that_is_none_is_a_mistake() =>
        SiteEdits.Apply(SchoolFiles.Demo, [new SetBlock("programmes.gym", "mon: [1")]).Mistakes.ShouldNotBeEmpty();

    [Fact]
    public void What_is_not_there_needs_no_removing() => Edited(new Remove("zones.cp.setpoints")).ShouldBe(Demo);

    private static string Edited(params SiteEdit[] edits) => Edited(Demo, edits);

    private static string Edited(string text, params SiteEdit[] edits)
    {
        var edited = SiteEdits.Apply(new DocumentText("site.yaml", text), edits);
        edited.Mistakes.ShouldBeEmpty();
        edited.TryGet(out var next).ShouldBeTrue();
        return next.ShouldNotBeNull().Text;
    }

    private static string[] Changed(string before, string after) =>
        [.. LineDiff.Of(before, after, context: 0).Select(line => (line.Fate == LineFate.Added ? "+" : "-") + line.Text)];
}
