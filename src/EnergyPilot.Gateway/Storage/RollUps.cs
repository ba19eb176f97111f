using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// The roll-ups in the file. A sample marks its quarter as unfolded in the transaction that stores it; when somebody asks, or when its day is over, a quarter is
/// folded from its samples, the hour from its quarters, its day from its hours. So there is one way for what comes in order,
/// what comes late, and what a power cut left behind, and a gateway that nobody looks at writes each roll-up once.
/// Days that are over are packed (<see cref="Packing"/>); their hours are made from their quarters when somebody asks.
/// </summary>
internal static class RollUps
{
    private const string Columns = "count, seconds, sum, low, high, first, first_at, last, last_at, begins, ends, standing, rise";

    public static void Mark(SqliteConnection connection, long quarter) =>
        connection.Execute("INSERT OR IGNORE INTO unfolded (quarter) VALUES (@quarter)", ("@quarter", quarter));

    /// <summary>Folds every quarter that samples have come for; one that is still filling will be folded again.</summary>
    public static void FoldAll(SqliteConnection connection) =>
        Fold(connection, connection.Query("SELECT quarter FROM unfolded", row => row.GetInt64(0)));

    /// <summary>The roll-ups of a point that begin within [from, to), in order.</summary>
    public static ImmutableArray<(long Start, RollUp State)> Read(SqliteConnection connection, long point, Resolution resolution, long from, long to) =>
        Read(connection, point, resolution, from, to, (start, state) => (Start: start, State: state), s => s.Start);

    /// <summary>The same, each made into what is asked for as soon as it is unpacked: years of states are never in memory.</summary>
    /// <param name="at">The beginning of the bucket that one was made from.</param>
    public static ImmutableArray<T> Read<T>(SqliteConnection connection, long point, Resolution resolution, long from, long to, Func<long, RollUp, T> make, Func<T, long> at)
    {
        var rows = Rows(connection, point, resolution, from, to, make);
        if (resolution == Resolution.Day || Packing.Until(connection) <= from) return rows;
        var hours = resolution == Resolution.Hour ? Packing.Count(connection, Resolution.Hour, point, from, to) : 0;
        var days = hours + Packing.Count(connection, Resolution.Quarter, point, from, to);
        if (days == 0) return rows;
        var all = new InOrder<T>(days * (int)(Bucket.Day / Bucket.Length(resolution)) + rows.Length, at);
        var day = new DayReader();
        if (hours > 0) Packing.Each(connection, Resolution.Hour, point, from, to, block => Unpack(block, 0));
        Packing.Each(connection, Resolution.Quarter, point, from, to, block => Unpack(block, resolution == Resolution.Hour ? Bucket.Hour : 0));
        foreach (var row in rows) all.Add(row);
        return all.ToImmutable();

        void Unpack(ReadOnlySpan<byte> block, long length)
        {
            day.OpenStates(block);
            for (var i = 0; i < day.Count;)
            {
                var (start, state) = day.State(i++);
                if (length > 0) start = Bucket.Start(start, length);
                while (length > 0 && i < day.Count && day.State(i) is var next && next.Start < start + length) (state, i) = (state.Then(next.State), i + 1);
                if (start >= from && start < to) all.Add(make(start, state));
            }
        }
    }

    /// <summary>Finer states of one day as coarser ones.</summary>
    public static ImmutableArray<(long Start, RollUp State)> Merged(ImmutableArray<(long Start, RollUp State)> finer, long length) =>
        [.. finer.GroupBy(s => Bucket.Start(s.Start, length)).Select(g => (g.Key, g.Aggregate(RollUp.Empty, (all, s) => all.Then(s.State))))];

    /// <summary>Samples of one day in order of time as quarters.</summary>
    public static ImmutableArray<(long Start, RollUp State)> Folded(IEnumerable<PackedSample> samples) =>
        [.. samples.GroupBy(s => Bucket.Start(s.At, Bucket.Quarter)).Select(g => (g.Key, g.Aggregate(RollUp.Empty, (all, s) => all.Then(RollUp.Of(s.At, s.Value)))))];

    /// <summary>The last day with this point before, and the first from, the given instants: how far a gap reaches.</summary>
    public static (RollUp Before, RollUp After) DaysAround(SqliteConnection connection, long point, long before, long from) => (
        One(connection, "start < @at", "DESC", point, before),
        One(connection, "start >= @at", "ASC", point, from));

    /// <summary>All rows of a resolution that begin within [from, to), of every point.</summary>
    public static ImmutableArray<(long Point, long Start, RollUp State)> RowsOf(SqliteConnection connection, Resolution resolution, long from, long to) => connection.Query(
        $"SELECT point, start, {Columns} FROM rollup WHERE resolution = @resolution AND start >= @from AND start < @to ORDER BY start",
        row => (row.GetInt64(0), row.GetInt64(1), StateOf(row, 2)),
        ("@resolution", (int)resolution), ("@from", from), ("@to", to));

    public static void Put(SqliteConnection connection, Resolution resolution, long start, long point, RollUp s) => connection.Execute(
        $"""
        INSERT OR REPLACE INTO rollup (resolution, start, point, {Columns})
        VALUES (@resolution, @start, @point, @count, @seconds, @sum, @low, @high, @first, @firstAt, @last, @lastAt, @begins, @ends, @standing, @rise)
        """,
        ("@resolution", (int)resolution), ("@start", start), ("@point", point),
        ("@count", s.Count), ("@seconds", s.Seconds), ("@sum", s.Sum), ("@low", s.Min.Stored()), ("@high", s.Max.Stored()),
        ("@first", s.First.Stored()), ("@firstAt", s.FirstAt), ("@last", s.Last.Stored()), ("@lastAt", s.LastAt),
        ("@begins", s.Begins), ("@ends", s.Ends), ("@standing", s.Standing.Stored()), ("@rise", s.Rise));

    private static ImmutableArray<T> Rows<T>(SqliteConnection connection, long point, Resolution resolution, long from, long to, Func<long, RollUp, T> make)
    {
        var length = Bucket.Length(resolution);
        var lowest = connection.Number("SELECT min(start) FROM rollup WHERE resolution = @resolution", ("@resolution", (int)resolution));
        var highest = connection.Number("SELECT max(start) FROM rollup WHERE resolution = @resolution", ("@resolution", (int)resolution));
        // All points of one moment lie together, so a point is sought in each bucket instead of read past all others.
        return connection.Query(
            $"""
            WITH RECURSIVE bucket (start) AS (SELECT @from WHERE @from < @to UNION ALL SELECT start + @length FROM bucket WHERE start + @length < @to)
            SELECT rollup.start, {Columns} FROM bucket CROSS JOIN rollup
            ON rollup.resolution = @resolution AND rollup.start = bucket.start AND rollup.point = @point
            ORDER BY bucket.start
            """,
            row => make(row.GetInt64(0), StateOf(row, 1)),
            ("@from", Math.Max(lowest, Bucket.Start(from + length - 1, length))), ("@to", Math.Min(highest + 1, to)),
            ("@length", length), ("@resolution", (int)resolution), ("@point", point));
    }

    private static RollUp One(SqliteConnection connection, string where, string order, long point, long at) =>
        connection.Query(
            $"SELECT {Columns} FROM rollup WHERE resolution = @day AND {where} AND point = @point AND count > 0 ORDER BY start {order} LIMIT 1",
            row => StateOf(row, 0), ("@day", (int)Resolution.Day), ("@at", at), ("@point", point)) is [var state] ? state : RollUp.Empty;

    private static void Fold(SqliteConnection connection, ImmutableArray<long> quarters)
    {
        if (quarters.IsEmpty) return;
        var packedUntil = Packing.Until(connection);
        foreach (var quarter in quarters)
        {
            if (Bucket.Start(quarter, Bucket.Day) < packedUntil) Packing.Amend(connection, quarter);
            else FoldSamples(connection, quarter);
            connection.Execute("DELETE FROM unfolded WHERE quarter = @quarter", ("@quarter", quarter));
        }

        var open = quarters.Where(q => Bucket.Start(q, Bucket.Day) >= packedUntil).ToArray();
        foreach (var hour in open.Select(q => Bucket.Start(q, Bucket.Hour)).Distinct()) FoldFiner(connection, Resolution.Hour, hour);
        foreach (var day in open.Select(q => Bucket.Start(q, Bucket.Day)).Distinct()) FoldFiner(connection, Resolution.Day, day);
    }

    private static void FoldSamples(SqliteConnection connection, long quarter) =>
        Store(connection, Resolution.Quarter, quarter, connection.Query(
            "SELECT point, at, value FROM sample WHERE packed = 0 AND at >= @from AND at < @to ORDER BY at, seq",
            row => (row.GetInt64(0), RollUp.Of(row.GetInt64(1), row.Value(2))),
            ("@from", quarter), ("@to", quarter + Bucket.Quarter)));

    private static void FoldFiner(SqliteConnection connection, Resolution resolution, long start) =>
        Store(connection, resolution, start, [.. RowsOf(connection, resolution - 1, start, start + Bucket.Length(resolution)).Select(r => (r.Point, r.State))]);

    // What was moved to another time leaves nothing behind.
    private static void Store(SqliteConnection connection, Resolution resolution, long start, ImmutableArray<(long Point, RollUp State)> parts)
    {
        var states = new SortedDictionary<long, RollUp>();
        foreach (var (point, part) in parts) states[point] = states.GetValueOrDefault(point, RollUp.Empty).Then(part);
        foreach (var (point, _, _) in RowsOf(connection, resolution, start, start + 1))
            if (!states.ContainsKey(point))
                connection.Execute(
                    "DELETE FROM rollup WHERE resolution = @resolution AND start = @start AND point = @point", ("@resolution", (int)resolution), ("@start", start), ("@point", point));
        foreach (var (point, state) in states) Put(connection, resolution, start, point, state);
    }

    private static RollUp StateOf(SqliteDataReader row, int c) => new(
        row.GetInt32(c), row.GetDouble(c + 1), row.GetDouble(c + 2), row.Value(c + 3), row.Value(c + 4), row.Value(c + 5), row.GetInt64(c + 6),
        row.Value(c + 7), row.GetInt64(c + 8), row.GetInt64(c + 9), row.GetInt64(c + 10), row.Value(c + 11), row.GetDouble(c + 12));
}
