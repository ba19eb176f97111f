using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How far a version of the site has come. The numbers are those in the database.</summary>
internal enum TrialStep
{
    /// <summary>Kept, and no start has begun with it: one that holds at once stays here until a cycle proves it.</summary>
    Waits = 0,

    /// <summary>Begun with; no cycle has ended yet.</summary>
    Begun = 1,

    /// <summary>Given up.</summary>
    Failed = 2,
}

/// <summary>
/// The versions of the site that no cycle has proved yet, and those that never will be: on the card before a start goes on, so that the next start knows how the last
/// one ended however it did. What stands here as begun when a gateway starts ended before its first cycle.
/// </summary>
internal sealed class TrialBook(StoreFile file)
{
    public void Put(long version, TrialStep step) => file.Write(connection => Write(connection, version, step));

    /// <summary>A whole cycle of this version has ended: it holds, and what led to it.</summary>
    public void Prove(long version) => file.Write(connection => connection.Execute(
        "DELETE FROM site_trial WHERE number <= @number AND step <> @failed", ("@number", version), ("@failed", (int)TrialStep.Failed)));

    /// <summary>The numbers of the versions that were given up.</summary>
    public ImmutableHashSet<long> Failed => [.. file.Read(connection => connection.Query("SELECT number FROM site_trial WHERE step = 2", row => row.GetInt64(0)))];

    public static void Write(SqliteConnection connection, long version, TrialStep step) =>
        connection.Execute("INSERT OR REPLACE INTO site_trial (number, step) VALUES (@number, @step)", ("@number", version), ("@step", (int)step));

    /// <summary>Of a database that may be older than this book.</summary>
    public static ImmutableDictionary<long, TrialStep> Peek(SqliteConnection connection) =>
        connection.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'site_trial'") == 0
            ? []
            : connection.Query("SELECT number, step FROM site_trial", row => KeyValuePair.Create(row.GetInt64(0), (TrialStep)row.GetInt32(1))).ToImmutableDictionary();
}
