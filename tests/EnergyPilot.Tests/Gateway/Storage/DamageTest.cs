using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class DamageTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_that_is_no_database_is_set_aside_with_its_journal_and_never_deleted()
    {
        var garbage = new byte[9000];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(folder.File, garbage);
        File.WriteAllText(folder.File + "-wal", "journal");

        using var store = folder.Open();

        var aside = store.SetAside.ShouldHaveSingleItem();
        aside.At.ShouldBe(folder.Time.GetUtcNow());
        Path.GetFileName(aside.Path).ShouldBe("energypilot.db.damaged-20260112T000000000Z");
        File.ReadAllBytes(aside.Path).ShouldBe(garbage);
        File.ReadAllText(aside.Path + "-wal").ShouldBe("journal");
        ShouldWork(store);
    }

    [Fact]
    public void Two_damaged_files_of_the_same_instant_are_both_kept()
    {
        for (var n = 0; n < 2; n++)
        {
            File.WriteAllText(folder.File, new string('x', 5000 + n));
            using var store = folder.Open();
        }

        using var last = folder.Open();
        last.SetAside.Select(f => new FileInfo(f.Path).Length).ShouldBe([5000, 5001]);
        last.SetAside.ShouldAllBe(f => f.At == folder.Time.GetUtcNow());
    }

    [Fact]
    public void An_intact_file_is_not_set_aside()
    {
        Fill();

        using var store = folder.Open();

        store.SetAside.ShouldBeEmpty();
        store.Samples.Series(School.Room, Start, Start.AddDays(30), Resolution.Raw).Length.ShouldBe(2000);
    }

    [Fact]
    public void A_new_file_is_another_log()
    {
        string before;
        using (var store = folder.Open()) before = store.LogId;
        using (var store = folder.Open()) store.LogId.ShouldBe(before);
        File.WriteAllText(folder.File, new string('x', 5000));

        using var again = folder.Open();

        again.LogId.ShouldNotBe(before);
    }

    [Theory]
    [InlineData(1), InlineData(511), InlineData(4096), InlineData(20_000), InlineData(50_001)]
    public void A_file_cut_short_is_set_aside(int left)
    {
        Fill();
        using (var stream = File.OpenWrite(folder.File)) stream.SetLength(left);

        using var store = folder.Open();

        store.SetAside.Length.ShouldBe(1);
        ShouldWork(store);
    }

    [Fact]
    public void A_journal_whose_database_is_gone_is_kept()
    {
        File.WriteAllText(folder.File + "-wal", "journal");

        using var store = folder.Open();

        File.ReadAllText(store.SetAside.ShouldHaveSingleItem().Path + "-wal").ShouldBe("journal");
        ShouldWork(store);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(5)]
    public void A_page_of_zeros_is_noticed(int page)
    {
        Fill();
        Change(bytes => bytes.AsSpan(page * 1024, 1024).Clear());

        using var store = folder.Open();

        store.SetAside.Length.ShouldBe(1);
        ShouldWork(store);
    }

    [Fact]
    public void Whatever_bits_flip_the_store_opens_and_works()
    {
        Fill();
        var intact = File.ReadAllBytes(folder.File);
        var random = new Random(20260112);
        var setAside = 0;
        for (var round = 0; round < 200; round++)
        {
            var damaged = intact.ToArray();
            // Near the beginning of a page, where its structure is; the first page holds the tables themselves.
            var page = round % 3 == 0 ? 0 : random.Next(intact.Length / 1024);
            for (var flip = 0; flip < 8; flip++) damaged[page * 1024 + random.Next(round % 2 == 0 ? 64 : 1024)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder.File, damaged);
            folder.Time.Advance(TimeSpan.FromSeconds(1));

            // At the first attempt: nobody is there at five in the morning to make a second.
            using (var store = folder.Open())
            {
                ShouldWork(store);
                setAside = store.SetAside.Length;
            }

            File.Delete(folder.File);
        }

        setAside.ShouldBeInRange(100, 200);
    }

    [Fact]
    public void A_file_that_is_too_large_is_opened_unread_yet_only_when_its_tables_are_what_they_should_be()
    {
        Fill();
        Change(bytes => bytes.AsSpan(5 * 1024, 1024).Clear());
        SoundFile.TryOpen(folder.File).ShouldBeNull();
        using (SoundFile.TryOpen(folder.File, most: 10_000).ShouldNotBeNull())
        {
        }

        SpoilColumn();
        SoundFile.TryOpen(folder.File, most: 10_000).ShouldBeNull();
    }

    [Fact]
    public void A_damaged_name_of_a_column_is_noticed()
    {
        Fill();
        SpoilColumn();

        using var store = folder.Open();

        store.SetAside.Length.ShouldBe(1);
        ShouldWork(store);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_used_as_it_is()
    {
        Fill();
        folder.Number("CREATE TABLE tomorrow (id INTEGER)");
        folder.Number($"PRAGMA user_version = {Schema.Version + 1}");

        using (var store = folder.Open())
        {
            store.SetAside.ShouldBeEmpty();
            ShouldWork(store);
        }

        folder.Number("PRAGMA user_version").ShouldBe(Schema.Version + 1);
    }

    [Fact]
    public void A_journal_with_a_torn_end_costs_that_end_only()
    {
        // The state of the files while the store is open is what a power cut leaves.
        using var cut = new StoreFolder();
        using (var store = folder.Open())
        {
            for (var n = 0; n < 50; n++)
            {
                store.Record(School.Cycle(Start.AddSeconds(10 * n), (School.Room, n)));
                store.Flush();
            }

            File.Copy(folder.File, cut.File);
            var journal = File.ReadAllBytes(folder.File + "-wal");
            journal.AsSpan(journal.Length - 20_000).Clear();
            File.WriteAllBytes(cut.File + "-wal", journal);
        }

        using var again = cut.Open();

        again.SetAside.ShouldBeEmpty();
        var values = again.Samples.Series(School.Room, Start, Start.AddDays(1), Resolution.Raw).Select(p => p.Mean).ToArray();
        values.ShouldBe(Enumerable.Range(0, values.Length).Select(n => (double)n));
        values.Length.ShouldBeInRange(40, 49);
    }

    private void Fill()
    {
        using var store = folder.Open();
        for (var n = 0; n < 2000; n++) store.Record(School.Cycle(Start.AddMinutes(15 * n), (School.Room, n)));
    }

    // Wherever it stands: pages that SQLite has split keep what they held as empty space.
    private void SpoilColumn() => Change(bytes =>
    {
        for (var at = bytes.AsSpan().IndexOf("origin TEXT"u8); at >= 0; at = bytes.AsSpan().IndexOf("origin TEXT"u8)) bytes[at] ^= 1;
    });

    private void Change(Action<byte[]> damage)
    {
        var bytes = File.ReadAllBytes(folder.File);
        damage(bytes);
        File.WriteAllBytes(folder.File, bytes);
    }

    private static void ShouldWork(Store store)
    {
        var at = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        store.Record(School.Cycle(at, (School.Room, 20)));
        store.Flush();
        store.Trouble.ShouldBeEmpty();
        store.Samples.Series(School.Room, at, at.AddHours(1), Resolution.Quarter).Length.ShouldBe(1);
        store.Alarms.Open().ShouldBeEmpty();
        store.Memory.Load().ShouldNotBeNull();
    }
}
