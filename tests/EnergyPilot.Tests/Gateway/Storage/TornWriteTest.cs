using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

/// <summary>
/// What a power cut may leave of the files, 200 seeded cases: blocks that were written and not synced are missing, zero, or have a flipped bit.
/// What was synced before must be there: everything that was acknowledged before the last commit.
/// </summary>
public sealed class TornWriteTest : IDisposable
{
    private const int Commits = 60, Block = 4096, Page = 1024;
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    private readonly StoreFolder folder = new();
    private readonly StoreFolder cut = new();

    public void Dispose()
    {
        folder.Dispose();
        cut.Dispose();
    }

    // The journal grows by appending: what lies behind the last sync is the tail that a cut may tear in any way.
    [Fact]
    public void A_torn_tail_of_the_journal_costs_no_acknowledged_sample()
    {
        var states = Write();
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var synced = random.Next(1, states.Length - 1);
            var (before, after) = (states[synced - 1], states[synced]);
            var journal = after.Journal.ToArray();
            Tear(random, journal.AsSpan(before.Journal.Length), ref journal);
            Place(before.Database, journal);

            using (var store = cut.Open())
            {
                store.SetAside.ShouldBeEmpty($"seed {seed}");
                store.Samples.LastSequence.ShouldBeInRange(before.Acknowledged, after.Acknowledged, $"seed {seed}");
                store.Cursors.ReadAfter(0, 100_000).Select(s => s.Value).ShouldBe(Enumerable.Range(1, (int)store.Samples.LastSequence).Select(n => (double)n), $"seed {seed}");
                ShouldWork(store, seed);
            }

            Remove();
        }
    }

    // A checkpoint that was cut: some pages of the database are written, others are not, the journal is still whole.
    [Fact]
    public void A_torn_checkpoint_is_mended_from_the_journal()
    {
        var states = Write();
        var last = states[^1];
        for (var seed = 200; seed < 240; seed++)
        {
            var random = new Random(seed);
            var database = last.Database.ToArray();
            var pages = PagesIn(last.Journal).ToArray();
            for (var n = 0; n < 6; n++)
            {
                // Only what the journal holds a newer copy of is being written.
                var page = pages[random.Next(pages.Length)];
                if ((page + 1) * Page > database.Length) continue;
                if (random.Next(2) == 0) random.NextBytes(database.AsSpan(page * Page, Page));
                else database.AsSpan(page * Page + random.Next(2) * 512, 512).Clear();
            }

            Place(database, last.Journal);
            using (var store = cut.Open())
            {
                store.SetAside.ShouldBeEmpty($"seed {seed}");
                store.Samples.LastSequence.ShouldBe(last.Acknowledged);
                ShouldWork(store, seed);
            }

            Remove();
        }
    }

    // A card that breaks its word: blocks that were synced are gone. Then nothing can be promised but that it is noticed and goes on.
    [Fact]
    public void Damage_of_what_was_synced_is_told_and_settings_come_back()
    {
        using (var store = folder.Open())
        {
            store.Settings.Save("zone/cp", "{}", "Ana");
            store.Snapshot(Start);
        }

        Write();
        var (database, settings) = (File.ReadAllBytes(folder.File), File.ReadAllBytes(folder.File + ".settings"));
        var told = 0;
        for (var seed = 300; seed < 340; seed++)
        {
            var random = new Random(seed);
            var damaged = database.ToArray();
            var page = random.Next(damaged.Length / Page);
            if (seed % 2 == 0) damaged.AsSpan(page * Page, Page).Clear();
            else for (var n = 0; n < 4; n++) damaged[page * Page + random.Next(100)] ^= (byte)(1 << random.Next(8));
            Place(damaged, []);
            File.WriteAllBytes(cut.File + ".settings", settings);
            using (var store = cut.Open())
            {
                ShouldWork(store, seed);
                if (store.SetAside.Length > 0)
                {
                    told++;
                    store.Settings.TryFind("zone/cp", out _).ShouldBeTrue($"seed {seed}");
                    store.Alarming(Start).ShouldContain(a => a.Reason.Code == EnergyPilot.Core.Control.ReasonCode.HistorySetAside);
                }
            }

            Remove();
        }

        told.ShouldBeInRange(28, 40, "a flipped bit in a number or in an empty page cannot be noticed");
    }

    private sealed record State(byte[] Database, byte[] Journal, long Acknowledged);

    /// <summary>The files after each commit.</summary>
    private State[] Write()
    {
        var states = new List<State>();
        using var store = folder.Open();
        for (var (commit, n) = (0, 0); commit < Commits; commit++)
        {
            for (var end = n + 1 + commit % 20; n < end;) store.Record(School.Cycle(Start.AddMinutes(15 * ++n), (School.Room, n)));
            store.Flush();
            states.Add(new(File.ReadAllBytes(folder.File), File.ReadAllBytes(folder.File + "-wal"), store.Samples.LastSequence));
        }

        return [.. states];
    }

    private static void Tear(Random random, Span<byte> tail, ref byte[] journal)
    {
        switch (random.Next(4))
        {
            case 0:
                journal = journal[..(journal.Length - random.Next(1, tail.Length + 1))];
                break;
            case 1:
                tail[random.Next(tail.Length)..].Clear();
                break;
            case 2:
                for (var n = random.Next(1, 5); n > 0; n--)
                {
                    var at = random.Next(tail.Length);
                    tail.Slice(at, Math.Min(Block, tail.Length - at)).Clear();
                }

                break;
            default:
                tail[random.Next(tail.Length)] ^= (byte)(1 << random.Next(8));
                break;
        }
    }

    // WAL format: a header of 32 bytes, then frames of 24 bytes and a page; the first four bytes of a frame are its page's number, big endian.
    private static IEnumerable<int> PagesIn(byte[] journal)
    {
        for (var at = 32; at + 24 + Page <= journal.Length; at += 24 + Page)
            yield return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(journal.AsSpan(at)) - 1;
    }

    private void Place(byte[] database, byte[] journal)
    {
        File.WriteAllBytes(cut.File, database);
        if (journal.Length > 0) File.WriteAllBytes(cut.File + "-wal", journal);
    }

    private void Remove()
    {
        foreach (var file in Directory.EnumerateFiles(cut.Path).ToArray()) File.Delete(file);
    }

    private static void ShouldWork(Store store, int seed)
    {
        var at = Start.AddYears(1);
        store.Record(School.Cycle(at, (School.Room, 20)));
        store.Flush();
        store.Trouble.ShouldBeEmpty($"seed {seed}");
        store.Samples.Latest(School.Room).Value.ShouldBe(20, $"seed {seed}");
    }
}
