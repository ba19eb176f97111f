using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How far a reader of the log is behind.</summary>
/// <param name="At">Everything up to this sequence is done.</param>
/// <param name="Waiting">Samples after it.</param>
/// <param name="Oldest">When the first of them was taken; <see cref="DateTimeOffset.MaxValue"/> when none waits.</param>
/// <param name="Lost">Samples after it that had to be given up before it came to them: older than they are kept, or no room.</param>
internal sealed record CursorStanding(long At, long Waiting, DateTimeOffset Oldest, long Lost);

/// <summary>
/// Named places in the sample log, one for each reader that must miss nothing (the uplink, an export). A reader sees only what is
/// committed: what it passes on can no longer vanish in a power cut and come back under the same number. What a cursor has not passed
/// stays in the log until it is older than samples are kept, or there is no room; <see cref="Standing"/> tells what that cost.
/// Reading takes no lock and no more memory than the batch that was asked for.
/// </summary>
internal sealed class Cursors(StoreFile file, TimeProvider time)
{
    private const string Select =
        """
        SELECT seq, name, at, value, quality, ifnull(segment.clock, 0), ifnull(segment.boot, ''), ifnull(at - segment.begun + segment.monotonic, 0)
        FROM sample JOIN point ON point.id = sample.point LEFT JOIN segment ON segment.id = sample.segment
        """;

    /// <summary>From now on nothing goes before this cursor has passed it. A new one stands before the oldest sample that the log still has.</summary>
    public void Open(string cursor) => file.Write(connection => connection.Execute(
        """
        INSERT OR IGNORE INTO cursor (name, seq, moved)
        VALUES (@cursor, coalesce((SELECT min(seq) - 1 FROM sample), (SELECT seq FROM sqlite_sequence WHERE name = 'sample'), 0), @now)
        """,
        ("@cursor", cursor), ("@now", time.GetUtcNow().Milliseconds())));

    /// <summary>The next samples after a place, in the order of the log (of one point: in the order in which they were taken), none beyond <paramref name="last"/>, at most <paramref name="limit"/>.</summary>
    public ImmutableArray<Sample> ReadAfter(long sequence, long last, int limit) => file.Read(connection => After(connection, sequence, last, limit));

    /// <summary>Where the cursor stands: everything up to here is done.</summary>
    public long At(string cursor) => file.Read(connection => connection.Number("SELECT seq FROM cursor WHERE name = @cursor", ("@cursor", cursor)));

    /// <summary>Everything up to <paramref name="sequence"/> is done. Never goes backward, nor past the end of the log; on the card when it returns.</summary>
    public void Advance(string cursor, long sequence) => file.Write(connection =>
    {
        var wanted = Math.Min(sequence, SampleLog.LastSequenceIn(connection));
        connection.Execute(
            "INSERT INTO cursor (name, seq, moved) VALUES (@cursor, @seq, @now) ON CONFLICT (name) DO UPDATE SET seq = max(seq, excluded.seq), moved = excluded.moved",
            ("@cursor", cursor), ("@seq", wanted), ("@now", time.GetUtcNow().Milliseconds()));
    });

    /// <summary>Nothing waits for this reader any more.</summary>
    public void Close(string cursor) => file.Write(connection => connection.Execute("DELETE FROM cursor WHERE name = @cursor", ("@cursor", cursor)));

    /// <summary>How far a reader is behind.</summary>
    public CursorStanding Standing(string cursor) => Standing(At(cursor));

    /// <summary>How far a reader is behind that has come up to here, though its cursor may not say so yet.</summary>
    public CursorStanding Standing(long at) => file.Read(connection =>
    {
        var next = connection.Query("SELECT seq, at FROM sample WHERE seq > @at ORDER BY seq LIMIT 1", row => (Sequence: row.GetInt64(0), At: row.Time(1)), ("@at", at));
        var last = SampleLog.LastSequenceIn(connection);
        // Sequences have no holes of their own: what is missing between the cursor and the next was removed.
        return next is [var first] ? new CursorStanding(at, last - first.Sequence + 1, first.At, first.Sequence - at - 1) : new(at, 0, DateTimeOffset.MaxValue, Math.Max(last - at, 0));
    });

    /// <summary>Up to here every reader is done. How long one may stay behind is for the age of the samples to say, not for its own: a city that is away for two months costs the oldest days, not all.</summary>
    internal static long Floor(SqliteConnection connection) =>
        connection.Query("SELECT min(seq) FROM cursor", row => row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0)) is [var floor] ? floor : long.MaxValue;

    private static ImmutableArray<Sample> After(SqliteConnection connection, long sequence, long last, int limit) => connection.Query(
        Select + " WHERE seq > @after AND seq <= @last ORDER BY seq LIMIT @limit",
        row => new Sample(row.GetInt64(0), new(row.GetString(1)), row.Time(2), row.Value(3), (Reliability)row.GetInt32(4))
        {
            Clock = (ClockQuality)row.GetInt32(5), Boot = row.GetString(6), Monotonic = TimeSpan.FromMilliseconds(row.GetInt64(7)),
        },
        ("@after", sequence), ("@last", last), ("@limit", limit));
}
