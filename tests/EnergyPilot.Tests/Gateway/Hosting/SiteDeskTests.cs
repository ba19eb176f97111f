using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Data.Sqlite;
using Carrying = EnergyPilot.Core.Sites.Carrying;
using NetworkPlace = EnergyPilot.Core.Sites.NetworkPlace;
using Role = EnergyPilot.Gateway.Storage.Role;
using SiteUplink = EnergyPilot.Core.Sites.Uplink;

namespace EnergyPilot.Tests.Gateway.Hosting;

public sealed class SiteDeskTests : IDisposable
{
    private static readonly SetValue Cooler = new("zones.cp.setpoints.comfort", "18.5 °C");
    private static readonly SetBlock Attic = new("devices.room-attic", "type: dallas-ds18b20\nbus: one-wire\naddress: 28-0316a2799999");

    private readonly DeskBench bench = new();

    private SiteDesk Desk => bench.Desk;

    public SiteDeskTests() => bench.Start().ShouldBeTrue();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Setpoint_holds_at_once_and_is_kept_with_who_and_why()
    {
        var change = Desk.Apply([Cooler], Desk.Version, DeskBench.Staff, "parents asked");

        change.State.ShouldBe(SiteChangeState.Applied);
        bench.Beginnings.ShouldBe(0);
        Comfort(bench.Live.Site).ShouldBe(18.5);
        Desk.Versions.Select(v => (v.Number, v.Who, v.Origin, v.Note)).ShouldBe([(2, "Marie", "10.0.0.7", "parents asked"), (1, "gateway", "file", "")]);
        Desk.TextOf(1).ShouldNotBeNull().Text.ShouldBe(SchoolFiles.Demo.Text);
        bench.Store.Audit.Latest(1).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            a => a.Who.ShouldBe("Marie"), a => a.Origin.ShouldBe("10.0.0.7"), a => a.What.ShouldBe("site changed"), a => a.Subject.ShouldBe("zones.cp.setpoints"), a => a.New.ShouldContain("18.5 °C"));
    }

    [Fact]
    public void Change_outlives_a_restart_and_the_file_on_disk_stays_the_installers()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");

        bench.Start().ShouldBeTrue();

        Comfort(bench.Live.Site).ShouldBe(18.5);
        (Desk.Version, Desk.Versions.Length, bench.Log.Count).ShouldBe((2, 2, 0));
    }

    [Fact]
    public void File_that_was_edited_on_disk_holds_and_becomes_a_version()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        bench.File = bench.File.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal);

        bench.Start().ShouldBeTrue();

        Comfort(bench.Live.Site).ShouldBe(18);
        Desk.Versions.Select(v => (v.Number, v.Who, v.Origin)).ShouldBe([(3, "gateway", "file"), (2, "Marie", "10.0.0.7"), (1, "gateway", "file")]);
        bench.Log.ShouldHaveSingleItem().Text.ShouldContain("edited");
        bench.Store.Audit.Latest(10).Where(a => a.What == "site file read anew").Select(a => a.Subject).ShouldBe(["zones.cp.setpoints", "setpoints.comfort"], ignoreOrder: true);
        bench.Start().ShouldBeTrue();
        (Desk.Version, bench.Log.Count).ShouldBe((3, 0));
        Desk.Undo(2, 3, DeskBench.Staff, "").ShouldNotBeNull().State.ShouldBe(SiteChangeState.Applied);
        Comfort(bench.Live.Site).ShouldBe(18.5);
    }

    [Fact]
    public void Broken_file_on_disk_makes_way_for_the_last_version_and_is_told()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        bench.File = "site: [";

        bench.Start().ShouldBeTrue();

        Comfort(bench.Live.Site).ShouldBe(18.5);
        Desk.Alarming().ShouldHaveSingleItem().Reason.Code.ShouldBe(ReasonCode.SiteFileWrong);
        bench.Log.ShouldHaveSingleItem().Text.ShouldContain("mistakes");
    }

    [Fact]
    public void Version_that_a_newer_program_does_not_understand_makes_way_for_the_file()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        var (newest, lines) = (Desk.Versions[0], Array.Empty<AuditEntry>());
        bench.Store.Sites.Add([(newest with { Number = 3 }, SchoolFiles.Demo.Text + "\nrobots: yes\n")], lines);

        bench.Start().ShouldBeTrue();

        Comfort(bench.Live.Site).ShouldBe(19);
        Desk.Alarming().ShouldHaveSingleItem().Reason.Code.ShouldBe(ReasonCode.SiteVersionUnreadable);
        Desk.Version.ShouldBe(4);
        bench.Start().ShouldBeTrue();
        Desk.Alarming().ShouldBeEmpty();
    }

    [Fact]
    public void Broken_file_without_any_version_does_not_start()
    {
        bench.File = "site: [";

        bench.Start().ShouldBeFalse();
    }

    [Fact]
    public void Damaged_version_is_as_good_as_none()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        bench.Store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={bench.DatabasePath};Pooling=False"))
        {
            connection.Open();
            connection.Execute("UPDATE site_version SET text = x'ff00ff7fdeadbeef'");
        }

        SiteBook.Peek(bench.DatabasePath).ShouldBeNull();
        bench.Start().ShouldBeTrue();
        Comfort(bench.Live.Site).ShouldBe(19);
    }

    [Fact]
    public void Whoever_rests_on_an_older_version_is_told_and_changes_nothing()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.Applied);

        var late = Desk.Apply([new SetValue("setpoints.comfort", "17 °C")], 0, DeskBench.Installer, "");

        (late.State, late.Version, Desk.Version).ShouldBe((SiteChangeState.Outdated, 2, 2));
        Comfort(bench.Live.Site).ShouldBe(18.5);
    }

    [Fact]
    public void Mistakes_are_told_with_their_line_and_change_nothing()
    {
        var change = Desk.Apply(bench.With("comfort: 19 °C", "comfort: 99 °C"), 0, DeskBench.Installer, "");

        change.State.ShouldBe(SiteChangeState.Mistaken);
        var line = change.Preview.Mistakes.First().Line;
        SchoolFiles.Demo.Text.Split('\n')[line - 1].ShouldContain("comfort: 19 °C");
        Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public void Staff_change_comfort_and_nothing_of_the_installation()
    {
        var viewer = new Visitor("Paul", Role.Viewer, "::1");

        Desk.Apply([Cooler], 0, viewer, "").State.ShouldBe(SiteChangeState.Refused);
        Desk.Apply([Cooler], 0, Visitor.Nobody, "").State.ShouldBe(SiteChangeState.Refused);
        Desk.Apply([Attic], 0, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.Refused);
        Desk.Apply([Cooler, new SetValue("control.planner", "off")], 0, DeskBench.Staff, "").State.ShouldBeOneOf(SiteChangeState.Refused, SiteChangeState.Mistaken);
        Desk.Apply(bench.With("# A demonstration school", "# Our school"), 0, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.Refused);
        Desk.Versions.ShouldBeEmpty();
    }

    [Fact]
    public void Device_needs_a_new_beginning_and_does_not_hold_before()
    {
        var change = Desk.Apply([Attic], 0, DeskBench.Installer, "");

        (change.State, bench.Beginnings).ShouldBe((SiteChangeState.BeginsAnew, 1));
        bench.Live.Site.Devices.ShouldNotContain(d => d.Id == "room-attic");
        Desk.Current.Devices.ShouldContain(d => d.Id == "room-attic");

        // What comes while the host is about to begin anew must wait for it, too.
        Desk.Apply([Cooler], 2, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.BeginsAnew);
        bench.Live.Site.Devices.ShouldNotContain(d => d.Id == "room-attic");
        bench.Start().ShouldBeTrue();
        bench.Live.Site.Devices.ShouldContain(d => d.Id == "room-attic");
        Comfort(bench.Live.Site).ShouldBe(18.5);
    }

    [Fact]
    public void Version_whose_start_ended_before_its_first_cycle_makes_way_for_the_one_before_and_is_told()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        Desk.Prove(2);
        Desk.Apply([Attic], 2, DeskBench.Installer, "");
        bench.Start().ShouldBeTrue();
        bench.Live.Site.Devices.ShouldContain(d => d.Id == "room-attic", "it is tried once");

        bench.Start().ShouldBeTrue();

        bench.Live.Site.Devices.ShouldNotContain(d => d.Id == "room-attic");
        Comfort(bench.Live.Site).ShouldBe(18.5);
        Desk.Versions.Select(v => (v.Number, v.Who, v.Origin)).First().ShouldBe((4, "gateway", SiteVersion.WentBack));
        Desk.Failed.ShouldBe([3]);
        Desk.Alarming().ShouldHaveSingleItem().Reason.ShouldSatisfyAllConditions(r => r.Code.ShouldBe(ReasonCode.SiteVersionFailed), r => r.Facts.ShouldHaveSingleItem().Number.ShouldBe(3));
        bench.Log.ShouldHaveSingleItem().Text.ShouldContain("Version 3 of the site ended before its first cycle");
        bench.Store.Audit.Latest(1).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.What.ShouldBe("site went back"), a => a.Who.ShouldBe("gateway"), a => a.Subject.ShouldContain("room-attic"));

        // It is told until somebody changes the site again, also after the next start.
        bench.Start().ShouldBeTrue();
        (Desk.Version, Desk.Alarming().Count()).ShouldBe((4, 1));
        Desk.Undo(3, 4, DeskBench.Installer, "mended").ShouldNotBeNull().State.ShouldBe(SiteChangeState.BeginsAnew);
        Desk.Alarming().ShouldBeEmpty();
    }

    [Fact]
    public void First_cycle_proves_a_version_for_good()
    {
        Desk.Apply([Attic], 0, DeskBench.Installer, "");
        bench.Start().ShouldBeTrue();
        Desk.Prove(Desk.Version);

        bench.Start().ShouldBeTrue();

        bench.Live.Site.Devices.ShouldContain(d => d.Id == "room-attic");
        (Desk.Version, Desk.TryGoBack()).ShouldBe((2, false), "what fails now is no matter of the site");
    }

    [Fact]
    public void Start_that_people_end_is_no_failure_of_the_version()
    {
        Desk.Apply([Attic], 0, DeskBench.Installer, "");
        bench.Start().ShouldBeTrue();
        Desk.Postpone();

        bench.Start().ShouldBeTrue();

        bench.Live.Site.Devices.ShouldContain(d => d.Id == "room-attic");
        Desk.Failed.ShouldBeEmpty();
    }

    [Fact]
    public void Change_upon_a_version_that_nobody_proved_goes_with_it()
    {
        Desk.Apply([Attic], 0, DeskBench.Installer, "");
        bench.Start().ShouldBeTrue();
        Desk.Apply([Cooler], 2, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.Applied);
        bench.Start().ShouldBeTrue();
        Desk.TryGoBack().ShouldBeTrue();

        bench.Start().ShouldBeTrue();

        bench.Live.Site.Devices.ShouldNotContain(d => d.Id == "room-attic");
        Desk.TextOf(Desk.Version).ShouldNotBeNull().Text.ShouldBe(SchoolFiles.Demo.Text);
    }

    [Fact]
    public void Live_change_with_which_the_control_fails_is_gone_back_on()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        Desk.Prove(2);
        Desk.Apply([new SetValue("zones.cp.setpoints.comfort", "17.5 °C")], 2, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.Applied);
        Desk.Prove(2);

        Desk.TryGoBack().ShouldBeTrue("the cycle that ended began before the change");

        (bench.Beginnings, Desk.GivenUp).ShouldBe((1, 3));
        Desk.IsOnTrial(3).ShouldBeTrue("a start that this ends may not end the program");
        bench.Start().ShouldBeTrue();
        Comfort(bench.Live.Site).ShouldBe(18.5);
        Desk.Failed.ShouldBe([3]);
    }

    [Fact]
    public void Live_change_is_proved_by_its_first_cycle_and_not_by_an_earlier_one()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");
        Desk.Prove(0);
        Desk.IsOnTrial(2).ShouldBeTrue();
        bench.Number("SELECT count(*) FROM site_trial").ShouldBe(1);

        Desk.Prove(2);

        Desk.IsOnTrial(2).ShouldBeFalse();
        bench.Number("SELECT count(*) FROM site_trial").ShouldBe(0);
        (Desk.TryGoBack(), bench.Beginnings).ShouldBe((false, 0));
    }

    [Fact]
    public void Proof_that_the_card_does_not_take_is_told_again_until_it_does()
    {
        Desk.Apply([Attic], 0, DeskBench.Installer, "");
        bench.Start().ShouldBeTrue();
        bench.Number("CREATE TRIGGER full BEFORE DELETE ON site_trial BEGIN SELECT RAISE(ABORT, 'full'); END");
        Desk.Prove(2);
        Desk.Prove(2);
        bench.Log.ShouldHaveSingleItem().Text.ShouldContain("full");
        Desk.IsOnTrial(2).ShouldBeFalse("a cycle has ended, whatever the card knows");
        bench.Number("DROP TRIGGER full");
        Desk.Prove(2);

        bench.Start().ShouldBeTrue();
        bench.Start().ShouldBeTrue();

        (Desk.Version, Desk.Failed.Count).ShouldBe((2, 0));
        bench.Live.Site.Devices.ShouldContain(d => d.Id == "room-attic");
    }

    [Fact]
    public void Change_while_the_folder_takes_nothing_is_refused_and_not_lost_later()
    {
        bench.Start(isFolderMissing: true).ShouldBeTrue();

        Desk.Apply([Cooler], 0, DeskBench.Staff, "").State.ShouldBe(SiteChangeState.NotKept);
        Desk.Apply([Attic], 0, DeskBench.Installer, "").State.ShouldBe(SiteChangeState.NotKept);

        (Comfort(bench.Live.Site), bench.Beginnings, Desk.Versions.Length).ShouldBe((19, 0, 0));
    }

    [Fact]
    public void Undo_is_a_new_version_with_the_text_of_the_old_one()
    {
        Desk.Apply([Cooler], 0, DeskBench.Staff, "");

        Desk.Undo(1, 2, DeskBench.Staff, "too cold").ShouldNotBeNull().Version.ShouldBe(3);

        Desk.Text.Text.ShouldBe(SchoolFiles.Demo.Text);
        Comfort(bench.Live.Site).ShouldBe(19);
        Desk.Undo(77, 3, DeskBench.Staff, "").ShouldBeNull();
        Desk.Undo(3, 3, DeskBench.Staff, "").ShouldNotBeNull().State.ShouldBe(SiteChangeState.Unchanged);
    }

    [Theory]
    [InlineData("setpoints.reduced", "15 °C", SiteEffect.Live, SiteScope.Comfort)]
    [InlineData("programmes.gym.sat", "09:00-11:00", SiteEffect.Live, SiteScope.Comfort)]
    [InlineData("zones.gym.programme", "hall", SiteEffect.Live, SiteScope.Comfort)]
    [InlineData("exceptions[0].note", "Marché", SiteEffect.Live, SiteScope.Comfort)]
    [InlineData("plant.circuits.wings.curve.design-supply", "65 °C", SiteEffect.Live, SiteScope.Installation)]
    [InlineData("meters.gas.price", "0.11 €/kWh", SiteEffect.Live, SiteScope.Installation)]
    [InlineData("meters.gas.co2", "205 g/kWh", SiteEffect.Live, SiteScope.Installation)]
    [InlineData("meters.gas.standing-charge", "400 €/y", SiteEffect.Live, SiteScope.Installation)]
    [InlineData("meters.gas.calorific-value", "11 kWh/m³", SiteEffect.Anew, SiteScope.Installation)]
    [InlineData("zones.gym.name", "Salle", SiteEffect.Live, SiteScope.Installation)]
    [InlineData("devices.air-cp.address", "77", SiteEffect.Anew, SiteScope.Installation)]
    [InlineData("zones.cp.valve", "relays.channel-15", SiteEffect.Anew, SiteScope.Installation)]
    [InlineData("site.latitude", "50 °", SiteEffect.Anew, SiteScope.Installation)]
    [InlineData("history.detail", "30 d", SiteEffect.Anew, SiteScope.Installation)]
    public void Preview_says_what_a_change_needs_and_whose_business_it_is(string path, string value, SiteEffect effect, SiteScope scope)
    {
        var preview = Desk.Preview([new SetValue(path, value)]);

        preview.Mistakes.ShouldBeEmpty();
        (preview.Effect, preview.Scope).ShouldBe((effect, scope));
        preview.Diff.ShouldNotBeEmpty();
        Desk.Versions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zones.gym.name", SiteEffect.Anew)]
    [InlineData("zones.gym.floor-area", SiteEffect.Anew)]
    [InlineData("meters.gas.price", SiteEffect.Anew)]
    [InlineData("meters.gas.co2", SiteEffect.Anew)]
    [InlineData("meters.gas.standing-charge", SiteEffect.Live)]
    [InlineData("meters.water.volume-price", SiteEffect.Live)]
    [InlineData("setpoints.reduced", SiteEffect.Live)]
    public void What_an_uplink_tells_at_its_births_needs_others(string path, SiteEffect effect)
    {
        SiteDifference.EffectOf([new(path, "", "")], new SiteUplink(new NetworkPlace("127.0.0.1", 1, Carrying.Plain), "city", "school")).ShouldBe(effect);
        SiteDifference.EffectOf([new(path, "", "")], SiteUplink.None).ShouldBe(SiteEffect.Live);
    }

    [Fact]
    public void Old_versions_go_and_the_newest_stay()
    {
        var version = new SiteVersion(1, bench.Store.Sites.All.FirstOrDefault()?.At ?? DateTimeOffset.UnixEpoch, "x", "y", "", "z");
        bench.Store.Sites.Add(Enumerable.Range(1, SiteBook.MostKept + 20).Select(i => (version with { Number = i }, $"text {i}")), []);

        Desk.Versions.Length.ShouldBe(SiteBook.MostKept);
        Desk.Versions[^1].Number.ShouldBe(21);
        Desk.TextOf(320).ShouldNotBeNull().Text.ShouldBe("text 320");
    }

    private static double Comfort(EnergyPilot.Core.Sites.Site site) => site.Zones.First(z => z.Id.Name == "cp").Setpoints.Comfort.Degrees;
}
