using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>Detail that had to go before its time, because there was no room for it.</summary>
/// <param name="Until">What is older than this is gone.</param>
/// <param name="At">When that was decided.</param>
internal sealed record GivenUp(DateTimeOffset Until, DateTimeOffset At);

/// <summary>What goes when: the oldest detail first, in small transactions so that nobody waits.</summary>
internal static class Retention
{
    private const int RowsAtOnce = 2000;

    // A clock that jumped ahead must not empty the store in one go before somebody notices.
    private const int MostBatches = 50, MostDays = 20;

    // A day is packed when nothing but what comes late can still come for it.
    private static readonly TimeSpan Late = TimeSpan.FromHours(2);

    /// <summary>The quarter from which on all samples are still there.</summary>
    public static long DetailFrom(SqliteConnection connection) => Packing.Mark(connection, "detail-from", long.MinValue);

    public static void Trim(StoreFile file, StoreOptions options, string boot, DateTimeOffset at)
    {
        var floor = file.Read(connection => Cursors.Floor(connection));
        Packing.Run(file, boot, Bucket.Start((at - Late).Milliseconds(), Bucket.Day), floor);
        InBatches(() => file.Write(connection => connection.Execute(
            "DELETE FROM sample WHERE seq IN (SELECT seq FROM sample WHERE seq <= @floor AND packed = 1 ORDER BY seq LIMIT @rows)", ("@floor", floor), ("@rows", RowsAtOnce))));
        TrimDetail(file, Bucket.Start((at - options.RawKept).Milliseconds(), Bucket.Day));
        TrimQuarters(file, Bucket.Start((at - options.QuartersKept).Milliseconds(), Bucket.Day));
        InBatches(() => Remove(file,
            "DELETE FROM decision WHERE id IN (SELECT id FROM decision WHERE at < @before ORDER BY at LIMIT @rows)", at - options.DecisionsKept));
        InBatches(() => file.Write(connection => connection.Execute(
            "DELETE FROM ledger WHERE day IN (SELECT day FROM ledger WHERE day < @before ORDER BY day LIMIT @rows)",
            ("@before", LedgerBook.Name(DateOnly.FromDateTime((at - options.LedgerKept).UtcDateTime))), ("@rows", RowsAtOnce))));
        InBatches(() => Remove(file,
            "DELETE FROM quarter WHERE (ended, zone) IN (SELECT ended, zone FROM quarter WHERE ended < @before ORDER BY ended LIMIT @rows)", at - options.LearningKept));
        InBatches(() => Remove(file,
            "DELETE FROM morning WHERE (use, zone) IN (SELECT use, zone FROM morning WHERE use < @before ORDER BY use LIMIT @rows)", at - options.MorningsKept));
        InBatches(() => Remove(file,
            "DELETE FROM override WHERE id IN (SELECT id FROM override WHERE ends < @before ORDER BY id LIMIT @rows)", at - options.OverridesKept));
        file.Write(connection => AuditLog.Trim(connection, RowsAtOnce));
        InBatches(() => Remove(file, "DELETE FROM vote WHERE id IN (SELECT id FROM vote WHERE at < @before ORDER BY id LIMIT @rows)", at - options.VotesKept));
        InBatches(() => file.Write(connection => connection.Execute(
            "DELETE FROM vote WHERE id IN (SELECT id FROM vote WHERE id <= (SELECT id FROM vote ORDER BY id DESC LIMIT 1 OFFSET @most) ORDER BY id LIMIT @rows)",
            ("@most", VoteBook.Most), ("@rows", RowsAtOnce))));
        MakeRoom(file, options.LargestBytes, at);
    }

    /// <summary>Bytes of the file that hold something; the rest is used again before the file grows.</summary>
    public static long Used(SqliteConnection connection) =>
        (connection.Number("PRAGMA page_count") - connection.Number("PRAGMA freelist_count")) * connection.Number("PRAGMA page_size");

    /// <summary>While the file is too large: the oldest day of samples, then the oldest day of quarters, one after the other.</summary>
    public static void MakeRoom(StoreFile file, long largest, DateTimeOffset at)
    {
        for (var n = 0; n < MostDays && file.Read(Used) > largest; n++)
        {
            var (samples, quarters) = file.Read(c => (OldestOf(c, Resolution.Raw), OldestOf(c, Resolution.Quarter)));
            if (samples is { } day) TrimDetail(file, day + Bucket.Day);
            else if (quarters is { } coarse) TrimQuarters(file, coarse + Bucket.Day);
            else return;
            var until = (samples ?? quarters ?? 0) + Bucket.Day;
            file.Write(connection =>
            {
                Packing.SetMark(connection, "given-up-until", until);
                Packing.SetMark(connection, "given-up-at", at.Milliseconds());
            });
        }
    }

    /// <summary>What was given up last for want of room; none when there always was room.</summary>
    public static GivenUp? LastGivenUp(SqliteConnection connection) =>
        Packing.Mark(connection, "given-up-at", 0) is > 0 and var at ? new(Sql.FromMilliseconds(Packing.Mark(connection, "given-up-until", 0)), Sql.FromMilliseconds(at)) : null;

    /// <summary>Everything that the school did, as if it had never run; what people did stays. Cursors stay valid: sequence numbers go on, and nothing waits for them.</summary>
    public static void Forget(SqliteConnection connection) => connection.Execute(
        """
        DELETE FROM sample; DELETE FROM packed; DELETE FROM segment; DELETE FROM rollup; DELETE FROM unfolded; DELETE FROM decision; DELETE FROM alarm; DELETE FROM shelf; DELETE FROM ledger;
        DELETE FROM quarter; DELETE FROM morning;
        DELETE FROM mark WHERE name IN ('detail-from', 'packed-until', 'given-up-until', 'given-up-at', 'made-up-until');
        UPDATE cursor SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'sample'), 0));
        """);

    // Days that are packed go as blocks. What no cursor has passed goes too: it is told by the cursor's standing.
    private static void TrimDetail(StoreFile file, long before)
    {
        var oldest = file.Read(c => OldestOf(c, Resolution.Raw));
        var end = oldest is { } day ? Math.Min(before, day + MostDays * Bucket.Day) : before;
        file.Write(connection =>
        {
            long? newest = null;
            foreach (var point in Points(connection))
            {
                (string, object?)[] range = [("@from", Packing.Key(Resolution.Raw, point, 0)), ("@end", Packing.Key(Resolution.Raw, point, end))];
                if (connection.Query("SELECT id & 16777215 FROM packed WHERE id >= @from AND id < @end ORDER BY id DESC LIMIT 1", row => row.GetInt64(0), range) is not [var last]) continue;
                connection.Execute("DELETE FROM packed WHERE id >= @from AND id < @end", range);
                newest = Math.Max(last * Bucket.Day, newest ?? 0);
            }

            if (newest is { } gone) Packing.SetMark(connection, "detail-from", Math.Max(gone + Bucket.Day, DetailFrom(connection)));
        });
        InBatches(() => TrimSamples(file, end));
    }

    // Folded before they go, and in the same transaction: afterwards their roll-ups cannot be made again.
    private static int TrimSamples(StoreFile file, long before) => file.Write(connection =>
    {
        RollUps.FoldAll(connection);
        var oldest = connection.Query(
            "SELECT seq, at FROM sample WHERE at < @before ORDER BY seq LIMIT @rows", row => (Sequence: row.GetInt64(0), At: row.GetInt64(1)),
            ("@before", before), ("@rows", RowsAtOnce));
        foreach (var (sequence, _) in oldest) connection.Execute("DELETE FROM sample WHERE seq = @seq", ("@seq", sequence));
        if (!oldest.IsEmpty)
            Packing.SetMark(connection, "detail-from", Math.Max(Bucket.Start(oldest.Max(o => o.At), Bucket.Quarter) + Bucket.Quarter, DetailFrom(connection)));
        return oldest.Length;
    });

    private static void TrimQuarters(StoreFile file, long before)
    {
        if (before <= 0 || file.Read(c => OldestOf(c, Resolution.Quarter)) is not { } oldest || oldest >= before) return;
        var end = Math.Min(before, oldest + MostDays * Bucket.Day);
        foreach (var point in file.Read(Points)) file.Write(connection => Packing.Coarsen(connection, point, end));
    }

    private static long? OldestOf(SqliteConnection connection, Resolution resolution) => Points(connection)
        .SelectMany(point => connection.Query(
            "SELECT id & 16777215 FROM packed WHERE id >= @from AND id < @end ORDER BY id LIMIT 1", row => (long?)row.GetInt64(0) * Bucket.Day,
            ("@from", Packing.Key(resolution, point, 0)), ("@end", Packing.Key(resolution, point + 1, 0))))
        .Min();

    private static ImmutableArray<long> Points(SqliteConnection connection) => connection.Query("SELECT id FROM point", row => row.GetInt64(0));

    private static int Remove(StoreFile file, string sql, DateTimeOffset before) =>
        file.Write(connection => connection.Execute(sql, ("@before", before.Milliseconds()), ("@rows", RowsAtOnce)));

    private static void InBatches(Func<int> batch)
    {
        for (var n = 0; n < MostBatches; n++)
            if (batch() < RowsAtOnce) return;
    }
}
