using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>Somebody did something.</summary>
/// <param name="Who">Account, or "gateway" for what it does by itself.</param>
/// <param name="Origin">From where: a network address, or "console".</param>
/// <param name="What">The deed, for example "override added".</param>
/// <param name="Subject">What it was done to.</param>
internal sealed record AuditEntry(DateTimeOffset At, string Who, string Origin, string What, string Subject, string Old, string New);

/// <summary>Who did what. Append-only: the database itself refuses to change or remove a row.</summary>
internal sealed class AuditLog(StoreFile file)
{
    public void Write(AuditEntry entry) => file.Write(connection => Write(connection, entry));

    /// <summary>The same, within a transaction of something that it tells of.</summary>
    public static void Write(SqliteConnection connection, AuditEntry entry) => connection.Execute(
        "INSERT INTO audit (at, who, origin, what, subject, old, new) VALUES (@at, @who, @origin, @what, @subject, @old, @new)",
        ("@at", entry.At.Milliseconds()), ("@who", entry.Who), ("@origin", entry.Origin), ("@what", entry.What),
        ("@subject", entry.Subject), ("@old", entry.Old), ("@new", entry.New));

    /// <summary>The last <paramref name="count"/> entries, newest first.</summary>
    public ImmutableArray<AuditEntry> Latest(int count) => file.Read(connection => connection.Query(
        "SELECT at, who, origin, what, subject, old, new FROM audit ORDER BY id DESC LIMIT @count",
        row => new AuditEntry(row.Time(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        ("@count", count)));
}
