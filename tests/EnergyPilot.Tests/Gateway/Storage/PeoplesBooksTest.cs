using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Control;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class PeoplesBooksTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Override_holds_from_its_beginning_to_its_end_also_after_a_restart()
    {
        EnergyPilot.Core.Schedules.Override added;
        using (var store = folder.Open()) added = store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(2), "parents' evening"));
        using var again = folder.Open();

        again.Overrides.Active(Start.AddSeconds(-1)).ShouldBeEmpty();
        again.Overrides.Active(Start).ShouldBe([added]);
        again.Overrides.Active(Start.AddHours(2)).ShouldBeEmpty();
    }

    [Fact]
    public void Override_is_on_the_card_before_the_call_returns()
    {
        using var store = folder.Open();
        store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(2), ""));

        folder.Number("SELECT count(*) FROM override").ShouldBe(1);
    }

    [Fact]
    public void Override_without_an_end_after_its_beginning_is_refused()
    {
        using var store = folder.Open();

        Should.Throw<ArgumentOutOfRangeException>(() => store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start, "")));
        Should.Throw<ArgumentOutOfRangeException>(() => store.Overrides.Replace(new(0, School.Zone, new(double.NaN), "Ana", Start, Start.AddHours(1), "")));
        folder.Number("SELECT count(*) FROM override").ShouldBe(0);
    }

    [Fact]
    public void Cancelled_override_ends_at_once_and_stays_cancelled()
    {
        using (var store = folder.Open())
        {
            var added = store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(2), ""));
            store.Overrides.Cancel(added.Id, "Bob", Start.AddMinutes(1)).ShouldBeTrue();
            store.Overrides.Cancel(added.Id, "Eve", Start.AddMinutes(2)).ShouldBeFalse();
            store.Overrides.Active(Start.AddMinutes(1)).ShouldBeEmpty();
        }

        using var again = folder.Open();
        again.Overrides.Active(Start.AddMinutes(1)).ShouldBeEmpty();
        folder.Number("SELECT count(*) FROM override WHERE cancelled_by = 'Bob'").ShouldBe(1);
    }

    [Fact]
    public void Wish_made_by_a_clock_that_was_wrong_lasts_as_long_as_it_was_meant()
    {
        var (from, now, by) = (Start.AddHours(-1), Start.AddMinutes(30), TimeSpan.FromDays(10));
        using (var store = folder.Open())
        {
            store.Overrides.Replace(new(0, School.Zone, new(19), "Ana", Start.AddDays(-1), Start.AddDays(20), "of an earlier run") { Priority = Priority.City });
            store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(2), ""));
            store.Overrides.Move(from, now, by);
            store.Overrides.Active(now + by).Select(o => o.Setpoint.Degrees).ShouldBe([19, 21]);
        }

        using var again = folder.Open();
        again.Overrides.Active(now + by).Select(o => o.Setpoint.Degrees).ShouldBe([19, 21]);
        again.Overrides.Active(now).Select(o => o.Setpoint.Degrees).ShouldBe([19]);
    }

    [Fact]
    public void What_a_supervisor_wishes_all_day_costs_no_copy_of_the_settings_and_goes_when_it_is_old()
    {
        using var store = folder.Open();
        store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddMinutes(10), ""));
        store.Snapshot(Start);
        var copy = new FileInfo(folder.File + ".settings");
        var first = copy.LastWriteTimeUtc;
        for (var n = 1; n < 100; n++)
        {
            var at = Start.AddMinutes(15 * n);
            store.Overrides.Replace(new(0, School.Zone, new(20), "supervisor", at, at.AddMinutes(30), ""));
            store.Overrides.Replace(new(0, School.Zone, new(20), "city", at, at.AddMinutes(30), "") { Priority = Priority.City });
            store.Audit.Write(new(at, "supervisor", "modbus", "override", "cp", "", ""));
            store.Snapshot(at);
        }

        copy.Refresh();
        copy.LastWriteTimeUtc.ShouldBe(first);
        store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start.AddDays(2), Start.AddDays(3), ""));
        store.Snapshot(Start.AddDays(2));
        using (var connection = StoreFile.Connect(copy.FullName, SqliteOpenMode.ReadOnly)) connection.Number("SELECT count(*) FROM override").ShouldBe(1, "what still holds");

        store.Trim(Start.AddDays(62.5));
        folder.Number("SELECT count(*) FROM override").ShouldBe(1);
        folder.Number("SELECT count(*) FROM audit").ShouldBe(99, "who wished it stays");
    }

    [Fact]
    public void Setting_keeps_all_its_versions()
    {
        using var store = folder.Open();
        store.Settings.TryFind("zone/cp", out _).ShouldBeFalse();
        store.Settings.Save("zone/cp", "1", "Ana");
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        store.Settings.Save("zone/cp", "2", "Bob");
        store.Settings.Save("zone/cm", "3", "Bob");
        store.Settings.Save("zonder", "4", "Bob");

        store.Settings.TryFind("zone/cp", out var setting).ShouldBeTrue();
        setting.ShouldBe(new Setting("zone/cp", 2, "2", "Bob", folder.Time.GetUtcNow()));
        store.Settings.Versions("zone/cp").Select(s => (s.Version, s.Json, s.Who)).ShouldBe([(1, "1", "Ana"), (2, "2", "Bob")]);
        store.Settings.Versions("zone/cm").ShouldHaveSingleItem().Json.ShouldBe("3");
    }

    [Fact]
    public void Newest_versions_of_a_setting_stay_and_the_others_go()
    {
        using var store = folder.Open();
        store.Settings.Save("zone/cm", "3", "Bob");
        for (var i = 1; i <= 70; i++) store.Settings.Save("zone/cp", $"{i}", "Ana");

        var kept = store.Settings.Versions("zone/cp");
        (kept.Length, kept[0].Version, kept[^1].Json).ShouldBe((SettingBook.MostKept, 21, "70"));
        store.Settings.Versions("zone/cm").Length.ShouldBe(1);
    }

    [Fact]
    public void Snapshot_is_written_also_when_a_setting_loses_as_many_versions_as_it_gains()
    {
        using (var store = folder.Open())
        {
            for (var i = 1; i <= 60; i++) store.Settings.Save("zone/cp", $"{i}", "Ana");
            store.Snapshot(Start.AddHours(1));
            store.Settings.Save("zone/cp", "61", "Ana");
            store.Snapshot(Start.AddHours(2));
        }

        File.Delete(folder.File);
        using var again = folder.Open();
        var kept = again.Settings.Versions("zone/cp");
        (kept.Length, kept[^1].Version, kept[^1].Json).ShouldBe((5, 61, "61"), "what stood there long before is not worth a copy");
    }

    [Fact]
    public void Cursor_reads_in_order_and_never_goes_back()
    {
        using (var store = folder.Open())
        {
            for (var n = 0; n < 10; n++) store.Record(School.Cycle(Start.AddSeconds(10 * n), (School.Room, 20 + n)));
            store.Cursors.ReadAfter("uplink", 10).ShouldBeEmpty("what is not committed may still vanish");
            store.Flush();

            store.Cursors.ReadAfter("uplink", 3).Select(s => (s.Sequence, s.Value, s.At)).ShouldBe([(1, 20, Start), (2, 21, Start.AddSeconds(10)), (3, 22, Start.AddSeconds(20))]);
            store.Cursors.Advance("uplink", 4);
            store.Cursors.Advance("uplink", 2);
        }

        using var again = folder.Open();
        again.Cursors.ReadAfter("uplink", 100).Select(s => s.Sequence).ShouldBe([5, 6, 7, 8, 9, 10]);
        again.Cursors.ReadAfter("export", 1).ShouldHaveSingleItem().Sequence.ShouldBe(1);
        again.Cursors.Advance("uplink", long.MaxValue);
        again.Cursors.At("uplink").ShouldBe(10, "or what comes next would be skipped");
    }

    [Fact]
    public void Audit_is_append_only()
    {
        using var store = folder.Open();
        var entry = new AuditEntry(Start, "Ana", "10.0.0.7", "setting changed", "zone/cp", "19", "20");
        store.Audit.Write(entry with { What = "signed in" });
        store.Audit.Write(entry);

        store.Audit.Latest(1).Select(e => e with { Id = 0 }).ShouldBe([entry]);
        store.Audit.Latest(10).Length.ShouldBe(2);
        Should.Throw<SqliteException>(() => folder.Number("DELETE FROM audit"));
        Should.Throw<SqliteException>(() => folder.Number("UPDATE audit SET who = 'Eve'"));
    }

    [Fact]
    public void Test_of_an_output_is_for_the_control_and_no_wish_for_a_room()
    {
        using var store = folder.Open();
        var desk = PageBinding.Desk(DemoWorld.Site, store, folder.Time);
        var wish = store.Overrides.Replace(new(0, DemoWorld.Cp.Id, new(21), "Ana", Start, Start.AddHours(1), ""));
        var test = store.Overrides.Replace(OutputTests.For(DemoWorld.Release, 1, "Ivo", Start));

        store.Overrides.Holding(Start).Select(o => o.Id).ShouldBe([wish.Id, test.Id]);
        desk.Overrides(Start).ShouldHaveSingleItem().Id.ShouldBe(wish.Id);
        desk.PastOverrides(Start, Start.AddHours(1)).ShouldHaveSingleItem().Wish.Id.ShouldBe(wish.Id);

        desk.CancelOverride(test.Id, "Marie", Start);
        store.Overrides.Holding(Start).Select(o => o.Id).ShouldContain(test.Id, "staff end wishes for rooms");
        store.Overrides.Replace(OutputTests.For(DemoWorld.Release, 0, "Ivo", Start));
        store.Overrides.Holding(Start).Where(o => OutputTests.OutputOf(o) == DemoWorld.Release).ShouldHaveSingleItem("one test takes the place of the other").Setpoint.Degrees.ShouldBe(0);
    }

    [Fact]
    public void End_is_told_once_and_only_of_a_wish_that_stood()
    {
        using var store = folder.Open();
        var wish = store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(1), ""));
        var line = new AuditEntry(Start, "Bob", "", "ended", "", "", "");
        store.Overrides.Cancel(wish.Id, "Bob", Start, line).ShouldBeTrue();
        store.Overrides.Cancel(wish.Id, "Bob", Start, line).ShouldBeFalse();
        store.Audit.Latest(9).ShouldHaveSingleItem().What.ShouldBe("ended");
    }
}
