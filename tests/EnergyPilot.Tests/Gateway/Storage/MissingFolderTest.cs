using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class MissingFolderTest : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

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
        store.Overrides.Add(new(0, School.Zone, new(21), "Ana", Start, Start.AddHours(1), "")).Id.ShouldBe(1);
        store.Cursors.ReadAfter("uplink", 10).ShouldNotBeEmpty();
        store.IsBack(Start).ShouldBeFalse();
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
        store.Overrides.Add(new(0, School.Zone, new(21), "Ben", Start.AddMinutes(2), Start.AddHours(1), ""));
        Directory.Delete(folder.File);
        File.Move(folder.File + ".away", folder.File);

        store.IsBack(Start.AddSeconds(1)).ShouldBeTrue();

        using var again = folder.Open();
        again.Settings.Versions("zone/cp").Select(s => s.Json).ShouldBe(["\"old\"", "\"new\""]);
        again.Overrides.Active(Start.AddMinutes(30)).ShouldHaveSingleItem().Owner.ShouldBe("Ben");
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
