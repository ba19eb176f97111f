using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>The samples of one point in order of time, wherever they lie: packed days first, then the rows of the days that are not.</summary>
internal static class RawSamples
{
    /// <summary>Those from <paramref name="from"/> (included) to <paramref name="to"/> (not included) [ms since 1970].</summary>
    public static ImmutableArray<PackedSample> Read(SqliteConnection connection, long point, long from, long to)
    {
        var rows = connection.Query(
            "SELECT seq, at, value, quality, segment FROM sample WHERE packed = 0 AND at >= @from AND at < @to AND point = @point ORDER BY at, seq",
            SampleOf, ("@from", from), ("@to", to), ("@point", point));
        return Join(Packing.Blocks(connection, Resolution.Raw, point, from, to), rows, from, to);
    }

    private static ImmutableArray<PackedSample> Join(ImmutableArray<byte[]> blocks, ImmutableArray<PackedSample> rows, long from, long to)
    {
        if (blocks.IsEmpty) return rows;
        var all = ImmutableArray.CreateBuilder<PackedSample>();
        foreach (var block in blocks)
            foreach (var sample in PackedDay.Samples(block))
                if (sample.At >= from && sample.At < to) all.Add(sample);
        // What came late lies among the rows until its day is packed again.
        var isInOrder = rows.IsEmpty || all.Count == 0 || rows[0].At >= all[^1].At;
        all.AddRange(rows);
        if (!isInOrder) all.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Sequence.CompareTo(b.Sequence));
        return all.DrainToImmutable();
    }

    /// <summary>Those of several points, each in order of time: what is not packed is read once for all of them.</summary>
    public static ImmutableArray<ImmutableArray<PackedSample>> Read(SqliteConnection connection, IReadOnlyList<long> points, long from, long to)
    {
        var rows = connection.Query(
            $"SELECT seq, at, value, quality, segment, point FROM sample WHERE packed = 0 AND at >= @from AND at < @to AND point IN ({string.Join(',', points)}) ORDER BY at, seq",
            row => (Point: row.GetInt64(5), Sample: SampleOf(row)), ("@from", from), ("@to", to)).ToLookup(r => r.Point, r => r.Sample);
        return [.. points.Select(point => Join(Packing.Blocks(connection, Resolution.Raw, point, from, to), [.. rows[point]], from, to))];
    }

    /// <summary>The last one by its time; null when there is none.</summary>
    public static PackedSample? Latest(SqliteConnection connection, long point)
    {
        var row = connection.Query(
            "SELECT seq, at, value, quality, segment FROM sample WHERE packed = 0 AND point = @point ORDER BY at DESC, seq DESC LIMIT 1", SampleOf, ("@point", point));
        var block = connection.Query(
            "SELECT data FROM packed WHERE id >= @from AND id < @end ORDER BY id DESC LIMIT 1", r => r.GetFieldValue<byte[]>(0),
            ("@from", Packing.Key(Resolution.Raw, point, 0)), ("@end", Packing.Key(Resolution.Raw, point + 1, 0)));
        return row.Concat(block.SelectMany(b => PackedDay.Samples(b).TakeLast(1))).OrderBy(s => s.At).ThenBy(s => s.Sequence).Select(s => (PackedSample?)s).LastOrDefault();
    }

    private static PackedSample SampleOf(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.Value(2), row.GetInt32(3), row.GetInt64(4));
}
