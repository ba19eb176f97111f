using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Puts right what was stamped before the clock was set: monotonic time tells how long ago each sample was taken. Buckets that samples leave and
/// buckets that they come to are folded again. Of an earlier run of the machine that never learned the time nobody can know when it was; where it would come after
/// this one, it is moved to end before it, so that order is kept and no index counts twice, and it stays marked as one whose clock ran free.
/// </summary>
internal static class Restamping
{
    /// <summary>Before the first sample that was given another time and has not been read again since: readers like the uplink have passed it with its old one.</summary>
    public const string Mark = "restamped-after";

    // What is loosened from packed days is changed in one transaction, which stays in memory until its commit: some 10 MB, five days of 200 points with noise on each.
    private const int MostLoosened = 200_000;

    /// <returns>Beginnings of earlier runs [ms since 1970] that would have had to be moved and are too long for it: they stay where they are, marked.</returns>
    /// <param name="boot">This run of the machine.</param>
    /// <param name="zero">True wall time at its monotonic zero [ms since 1970].</param>
    /// <param name="now">Beginning of the stretch that it lives in [ms since 1970].</param>
    public static ImmutableArray<long> Apply(SqliteConnection connection, string boot, long zero, long now)
    {
        var own = connection.Query(
            "SELECT id, begun, monotonic FROM segment WHERE clock = 1 AND boot = @boot", row => (Id: row.GetInt64(0), Begun: row.GetInt64(1), Monotonic: row.GetInt64(2)), ("@boot", boot));
        foreach (var (id, begun, monotonic) in own) Shift(connection, id, zero + monotonic - begun, ClockQuality.Restamped);
        // A start that knew the time at once has nothing of its own to move, yet what was before it may lie in a wrong future.
        var begin = own.IsEmpty ? First(connection, boot, now) : zero + own.Min(s => s.Monotonic);
        var left = KeepBefore(connection, boot, begin, out var hasMoved);
        if (own.IsEmpty && !hasMoved) return left;
        // Days after this one were packed in a future that never was.
        Packing.SetMark(connection, "packed-until", Math.Min(Packing.Until(connection), Bucket.Start(begin, Bucket.Day)));
        return left;
    }

    private static long First(SqliteConnection connection, string boot, long now) => connection.Query(
        "SELECT min(begun, @now) FROM segment WHERE boot = @boot ORDER BY begun LIMIT 1", row => row.GetInt64(0), ("@boot", boot), ("@now", now)) is [var first] ? first : now;

    // The newest run first: each ends before the one after it began, so the first that is in its place ends the search.
    private static ImmutableArray<long> KeepBefore(SqliteConnection connection, string boot, long begin, out bool hasMoved)
    {
        hasMoved = false;
        var left = ImmutableArray.CreateBuilder<long>();
        var runs = connection.Query(
            "SELECT boot, min(begun) FROM segment WHERE clock = 1 AND boot <> @boot GROUP BY boot ORDER BY max(id) DESC", row => (Boot: row.GetString(0), First: row.GetInt64(1)), ("@boot", boot));
        foreach (var (run, first) in runs)
        {
            var segments = connection.Query("SELECT id FROM segment WHERE clock = 1 AND boot = @boot", row => row.GetInt64(0), ("@boot", run)).ToHashSet();
            var last = LastOf(connection, segments, begin);
            if (last < begin) break;
            if (!Loosening.Try(connection, segments, first, MostLoosened))
            {
                left.Add(first);
                continue;
            }

            var by = begin - last - 1000;
            foreach (var segment in segments) Shift(connection, segment, by, ClockQuality.Free);
            (begin, hasMoved) = (first + by, true);
        }

        return left.DrainToImmutable();
    }

    private static long LastOf(SqliteConnection connection, HashSet<long> segments, long from)
    {
        var last = connection.Number($"SELECT max(at) FROM sample WHERE segment IN ({string.Join(',', segments)})");
        foreach (var (_, _, sample) in Loosening.Samples(connection, from))
            if (segments.Contains(sample.Segment)) last = Math.Max(last, sample.At);
        return last;
    }

    private static void Shift(SqliteConnection connection, long segment, long by, ClockQuality quality)
    {
        MarkQuarters(connection, segment);
        connection.Execute("UPDATE sample SET at = at + @by WHERE segment = @segment", ("@by", by), ("@segment", segment));
        MarkQuarters(connection, segment);
        if (connection.Query("SELECT min(seq) - 1 FROM sample WHERE segment = @segment", row => row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0), ("@segment", segment)) is [var before])
            Packing.SetMark(connection, Mark, Math.Min(before, Packing.Mark(connection, Mark, long.MaxValue)));
        connection.Execute("UPDATE segment SET begun = begun + @by, clock = @clock WHERE id = @segment", ("@by", by), ("@segment", segment), ("@clock", (int)quality));
    }

    private static void MarkQuarters(SqliteConnection connection, long segment) => connection.Execute(
        "INSERT OR IGNORE INTO unfolded (quarter) SELECT DISTINCT at - at % 900000 FROM sample WHERE segment = @segment AND at >= max(0, @detail)",
        ("@segment", segment), ("@detail", Retention.DetailFrom(connection)));
}
