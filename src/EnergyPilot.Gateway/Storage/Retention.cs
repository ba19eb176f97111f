using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What goes when: the oldest detail first, in small transactions so that nobody waits.</summary>
internal static class Retention
{
    private const int RowsAtOnce = 2000;

    // A clock that jumped ahead must not empty the store in one go before somebody notices.
    private const int MostBatches = 50;

    /// <summary>The quarter from which on all samples are still there.</summary>
    public static long DetailFrom(SqliteConnection connection) =>
        connection.Query("SELECT CAST(value AS INTEGER) FROM mark WHERE name = 'detail-from'", row => row.GetInt64(0)) is [var from] ? from : long.MinValue;

    public static void Trim(StoreFile file, StoreOptions options, DateTimeOffset at)
    {
        InBatches(() => TrimSamples(file, (at - options.RawKept).Milliseconds()));
        InBatches(() => Remove(file,
            "DELETE FROM rollup WHERE resolution = 1 AND (start, point) IN (SELECT start, point FROM rollup WHERE resolution = 1 AND start < @before ORDER BY start LIMIT @rows)",
            at - options.QuartersKept));
        InBatches(() => Remove(file,
            "DELETE FROM decision WHERE id IN (SELECT id FROM decision WHERE at < @before ORDER BY at LIMIT @rows)", at - options.DecisionsKept));
        InBatches(() => file.Write(connection => connection.Execute(
            "DELETE FROM ledger WHERE day IN (SELECT day FROM ledger WHERE day < @before ORDER BY day LIMIT @rows)",
            ("@before", LedgerBook.Name(DateOnly.FromDateTime((at - options.LedgerKept).UtcDateTime))), ("@rows", RowsAtOnce))));
    }

    /// <summary>Everything that the school did, as if it had never run; what people did stays. Cursors stay valid: sequence numbers go on.</summary>
    public static void Forget(SqliteConnection connection) => connection.Execute(
        """
        DELETE FROM sample; DELETE FROM rollup; DELETE FROM unfolded; DELETE FROM decision; DELETE FROM alarm; DELETE FROM shelf; DELETE FROM ledger;
        DELETE FROM mark WHERE name = 'detail-from';
        """);

    // Folded before they go, and in the same transaction: afterwards their roll-ups cannot be made again.
    private static int TrimSamples(StoreFile file, long before) => file.Write(connection =>
    {
        RollUps.FoldAll(connection);
        var oldest = connection.Query(
            "SELECT seq, at FROM sample WHERE at < @before ORDER BY at LIMIT @rows", row => (Sequence: row.GetInt64(0), At: row.GetInt64(1)),
            ("@before", before), ("@rows", RowsAtOnce));
        foreach (var (sequence, _) in oldest) connection.Execute("DELETE FROM sample WHERE seq = @seq", ("@seq", sequence));
        if (oldest is [.., var (_, newest)])
            connection.Execute(
                "INSERT OR REPLACE INTO mark (name, value) VALUES ('detail-from', CAST(@from AS TEXT))",
                ("@from", Math.Max(Bucket.Start(newest, Bucket.Quarter) + Bucket.Quarter, DetailFrom(connection))));
        return oldest.Length;
    });

    private static int Remove(StoreFile file, string sql, DateTimeOffset before) =>
        file.Write(connection => connection.Execute(sql, ("@before", before.Milliseconds()), ("@rows", RowsAtOnce)));

    private static void InBatches(Func<int> batch)
    {
        for (var n = 0; n < MostBatches; n++)
            if (batch() < RowsAtOnce) return;
    }
}
