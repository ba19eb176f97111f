using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// Up to where the log has arrived. It is in memory at once and on the card every quarter of an hour: after a power cut some samples
/// are sent twice under the same sequence, which costs the line a little and the card nothing.
/// </summary>
internal sealed class Progress
{
    public const string Cursor = "uplink";

    private const long SavedAfter = 20_000;
    private static readonly TimeSpan SavedEvery = TimeSpan.FromMinutes(15);

    private readonly Cursors cursors;
    private readonly TimeProvider time, school;
    private readonly Lock gate = new();
    private long through, saved, savedAt, movedAt;

    /// <param name="time">Real time.</param>
    /// <param name="school">The time that people are shown.</param>
    public Progress(Cursors cursors, TimeProvider time, TimeProvider school)
    {
        (this.cursors, this.time, this.school) = (cursors, time, school);
        cursors.Open(Cursor);
        through = saved = cursors.At(Cursor);
        savedAt = movedAt = time.GetTimestamp();
    }

    /// <summary>Everything up to here has arrived.</summary>
    public long Through => Interlocked.Read(ref through);

    /// <summary>When it last moved; the beginning of time before it did.</summary>
    public DateTimeOffset At { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>How long it has not moved.</summary>
    public TimeSpan StoodFor => time.GetElapsedTime(Interlocked.Read(ref movedAt));

    /// <summary>Takes an acknowledgement; false when it says nothing new. Nobody can acknowledge what was not sent.</summary>
    /// <param name="sent">The last sequence that was sent.</param>
    public bool Take(long acknowledged, long sent)
    {
        lock (gate)
        {
            var now = Math.Min(acknowledged, sent);
            if (now <= through) return false;
            Interlocked.Exchange(ref through, now);
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
        if (Through - saved >= SavedAfter || time.GetElapsedTime(savedAt) >= SavedEvery) SaveNow();
    }

    /// <summary>Puts it on the card.</summary>
    public void SaveNow()
    {
        var now = Through;
        savedAt = time.GetTimestamp();
        if (now == saved) return;
        cursors.Advance(Cursor, now);
        saved = now;
    }
}
