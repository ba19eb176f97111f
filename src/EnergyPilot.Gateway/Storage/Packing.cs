using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Days that are over, packed by point (see <see cref="PackedDay"/>): samples and their 15-minute roll-ups. New samples lie in order of time, so that
/// a commit touches few pages; old ones lie by point, so that a year of one point is read from few. What comes late for a packed day is
/// folded into it at once and packed with it the next time.
/// </summary>
internal static class Packing
{
    // Key of a block: resolution, point, day since 1970, so that the days of one point lie together.
    private const int PointShift = 24, ResolutionShift = 56;
    private const long LastDay = (1L << PointShift) - 1;

    public static long Key(Resolution resolution, long point, long start) =>
        ((long)resolution << ResolutionShift) | (point << PointShift) | Math.Clamp(start / Bucket.Day, 0, LastDay);

    /// <summary>The beginning of the day of a key.</summary>
    public static long DayOf(long key) => (key & LastDay) * Bucket.Day;

    /// <summary>The block under this key; empty when there is none.</summary>
    public static byte[] Block(SqliteConnection connection, long key) =>
        connection.Query("SELECT data FROM packed WHERE id = @id", row => row.GetFieldValue<byte[]>(0), ("@id", key)) is [var block] ? block : [];

    /// <summary>Days that begin before this may be packed; all others are not.</summary>
    public static long Until(SqliteConnection connection) => Mark(connection, "packed-until", long.MinValue);

    /// <summary>The blocks of a point whose days touch [from, to), in order; each can be read as long as <paramref name="work"/> looks at it.</summary>
    public static void Each(SqliteConnection connection, Resolution resolution, long point, long from, long to, Action<ReadOnlySpan<byte>> work)
    {
        if (to <= 0) return;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM packed WHERE id >= @from AND id <= @to ORDER BY id";
        command.Parameters.AddWithValue("@from", Key(resolution, point, from));
        command.Parameters.AddWithValue("@to", Key(resolution, point, to - 1));
        using var reader = command.ExecuteReader();
        while (reader.Read()) work(SQLitePCL.raw.sqlite3_column_blob(reader.Handle, 0));
    }

    /// <summary>How many blocks that are.</summary>
    public static int Count(SqliteConnection connection, Resolution resolution, long point, long from, long to) => to <= 0 ? 0 : (int)connection.Number(
        "SELECT count(*) FROM packed WHERE id >= @from AND id <= @to", ("@from", Key(resolution, point, from)), ("@to", Key(resolution, point, to - 1)));

    /// <summary>Packs every day that is over before <paramref name="until"/>, each in a transaction. Samples that a cursor has not passed stay in the log as well.</summary>
    public static void Run(StoreFile file, string boot, long until, long floor)
    {
        var end = Math.Min(until, file.Read(connection => Unsettled(connection, boot)));
        for (long? day = Oldest(file, 0); day < end; day = Oldest(file, day.Value + Bucket.Day))
        {
            var start = day.Value;
            file.Write(connection =>
            {
                PackSamples(connection, start, floor);
                PackRollUps(connection, start);
                connection.Execute("DELETE FROM unfolded WHERE quarter >= @from AND quarter < @to AND NOT EXISTS (SELECT 1 FROM sample WHERE packed = 0 AND at >= @from AND at < @to)", ("@from", start), ("@to", start + Bucket.Day));
                SetMark(connection, "packed-until", Math.Max(start + Bucket.Day, Until(connection)));
            });
        }
    }

    /// <summary>Something came late for a quarter of a packed day: its block and its day are folded again, for the points that it came for.</summary>
    public static void Amend(SqliteConnection connection, long quarter)
    {
        var day = Bucket.Start(quarter, Bucket.Day);
        foreach (var late in RowsOf(connection, quarter, quarter + Bucket.Quarter).GroupBy(r => r.Point))
            Fold(connection, late.Key, day, Joined(connection, late.Key, day, late.Select(l => l.Sample)), [quarter]);
    }

    /// <summary>Quarters of the days before this instant become hours, a quarter of their size.</summary>
    public static void Coarsen(SqliteConnection connection, long point, long before)
    {
        var (first, end) = (Key(Resolution.Quarter, point, 0), Key(Resolution.Quarter, point, before));
        foreach (var block in connection.Query("SELECT data FROM packed WHERE id >= @first AND id < @end", row => row.GetFieldValue<byte[]>(0), ("@first", first), ("@end", end)))
        {
            if (PackedDay.States(block) is not [var (start, _), ..] quarters) continue;
            Put(connection, Key(Resolution.Hour, point, start), PackedDay.Of(RollUps.Merged(quarters, Bucket.Hour)));
        }

        connection.Execute("DELETE FROM packed WHERE id >= @first AND id < @end", ("@first", first), ("@end", end));
    }

    public static long Mark(SqliteConnection connection, string name, long otherwise) =>
        connection.Query("SELECT CAST(value AS INTEGER) FROM mark WHERE name = @name", row => row.GetInt64(0), ("@name", name)) is [var value] ? value : otherwise;

    public static void SetMark(SqliteConnection connection, string name, long value) =>
        connection.Execute("INSERT OR REPLACE INTO mark (name, value) VALUES (@name, CAST(@value AS TEXT))", ("@name", name), ("@value", value));

    // While the machine has not been told the time, what it stamped may still move, and its roll-ups with it: its first day and all after it wait for that.
    private static long Unsettled(SqliteConnection connection, string boot)
    {
        var free = connection.Query("SELECT id FROM segment WHERE clock = 1 AND boot = @boot", row => row.GetInt64(0), ("@boot", boot));
        if (free.IsEmpty) return long.MaxValue;
        var first = connection.Query(
            $"SELECT at FROM sample WHERE packed = 0 AND segment IN ({string.Join(',', free)}) ORDER BY at LIMIT 1", row => row.GetInt64(0));
        return first is [var at] ? Bucket.Start(at, Bucket.Day) : long.MaxValue;
    }

    private static long? Oldest(StoreFile file, long from) => file.Read(connection =>
    {
        var sample = connection.Query("SELECT at FROM sample WHERE packed = 0 AND at >= @from ORDER BY at LIMIT 1", row => row.GetInt64(0), ("@from", from));
        var quarter = connection.Query("SELECT start FROM rollup WHERE resolution = 1 AND start >= @from ORDER BY start LIMIT 1", row => row.GetInt64(0), ("@from", from));
        return sample.Concat(quarter).Select(at => (long?)Bucket.Start(at, Bucket.Day)).Min();
    });

    private static void PackSamples(SqliteConnection connection, long day, long floor)
    {
        foreach (var rows in RowsOf(connection, day, day + Bucket.Day).GroupBy(r => r.Point))
        {
            var samples = Joined(connection, rows.Key, day, rows.Select(r => r.Sample));
            Put(connection, Key(Resolution.Raw, rows.Key, day), PackedDay.Of(samples));
            Fold(connection, rows.Key, day, samples, [.. rows.Select(r => Bucket.Start(r.Sample.At, Bucket.Quarter))]);
        }

        (string, object?)[] range = [("@from", day), ("@to", day + Bucket.Day), ("@floor", floor)];
        connection.Execute("DELETE FROM sample WHERE packed = 0 AND at >= @from AND at < @to AND seq <= @floor", range);
        connection.Execute("UPDATE sample SET packed = 1 WHERE packed = 0 AND at >= @from AND at < @to AND seq > @floor", range);
    }

    private static ImmutableArray<PackedSample> Joined(SqliteConnection connection, long point, long day, IEnumerable<PackedSample> rows)
    {
        var known = Block(connection, Resolution.Raw, point, day) is { Length: > 0 } block ? PackedDay.Samples(block) : [];
        return [.. known.Concat(rows).OrderBy(s => s.At).ThenBy(s => s.Sequence)];
    }

    // Only the quarters that something came for: of the others the samples may be gone.
    private static void Fold(SqliteConnection connection, long point, long day, ImmutableArray<PackedSample> samples, HashSet<long> quarters)
    {
        var known = Block(connection, Resolution.Quarter, point, day) is { Length: > 0 } block ? PackedDay.States(block) : [];
        // Nor of those whose detail is gone: what comes late for one of them would stand for all of it.
        var detailFrom = Retention.DetailFrom(connection);
        quarters.ExceptWith(known.Select(s => s.Start).Where(start => start < detailFrom));
        var folded = RollUps.Folded(samples.Where(s => quarters.Contains(Bucket.Start(s.At, Bucket.Quarter))));
        ImmutableArray<(long Start, RollUp State)> states = [.. known.Where(s => !quarters.Contains(s.Start)).Concat(folded).OrderBy(s => s.Start)];
        Put(connection, Key(Resolution.Quarter, point, day), PackedDay.Of(states));
        // By way of the hours, as everywhere: sums of doubles differ in their last bits with the order of adding.
        RollUps.Put(connection, Resolution.Day, day, point, RollUps.Merged(states, Bucket.Hour).Aggregate(RollUp.Empty, (all, s) => all.Then(s.State)));
    }

    // What somebody had looked at, and what an older program left of days whose samples are gone.
    private static void PackRollUps(SqliteConnection connection, long day)
    {
        foreach (var rows in RollUps.RowsOf(connection, Resolution.Quarter, day, day + Bucket.Day).GroupBy(r => r.Point))
        {
            var known = Block(connection, Resolution.Quarter, rows.Key, day) is { Length: > 0 } block ? PackedDay.States(block) : [];
            var states = known.Concat(rows.Where(r => known.All(k => k.Start != r.Start)).Select(r => (r.Start, r.State))).OrderBy(s => s.Start);
            ImmutableArray<(long Start, RollUp State)> all = [.. states];
            if (all.Length > known.Length) Put(connection, Key(Resolution.Quarter, rows.Key, day), PackedDay.Of(all));
        }

        connection.Execute("DELETE FROM rollup WHERE resolution IN (1, 2) AND start >= @from AND start < @to", ("@from", day), ("@to", day + Bucket.Day));
    }

    private static ImmutableArray<(long Point, PackedSample Sample)> RowsOf(SqliteConnection connection, long from, long to) => connection.Query(
        "SELECT point, seq, at, value, quality, segment FROM sample WHERE packed = 0 AND at >= @from AND at < @to",
        row => (row.GetInt64(0), new PackedSample(row.GetInt64(1), row.GetInt64(2), row.Value(3), row.GetInt32(4), row.GetInt64(5))),
        ("@from", from), ("@to", to));

    private static byte[] Block(SqliteConnection connection, Resolution resolution, long point, long day) => Block(connection, Key(resolution, point, day));

    public static void Put(SqliteConnection connection, long key, byte[] block) =>
        connection.Execute("INSERT OR REPLACE INTO packed (id, data) VALUES (@id, @data)", ("@id", key), ("@data", block));
}
