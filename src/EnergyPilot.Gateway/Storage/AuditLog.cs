using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>Somebody did something.</summary>
/// <param name="Who">Account, or "gateway" for what it does by itself.</param>
/// <param name="Origin">From where: a network address, or "console".</param>
/// <param name="What">The deed, for example "override added".</param>
/// <param name="Subject">What it was done to.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Who, string Origin, string What, string Subject, string Old, string New)
{
    /// <summary>Its number in the log; 0 before it is there.</summary>
    public long Id { get; init; }
}

/// <summary>Which entries are wanted: of this person (any case), with this in the deed and in the subject, from one instant up to before another. What is empty does not matter.</summary>
internal sealed record AuditFilter(string Who, string What, string Subject, DateTimeOffset From, DateTimeOffset Until)
{
    public static readonly AuditFilter All = new("", "", "", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
}

/// <summary>
/// Who did what. Append-only: the database itself refuses to change a row, or to remove one that is neither five years old nor
/// 200,000 rows behind the newest.
/// </summary>
internal sealed class AuditLog(StoreFile file)
{
    private const string Columns = "id, at, who, origin, what, subject, old, new";

    public void Write(AuditEntry entry) => file.Write(connection => Write(connection, entry));

    /// <summary>The same where nobody is to be refused because the card takes nothing.</summary>
    public void TryWrite(AuditEntry entry) => file.TryWrite(connection => Write(connection, entry));

    /// <summary>The same, within a transaction of something that it tells of.</summary>
    public static void Write(SqliteConnection connection, AuditEntry entry) => connection.Execute(
        "INSERT INTO audit (at, who, origin, what, subject, old, new) VALUES (@at, @who, @origin, @what, @subject, @old, @new)",
        ("@at", entry.At.Milliseconds()), ("@who", entry.Who), ("@origin", entry.Origin), ("@what", entry.What),
        ("@subject", entry.Subject), ("@old", entry.Old), ("@new", entry.New));

    /// <summary>Entries before the one of this number, newest first.</summary>
    public ImmutableArray<AuditEntry> Page(AuditFilter filter, long before, int count) => file.Read(connection => connection.Query(
        $"""
        SELECT {Columns} FROM audit
        WHERE id < @before AND at >= @from AND at < @until AND (@who = '' OR who = @who COLLATE NOCASE) AND (@what = '' OR instr(lower(what), lower(@what)) > 0)
            AND (@subject = '' OR instr(lower(subject), lower(@subject)) > 0)
        ORDER BY id DESC LIMIT @count
        """,
        row => new AuditEntry(row.Time(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7)) { Id = row.GetInt64(0) },
        ("@before", before), ("@from", filter.From.Milliseconds()), ("@until", filter.Until.Milliseconds()), ("@who", filter.Who), ("@what", filter.What), ("@subject", filter.Subject),
        ("@count", count)));

    /// <summary>Takes away, oldest first, what the database lets go; the number of rows that went. One by one, for so the trigger looks at each.</summary>
    public static int Trim(SqliteConnection connection, int most)
    {
        for (var gone = 0; gone < most; gone++)
        {
            try
            {
                if (connection.Execute("DELETE FROM audit WHERE id = (SELECT min(id) FROM audit)") == 0) return gone;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == ConstraintFailed)
            {
                return gone;
            }
        }

        return most;
    }

    // What RAISE(ABORT) of a trigger comes out as (sqlite.org/rescode.html#constraint).
    private const int ConstraintFailed = 19;
}
