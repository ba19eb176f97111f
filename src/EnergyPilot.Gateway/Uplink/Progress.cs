using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Up to where the log has arrived. It is in memory at once and on the card every quarter of an hour: after a power cut some samples
/// are sent twice under the same sequence, which costs the line a little and the card nothing. A card that takes nothing is tried again later.
/// </summary>
internal sealed partial class Progress
{
    public const string Cursor = "uplink";

    private const long SavedAfter = 20_000;
    private static readonly TimeSpan SavedEvery = TimeSpan.FromMinutes(15), Earliest = TimeSpan.FromMinutes(1);

    private readonly Cursors cursors;
    private readonly TimeProvider time, school;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private long through, saved, triedAt, movedAt;

    /// <param name="time">Real time.</param>
    /// <param name="school">The time that people are shown.</param>
    public Progress(Cursors cursors, TimeProvider time, TimeProvider school, ILogger log)
    {
        (this.cursors, this.time, this.school, this.log) = (cursors, time, school, log);
        Try(() => cursors.Open(Cursor));
        through = saved = cursors.At(Cursor);
        triedAt = movedAt = time.GetTimestamp();
    }

    /// <summary>Everything up to here has arrived.</summary>
    public long Through => Interlocked.Read(ref through);

    /// <summary>When it last moved; the beginning of time before it did.</summary>
    public DateTimeOffset At { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>How long it has not moved.</summary>
    public TimeSpan StoodFor => time.GetElapsedTime(Interlocked.Read(ref movedAt));

    /// <summary>Takes an acknowledgement; false when it says nothing new.</summary>
    public bool Take(long acknowledged)
    {
        lock (gate)
        {
            if (acknowledged <= through) return false;
            Interlocked.Exchange(ref through, acknowledged);
            Interlocked.Exchange(ref movedAt, time.GetTimestamp());
            At = school.GetUtcNow();
            return true;
        }
    }

    /// <summary>Waiting begins anew.</summary>
    public void Rest() => Interlocked.Exchange(ref movedAt, time.GetTimestamp());

    /// <summary>Puts it on the card when it is time.</summary>
    public void Save()
    {
        var since = time.GetElapsedTime(triedAt);
        if (since >= SavedEvery || (Through - saved >= SavedAfter && since >= Earliest)) SaveNow();
    }

    /// <summary>Puts it on the card.</summary>
    public void SaveNow()
    {
        var now = Through;
        triedAt = time.GetTimestamp();
        if (now != saved && Try(() => cursors.Advance(Cursor, now))) saved = now;
    }

    private bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (SqliteException e)
        {
            LogNotKept(log, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "How far the uplink has come cannot be written: {Why} It is tried again in a quarter of an hour; until then a start sends more twice")]
    private static partial void LogNotKept(ILogger log, string why);
}
