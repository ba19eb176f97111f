using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>Takes days apart that were packed, because samples in them belong to another time.</summary>
internal static class Loosening
{
    /// <summary>Samples of whole packed days, from that of <paramref name="from"/> on, with their point and their day, point by point.</summary>
    public static IEnumerable<(long Point, long Day, PackedSample Sample)> Samples(SqliteConnection connection, long from)
    {
        var reader = new DayReader();
        foreach (var point in connection.Query("SELECT id FROM point", row => row.GetInt64(0)))
            foreach (var key in Keys(connection, point, from))
            {
                reader.OpenSamples(Packing.Block(connection, key));
                for (var i = 0; i < reader.Count; i++) yield return (point, Packing.DayOf(key), reader.Sample(i));
            }
    }

    /// <summary>
    /// Every packed day from that of <paramref name="from"/> on that holds a sample of these segments becomes rows again, to be folded and packed anew;
    /// false, and nothing is changed, when that were more than <paramref name="most"/> samples.
    /// </summary>
    public static bool Try(SqliteConnection connection, HashSet<long> segments, long from, int most)
    {
        var (days, count) = (new HashSet<(long Point, long Day)>(), new Dictionary<(long, long), int>());
        foreach (var (point, day, sample) in Samples(connection, from))
        {
            count[(point, day)] = count.GetValueOrDefault((point, day)) + 1;
            if (segments.Contains(sample.Segment)) days.Add((point, day));
        }

        if (days.Sum(d => count[d]) > most) return false;
        foreach (var (point, day) in days) Loosen(connection, point, day);
        return true;
    }

    private static ImmutableArray<long> Keys(SqliteConnection connection, long point, long from) => connection.Query(
        "SELECT id FROM packed WHERE id >= @from AND id < @end ORDER BY id", row => row.GetInt64(0),
        ("@from", Packing.Key(Resolution.Raw, point, from)), ("@end", Packing.Key(Resolution.Raw, point + 1, 0)));

    // What a cursor has not passed is still there as a row; what it has passed comes back under its old number and waits for nobody.
    private static void Loosen(SqliteConnection connection, long point, long day)
    {
        foreach (var sample in PackedDay.Samples(Packing.Block(connection, Packing.Key(Resolution.Raw, point, day))))
        {
            connection.Execute(
                "INSERT OR REPLACE INTO sample (seq, point, at, value, quality, segment, packed) VALUES (@seq, @point, @at, @value, @quality, @segment, 0)",
                ("@seq", sample.Sequence), ("@point", point), ("@at", sample.At), ("@value", sample.Value.Stored()), ("@quality", sample.Quality), ("@segment", sample.Segment));
            RollUps.Mark(connection, Bucket.Start(sample.At, Bucket.Quarter));
        }

        foreach (var resolution in (ReadOnlySpan<Resolution>)[Resolution.Raw, Resolution.Quarter])
            connection.Execute("DELETE FROM packed WHERE id = @id", ("@id", Packing.Key(resolution, point, day)));
        connection.Execute("DELETE FROM rollup WHERE resolution = @day AND start = @start AND point = @point", ("@day", (int)Resolution.Day), ("@start", day), ("@point", point));
    }
}
