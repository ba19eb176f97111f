using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Wishes by hand. On the card before anybody is told that they hold, and in memory for the control, which asks in each cycle
/// and must not depend on the card.
/// </summary>
internal sealed class OverrideBook(StoreFile file, TimeProvider time)
{
    // The control asks without a lock: a card that takes its time must not hold a cycle up.
    private Standing standing = new(file.Read(connection => connection.Query(
        "SELECT id, zone, setpoint, owner, begins, ends, note, priority FROM override WHERE cancelled IS NULL AND ends > @now ORDER BY id",
        row => new Override(row.GetInt64(0), new(row.GetString(1)), new(row.GetDouble(2)), row.GetString(3), row.Time(4), row.Time(5), row.GetString(6)) { Priority = (Priority)row.GetInt32(7) },
        ("@now", time.GetUtcNow().Milliseconds()))));

    /// <summary>Called after each change, by whoever made it.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>Keeps a wish in the place of those of its priority that hold for its zone, gives it its number and writes what the audit is to say of it: all of that, or nothing. Times are kept to the millisecond.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not end after its beginning, or the setpoint is not a number.</exception>
    public Override Replace(Override wish, params AuditEntry[] lines)
    {
        Override kept;
        lock (file.Gate)
        {
            var older = Holding(wish.From).Where(o => o.Zone == wish.Zone && o.Priority == wish.Priority).Select(o => o.Id).ToHashSet();
            kept = file.Write(connection =>
            {
                foreach (var id in older) End(connection, id, wish.Owner, wish.From);
                foreach (var line in lines) AuditLog.Write(connection, line);
                return Insert(connection, wish);
            });
            Volatile.Write(ref standing, new([.. standing.Holding.Where(o => o.Until > wish.From && !older.Contains(o.Id)), kept]));
        }

        Changed();
        return kept;
    }

    /// <summary>Ends a wish before its time and writes what the audit is to say of it; false, and no line, when there is none with this number, or it was cancelled before.</summary>
    public bool Cancel(long id, string who, DateTimeOffset at, params AuditEntry[] lines)
    {
        int changed;
        lock (file.Gate)
        {
            changed = file.Write(connection =>
            {
                var ended = End(connection, id, who, at);
                if (ended == 1)
                    foreach (var line in lines) AuditLog.Write(connection, line);
                return ended;
            });
            Volatile.Write(ref standing, new(standing.Holding.RemoveAll(o => o.Id == id)));
        }

        Changed();
        return changed == 1;
    }

    /// <summary>The clock was set: wishes made between these instants of the clock before, which are not over, are for as long as they were meant.</summary>
    public void Move(DateTimeOffset from, DateTimeOffset until, TimeSpan by)
    {
        lock (file.Gate)
        {
            file.Write(connection => connection.Execute(
                "UPDATE override SET begins = begins + @by, ends = ends + @by WHERE cancelled IS NULL AND begins >= @from AND begins <= @until AND ends > @until",
                ("@by", (long)by.TotalMilliseconds), ("@from", from.Milliseconds()), ("@until", until.Milliseconds())));
            Volatile.Write(ref standing, new([.. standing.Holding.Select(o => o.From >= from && o.From <= until && o.Until > until ? Moved(o, by) : o)]));
        }

        Changed();
    }

    private static Override Moved(Override wish, TimeSpan by)
    {
        var whole = TimeSpan.FromMilliseconds((long)by.TotalMilliseconds);
        return wish with { From = wish.From + whole, Until = wish.Until + whole };
    }

    /// <summary>All that the control has to know at this instant, oldest first: the wishes for rooms, and the tests of outputs that are kept with them.</summary>
    public ImmutableArray<Override> Holding(DateTimeOffset at) => Volatile.Read(ref standing).Holding.RemoveAll(o => !o.HoldsAt(at));

    /// <summary>The wishes for rooms that hold at this instant, oldest first.</summary>
    public ImmutableArray<Override> Active(DateTimeOffset at) => Holding(at).RemoveAll(o => o.Priority == Priority.Commissioning);

    /// <summary>Every wish for a room that held at some moment of this time, oldest first, at most a few hundred, with when it really ended.</summary>
    public ImmutableArray<PastOverride> Between(DateTimeOffset from, DateTimeOffset to) => file.Read(connection => connection.Query(
        """
        SELECT id, zone, setpoint, owner, begins, ends, note, priority, coalesce(cancelled, ends), coalesce(cancelled_by, '') FROM override
        WHERE begins < @to AND min(ends, coalesce(cancelled, ends)) > @from AND priority <> @test ORDER BY begins, id LIMIT 300
        """,
        row => new PastOverride(
            new Override(row.GetInt64(0), new(row.GetString(1)), new(row.GetDouble(2)), row.GetString(3), row.Time(4), row.Time(5), row.GetString(6)) { Priority = (Priority)row.GetInt32(7) },
            row.Time(8), row.GetString(9)),
        ("@from", from.Milliseconds()), ("@to", to.Milliseconds()), ("@test", (int)Priority.Commissioning)));

    private static Override Insert(SqliteConnection connection, Override wish)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wish.Until.Milliseconds(), wish.From.Milliseconds(), nameof(wish));
        if (!double.IsFinite(wish.Setpoint.Degrees)) throw new ArgumentOutOfRangeException(nameof(wish));
        var id = connection.Number(
            "INSERT INTO override (zone, setpoint, owner, begins, ends, note, priority) VALUES (@zone, @setpoint, @owner, @from, @until, @note, @priority) RETURNING id",
            ("@zone", wish.Zone.Name), ("@setpoint", wish.Setpoint.Degrees), ("@owner", wish.Owner),
            ("@from", wish.From.Milliseconds()), ("@until", wish.Until.Milliseconds()), ("@note", wish.Note), ("@priority", (int)wish.Priority));
        return wish with { Id = id, From = Sql.FromMilliseconds(wish.From.Milliseconds()), Until = Sql.FromMilliseconds(wish.Until.Milliseconds()) };
    }

    private static int End(SqliteConnection connection, long id, string who, DateTimeOffset at) => connection.Execute(
        "UPDATE override SET cancelled = @at, cancelled_by = @who WHERE id = @id AND cancelled IS NULL", ("@at", at.Milliseconds()), ("@who", who), ("@id", id));

    private sealed record Standing(ImmutableArray<Override> Holding);
}

/// <summary>A wish with its end.</summary>
/// <param name="Ended">When it was over, or will be.</param>
/// <param name="EndedBy">Who ended it early; empty when nobody did.</param>
internal sealed record PastOverride(Override Wish, DateTimeOffset Ended, string EndedBy);
