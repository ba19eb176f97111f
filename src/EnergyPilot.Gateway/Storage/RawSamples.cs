using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>The samples of one point in order of time, wherever they lie: packed days first, then the rows of the days that are not.</summary>
internal static class RawSamples
{
    private const string Columns = "seq, at, value, quality, segment";

    /// <summary>Those from <paramref name="from"/> (included) to <paramref name="to"/> (not included) [ms since 1970].</summary>
    public static ImmutableArray<PackedSample> Read(SqliteConnection connection, long point, long from, long to) =>
        Join(connection, point, from, to, s => s, s => s.At);

    /// <summary>The same as charts want them.</summary>
    public static ImmutableArray<SeriesPoint> Series(SqliteConnection connection, long point, long from, long to) =>
        Join(connection, point, from, to, s => new SeriesPoint(Sql.FromMilliseconds(s.At), s.Value, s.Value, s.Value), s => s.At.UtcTicks);

    private static ImmutableArray<T> Join<T>(SqliteConnection connection, long point, long from, long to, Func<PackedSample, T> make, Func<T, long> at)
    {
        var rows = connection.Query(
            $"SELECT {Columns} FROM sample WHERE packed = 0 AND at >= @from AND at < @to AND point = @point ORDER BY at, seq",
            SampleOf, ("@from", from), ("@to", to), ("@point", point));
        var (day, all) = (new DayReader(), new InOrder<T>(rows.Length, at));
        Packing.Each(connection, Resolution.Raw, point, from, to, block =>
        {
            day.OpenSamples(block);
            all.Reserve(day.Count);
            for (var i = 0; i < day.Count; i++)
                if (day.Sample(i) is var sample && sample.At >= from && sample.At < to) all.Add(make(sample));
        });

        // What came late lies among the rows until its day is packed again.
        foreach (var row in rows) all.Add(make(row));
        return all.ToImmutable();
    }

    /// <summary>The last one by its time; null when there is none.</summary>
    public static PackedSample? Latest(SqliteConnection connection, long point)
    {
        var row = connection.Query(
            $"SELECT {Columns} FROM sample WHERE packed = 0 AND point = @point ORDER BY at DESC, seq DESC LIMIT 1", SampleOf, ("@point", point));
        var block = connection.Query(
            "SELECT data FROM packed WHERE id >= @from AND id < @end ORDER BY id DESC LIMIT 1", r => r.GetFieldValue<byte[]>(0),
            ("@from", Packing.Key(Resolution.Raw, point, 0)), ("@end", Packing.Key(Resolution.Raw, point + 1, 0)));
        return row.Concat(block.SelectMany(b => PackedDay.Samples(b).TakeLast(1))).OrderBy(s => s.At).ThenBy(s => s.Sequence).Select(s => (PackedSample?)s).LastOrDefault();
    }

    private static PackedSample SampleOf(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.Value(2), row.GetInt32(3), row.GetInt64(4));
}
