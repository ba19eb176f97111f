using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class MissingFolderTest : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private const string Password = "correct horse battery";

    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_gateway_without_a_folder_keeps_everything_in_memory_and_says_so()
    {
        // A file stands where the folder should be: nobody, not even root, can write below it.
        var blocked = Path.Combine(folder.Path, "blocked");
        File.WriteAllText(blocked, "");
        using var store = Store.OpenAnyway(Path.Combine(blocked, "data"), new StoreOptions(), folder.Time, NullLogger.Instance);

        for (var minute = 0; minute < 3 * 1440; minute++) store.Record(School.Cycle(Start.AddMinutes(minute), (School.Room, 20 + minute % 3), (School.Gas, minute)));
        store.Trim(Start.AddDays(3));

        store.IsMissing.ShouldBeTrue();
        store.Alarming(Start).ShouldHaveSingleItem().Reason.Code.ShouldBe(ReasonCode.HistoryMissing);
        store.Samples.Energy(School.Gas, Start, Start.AddDays(3)).ShouldBe(3 * 1440 - 15, 1e-6, "up to the last quarter that was stored");
        store.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(1), "")).Id.ShouldBe(1);
        store.Cursors.ReadAfter("uplink", 10).ShouldNotBeEmpty();
        store.IsBack().ShouldBeFalse();
    }

    [Fact]
    public void When_the_folder_is_back_it_gets_what_people_did_meanwhile()
    {
        using (var before = folder.Open())
        {
            before.Settings.Save("zone/cp", "\"old\"", "Ana");
            before.Snapshot(Start);
        }

        // The card takes nothing: the database is a folder now, and its snapshot can still be read.
        File.Move(folder.File, folder.File + ".away");
        Directory.CreateDirectory(folder.File);
        using var store = Store.OpenAnyway(folder.Path, new StoreOptions(), folder.Time, NullLogger.Instance);
        store.IsMissing.ShouldBeTrue();
        store.Settings.Versions("zone/cp").ShouldHaveSingleItem().Json.ShouldBe("\"old\"");
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        store.Settings.Save("zone/cp", "\"new\"", "Ben");
        store.Overrides.Replace(new(0, School.Zone, new(21), "Ben", Start.AddMinutes(2), Start.AddHours(1), ""));
        Directory.Delete(folder.File);
        File.Move(folder.File + ".away", folder.File);

        store.IsBack().ShouldBeTrue();

        using var again = folder.Open();
        again.Settings.Versions("zone/cp").Select(s => s.Json).ShouldBe(["\"old\"", "\"new\""]);
        again.Overrides.Active(Start.AddMinutes(30)).ShouldHaveSingleItem().Owner.ShouldBe("Ben");
    }

    [Fact]
    public void What_people_did_is_told_by_what_changed_whatever_the_clock_did_meanwhile()
    {
        using (var before = folder.Open())
        {
            before.Settings.Save("zone/cp", "\"old\"", "Ana");
            before.Accounts.CreateFirst(before.Accounts.RenewSetupCode(), "Ana", Password).ShouldBe(AccountChange.Done);
            before.Accounts.Add("Luc", Role.Staff, Password).ShouldBe(AccountChange.Done);
            before.Audit.Write(new(Start, "Ana", "", "old", "", "", ""));
            before.Overrides.Replace(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(9), "")).Id.ShouldBe(1);
            before.Snapshot(Start);
        }

        using var store = WithoutCard();
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        // An hour and more before its start, as after a clock that was set back.
        store.Overrides.Replace(new(0, School.Zone, new(22), "Ben", Start.AddHours(-2), Start.AddHours(5), ""));
        store.Audit.Write(new(Start.AddHours(-2), "Ben", "", "new", "", "", ""));
        store.Overrides.Cancel(1, "Ben", Start.AddMinutes(1)).ShouldBeTrue();
        store.Accounts.Add("Marie", Role.Staff, Password).ShouldBe(AccountChange.Done);
        store.Accounts.ChangePassword("Ana", Password + "2").ShouldBe(AccountChange.Done);
        store.Accounts.Remove("Luc").ShouldBe(AccountChange.Done);
        CardIsBack();

        store.IsBack().ShouldBeTrue();

        using var again = folder.Open();
        again.Settings.Versions("zone/cp").ShouldHaveSingleItem().Json.ShouldBe("\"old\"");
        again.Overrides.Active(Start.AddHours(1)).ShouldHaveSingleItem().Owner.ShouldBe("Ben");
        again.Audit.Latest(9).Select(a => a.What).ShouldBe(["new", "old"]);
        again.Accounts.All.Select(a => a.Name).ShouldBe(["Ana", "Marie"]);
        again.Accounts.Verify("Ana", Password + "2").Result.ShouldBe(SignIn.Welcome);
    }

    [Fact]
    public void Folder_that_comes_back_empty_or_with_a_damaged_file_gets_settings_and_accounts_again()
    {
        using (var before = folder.Open())
        {
            before.Settings.Save("zone/cp", "\"old\"", "Ana");
            before.Snapshot(Start);
        }

        using (var store = WithoutCard())
        {
            CardIsBack();
            File.WriteAllText(folder.File, new string('x', 5000));
            store.IsBack().ShouldBeTrue("a damaged file is set aside as at a start");
        }

        using (var again = folder.Open()) again.Settings.Versions("zone/cp").ShouldHaveSingleItem();
        File.WriteAllBytes(folder.File, []);
        using (var again = folder.Open()) again.Settings.Versions("zone/cp").ShouldHaveSingleItem("nothing was left of the file");

        File.Delete(folder.File);
        using var last = folder.Open();
        last.Settings.Versions("zone/cp").ShouldHaveSingleItem("the file was missing");
    }

    [Fact]
    public void Folder_that_takes_files_but_no_database_is_looked_at_less_and_less_often()
    {
        using var store = WithoutCard();
        store.IsBack().ShouldBeFalse();
        CardIsBack();
        store.IsBack().ShouldBeFalse("it was looked at a moment ago");
        folder.Time.Advance(TimeSpan.FromMinutes(2));
        store.IsBack().ShouldBeTrue();
    }

    [Fact]
    public void Card_that_damages_one_database_after_the_other_is_left_alone_for_an_hour()
    {
        for (var n = 0; n < 2; n++)
        {
            File.WriteAllText(folder.File, new string('x', 5000));
            using var store = Store.OpenAnyway(folder.Path, new StoreOptions(), folder.Time, NullLogger.Instance);
            store.IsMissing.ShouldBeFalse();
        }

        File.WriteAllText(folder.File, new string('x', 5000));
        using var third = Store.OpenAnyway(folder.Path, new StoreOptions(), folder.Time, NullLogger.Instance);
        third.IsMissing.ShouldBeTrue();
        third.IsBack().ShouldBeFalse();
        DamagedFile.Beside(folder.File).Length.ShouldBe(2);
        folder.Time.Advance(TimeSpan.FromHours(1));
        third.IsBack().ShouldBeTrue();
    }

    [Fact]
    public void Backup_put_back_in_place_of_a_suspect_file_is_used()
    {
        var backup = folder.File + ".backup";
        using (var store = folder.Open()) store.Settings.Save("zone/cp", "1", "Ana");
        Backup.Take(folder.File, backup);
        File.WriteAllText(folder.File + StoreFile.Suspicion, "");

        Backup.Restore(backup, folder.File, Start);

        using var again = folder.Open();
        again.SetAside.ShouldBeEmpty();
        again.Settings.Versions("zone/cp").ShouldHaveSingleItem();
    }

    [Fact]
    public void Card_that_opens_and_takes_nothing_is_no_card()
    {
        using (folder.Open())
        {
        }

        // The name of the log is what a start writes first; a trigger refuses it as a full card would.
        folder.Number("DELETE FROM mark");
        folder.Number("CREATE TRIGGER full BEFORE INSERT ON mark BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        folder.Number($"PRAGMA user_version = {Schema.Version + 1}");

        using var store = Store.OpenAnyway(folder.Path, new StoreOptions(), folder.Time, NullLogger.Instance);

        store.IsMissing.ShouldBeTrue();
        store.Record(School.Cycle(Start, (School.Room, 20)));
    }

    // The card takes nothing: the database is a folder now, and its snapshot can still be read.
    private Store WithoutCard()
    {
        if (File.Exists(folder.File)) File.Move(folder.File, folder.File + ".away");
        Directory.CreateDirectory(folder.File);
        var store = Store.OpenAnyway(folder.Path, new StoreOptions(), folder.Time, NullLogger.Instance);
        store.IsMissing.ShouldBeTrue();
        return store;
    }

    private void CardIsBack()
    {
        Directory.Delete(folder.File);
        if (File.Exists(folder.File + ".away")) File.Move(folder.File + ".away", folder.File);
    }

    [Fact]
    public void Damage_that_the_weekly_check_finds_is_told_and_set_aside_at_the_next_start()
    {
        using (var store = folder.Open())
        {
            for (var quarter = 0; quarter < 200; quarter++) store.Record(School.Cycle(Start.AddMinutes(15 * quarter), (School.Room, quarter)));
            store.Settings.Save("zone/cp", "{}", "Ana");
            store.Trim(Start.AddDays(9));
            store.Snapshot(Start.AddDays(9));
            store.Check();
            store.Alarming(Start).ShouldBeEmpty();

            folder.Number("UPDATE packed SET data = CAST(substr(data, 1, 20) || x'00' || substr(data, 22) AS BLOB) WHERE id = (SELECT min(id) FROM packed)");
            store.Check();
            store.Alarming(Start).ShouldHaveSingleItem().Reason.Code.ShouldBe(ReasonCode.HistoryDamaged);
        }

        using var again = folder.Open();
        again.SetAside.Length.ShouldBe(1);
        again.Settings.TryFind("zone/cp", out _).ShouldBeTrue();
    }
}
