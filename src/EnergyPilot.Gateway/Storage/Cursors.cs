using System.Collections.Immutable;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Named places in the sample log, one for each reader that must miss nothing (the uplink). A reader sees only what is
/// committed: what it passes on can no longer vanish in a power cut and come back under the same number.
/// </summary>
internal sealed class Cursors(StoreFile file)
{
    /// <summary>The next samples after the cursor, in the order of the log, at most <paramref name="max"/>. A new cursor stands before the first.</summary>
    public ImmutableArray<Sample> Read(string cursor, int max) => file.Read(connection => connection.Query(
        """
        SELECT seq, name, at, value, quality FROM sample JOIN point ON point.id = sample.point
        WHERE seq > coalesce((SELECT seq FROM cursor WHERE name = @cursor), 0) ORDER BY seq LIMIT @max
        """,
        row => new Sample(row.GetInt64(0), new(row.GetString(1)), row.Time(2), row.Value(3), (Reliability)row.GetInt32(4)),
        ("@cursor", cursor), ("@max", max)));

    /// <summary>Where the cursor stands: everything up to here is done.</summary>
    public long At(string cursor) => file.Read(connection => connection.Number("SELECT seq FROM cursor WHERE name = @cursor", ("@cursor", cursor)));

    /// <summary>Everything up to <paramref name="sequence"/> is done. Never goes backward, nor past the end of the log; on the card when it returns.</summary>
    public void Advance(string cursor, long sequence) => file.Write(connection =>
    {
        var wanted = Math.Min(sequence, SampleLog.LastSequenceIn(connection));
        connection.Execute(
            "INSERT INTO cursor (name, seq) VALUES (@cursor, @seq) ON CONFLICT (name) DO UPDATE SET seq = max(seq, excluded.seq)",
            ("@cursor", cursor), ("@seq", wanted));
    });
}
