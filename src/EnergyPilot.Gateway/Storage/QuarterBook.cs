using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What the rooms did, in quarters of an hour, for learning. Written with the samples of the same cycle, so that it costs no commit of its own.</summary>
internal sealed class QuarterBook : IPending, IQuarterBook
{
    // While the card takes nothing, so many wait in memory (a day of forty zones); then the oldest go.
    private const int MostPending = 4000;

    private readonly StoreFile file;
    private readonly List<ZoneQuarter> pending = [];

    public QuarterBook(StoreFile file, GroupCommit commits)
    {
        this.file = file;
        commits.Join(this);
    }

    public bool Any => pending.Count > 0;

    /// <summary>Takes them in before the samples of the same cycle: those see to it that the batch is committed in time.</summary>
    public void Append(ImmutableArray<ZoneQuarter> quarters)
    {
        if (quarters.IsEmpty) return;
        lock (file.Gate)
        {
            pending.AddRange(quarters);
            if (pending.Count > MostPending) pending.RemoveRange(0, pending.Count - MostPending);
        }
    }

    /// <summary>One zone's, stored and pending, in order of time. Commits nothing.</summary>
    public Quarter[] Since(ZoneId zone, DateTimeOffset from)
    {
        ZoneQuarter[] waiting;
        lock (file.Gate) waiting = [.. pending.Where(q => q.Zone == zone && q.Quarter.End > from)];
        var stored = file.Read(connection => connection.Query(
            "SELECT ended, room, outdoor, emission, sun_east, sun_south, sun_west, people, worth FROM quarter WHERE ended > @from AND zone = @zone ORDER BY ended",
            row => new Quarter(
                row.Time(0), row.Value(1),
                new ZoneDrive(row.Value(2), row.Value(3), row.Value(4), row.Value(5), row.Value(6), row.Value(7), 0), WorthOf(row.GetInt32(8))),
            ("@from", from.Milliseconds()), ("@zone", zone.Name)));

        // What was committed between the two looks is in both.
        var last = stored.IsEmpty ? DateTimeOffset.MinValue : stored[^1].End;
        return [.. stored, .. waiting.Select(q => q.Quarter).Where(q => q.End > last)];
    }

    /// <summary>The end of the newest stored; the beginning of time when there is none.</summary>
    public DateTimeOffset Newest => file.Read(connection => connection.Query(
        "SELECT ended FROM quarter ORDER BY ended DESC LIMIT 1", row => row.Time(0))) is [var newest] ? newest : DateTimeOffset.UnixEpoch;

    public void Write(SqliteConnection connection)
    {
        // A clock that was set back measures some quarters again: the newer ones hold.
        foreach (var (zone, (end, room, drive, worth)) in pending)
            connection.Execute(
                """
                INSERT OR REPLACE INTO quarter (ended, zone, room, outdoor, emission, sun_east, sun_south, sun_west, people, worth)
                VALUES (@ended, @zone, @room, @outdoor, @emission, @east, @south, @west, @people, @worth)
                """,
                ("@ended", end.Milliseconds()), ("@zone", zone.Name), ("@room", room.Stored()), ("@outdoor", drive.Outdoor.Stored()), ("@emission", drive.Emission.Stored()),
                ("@east", drive.SunEast.Stored()), ("@south", drive.SunSouth.Stored()), ("@west", drive.SunWest.Stored()), ("@people", drive.People.Stored()), ("@worth", (int)worth));
    }

    public void Written() => pending.Clear();

    public void Forget() => pending.Clear();

    // What a newer program calls otherwise teaches nothing here.
    private static QuarterWorth WorthOf(int number) => Enum.IsDefined((QuarterWorth)number) ? (QuarterWorth)number : QuarterWorth.Untrusted;
}
