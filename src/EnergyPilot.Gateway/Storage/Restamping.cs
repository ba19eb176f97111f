using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Puts right what was stamped before the clock was set: monotonic time tells how long ago each sample was taken. Buckets that samples leave and
/// buckets that they come to are folded again. Order is kept: an earlier run of the machine that never learned the time ends before this one begins.
/// </summary>
internal static class Restamping
{
    /// <param name="boot">This run of the machine.</param>
    /// <param name="zero">True wall time at its monotonic zero [ms since 1970].</param>
    public static void Apply(SqliteConnection connection, string boot, long zero)
    {
        var own = connection.Query(
            "SELECT id, begun, monotonic FROM segment WHERE clock = 1 AND boot = @boot", row => (Id: row.GetInt64(0), Begun: row.GetInt64(1), Monotonic: row.GetInt64(2)), ("@boot", boot));
        foreach (var (id, begun, monotonic) in own) Shift(connection, id, zero + monotonic - begun);
        if (own.IsEmpty) return;
        var begin = zero + own.Min(s => s.Monotonic);
        var others = connection.Query(
            """
            SELECT segment.boot, max(sample.at) FROM sample JOIN segment ON segment.id = sample.segment
            WHERE segment.clock = 1 AND segment.boot <> @boot GROUP BY segment.boot HAVING max(sample.at) >= @begin AND max(sample.packed) = 0
            """,
            row => (Boot: row.GetString(0), Last: row.GetInt64(1)), ("@boot", boot), ("@begin", begin));
        foreach (var (other, last) in others)
            foreach (var id in connection.Query("SELECT id FROM segment WHERE clock = 1 AND boot = @boot", row => row.GetInt64(0), ("@boot", other)))
                Shift(connection, id, begin - last - 1000);
    }

    private static void Shift(SqliteConnection connection, long segment, long by)
    {
        MarkQuarters(connection, segment);
        connection.Execute("UPDATE sample SET at = at + @by WHERE segment = @segment", ("@by", by), ("@segment", segment));
        MarkQuarters(connection, segment);
        connection.Execute("UPDATE segment SET begun = begun + @by, clock = 3 WHERE id = @segment", ("@by", by), ("@segment", segment));
    }

    private static void MarkQuarters(SqliteConnection connection, long segment) => connection.Execute(
        "INSERT OR IGNORE INTO unfolded (quarter) SELECT DISTINCT at - at % 900000 FROM sample WHERE segment = @segment AND at >= max(0, @detail)",
        ("@segment", segment), ("@detail", Retention.DetailFrom(connection)));
}
