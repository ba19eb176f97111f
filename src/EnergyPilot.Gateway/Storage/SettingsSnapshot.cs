using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Supervision;
using EnergyPilot.Gateway.Uplink;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// What people set and what was learned, once more in a small file of its own beside the database: a damaged database costs history, not the
/// school's programme, accounts and models. Written when something of it has changed, at most every ten minutes, into a new file that then takes the place of
/// the old one; the one before is kept too, so that one of both can always be read.
/// </summary>
internal sealed class SettingsSnapshot
{
    private const string Ending = ".settings", Before = ".settings.1", Unfinished = ".settings.new";

    // What grows is copied as far as it still says something: what is set now and was a little before, who did what lately, and which wishes may hold.
    private static readonly (string Name, string Which)[] Tables =
    [
        ("setting", "WHERE version > (SELECT max(version) - 5 FROM other.setting AS newest WHERE newest.key = other.setting.key)"), ("override", "WHERE cancelled IS NULL AND ends > @at ORDER BY id DESC LIMIT 2000"), ("account", ""), ("setup_code", ""),
        ("second_factor", ""), ("recovery_code", ""), ("token", ""),
        ("audit", "WHERE id > (SELECT ifnull(max(id), 0) - 1000 FROM other.audit)"), ("shelf", ""),
        ("site_version", "WHERE number > (SELECT ifnull(max(number), 0) - 30 FROM other.site_version)"),
    ];

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private string saved = "";
    private DateTimeOffset savedAt;

    public void Save(StoreFile file, DateTimeOffset at)
    {
        if ((at - savedAt).Duration() < Every || file.Read(Fingerprint) is var now && now == saved) return;
        Write(file.Path, file.Path + Unfinished, at);
        if (File.Exists(file.Path + Ending)) File.Move(file.Path + Ending, file.Path + Before, overwrite: true);
        File.Move(file.Path + Unfinished, file.Path + Ending, overwrite: true);
        (saved, savedAt) = (now, at);
    }

    /// <summary>Puts the newest snapshot that can be read into a new file; false when there is none.</summary>
    public static bool TryRestore(string path, StoreFile into, out DateTimeOffset from)
    {
        foreach (var snapshot in (ReadOnlySpan<string>)[path + Ending, path + Before])
        {
            from = File.GetLastWriteTimeUtc(snapshot);
            if (File.Exists(snapshot) && Try(() => Copy(snapshot, into))) return true;
        }

        from = default;
        return false;
    }

    /// <summary>Puts what the database at this place holds of them into another; false when it cannot be read.</summary>
    public static bool TryRead(string path, StoreFile into) => File.Exists(path) && Try(() => Copy(path, into));

    // Every change by people leaves one of these behind; the control's memory changes all the time and is not worth a copy, nor is what a supervisor or a
    // city wishes anew every few minutes: that goes with the next change by people.
    private static string Fingerprint(SqliteConnection connection) => connection.Query(
        """
        SELECT (SELECT ifnull(max(id), 0) FROM audit WHERE who <> @supervisor AND origin <> @city) || ' ' || (SELECT ifnull(sum(version), 0) || ' ' || ifnull(max(at), 0) FROM setting)
            || ' ' || (SELECT ifnull(max(id), 0) || ' ' || ifnull(max(cancelled), 0) FROM override WHERE owner <> @supervisor AND priority = @operator)
            || ' ' || (SELECT count(*) FROM account) || ' ' || (SELECT ifnull(max(at), 0) FROM shelf WHERE name = 'knowledge')
        """, row => row.GetString(0), ("@supervisor", SupervisorWishes.Owner), ("@city", Wishes.Origin), ("@operator", (int)Priority.Operator))[0];

    private static void Write(string path, string snapshot, DateTimeOffset at)
    {
        File.Delete(snapshot);
        using var connection = StoreFile.Connect(snapshot, SqliteOpenMode.ReadWriteCreate);
        connection.Execute("PRAGMA synchronous = FULL");
        Schema.Migrate(connection);
        connection.Execute("ATTACH @path AS other", ("@path", path));
        CopyTables(connection, at);
        connection.Execute("DETACH other");
    }

    private static void Copy(string snapshot, StoreFile into)
    {
        using (var connection = StoreFile.Connect(snapshot, SqliteOpenMode.ReadOnly))
            if (connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"]) throw new InvalidDataException("The snapshot is damaged.");
        into.Outside(connection =>
        {
            connection.Execute("ATTACH @path AS other", ("@path", snapshot));
            try
            {
                // The clock may not be known yet.
                CopyTables(connection, DateTimeOffset.MinValue);
            }
            finally
            {
                connection.Execute("DETACH other");
            }
        });
    }

    // A file of another version may have other columns: those that both know.
    private static void CopyTables(SqliteConnection connection, DateTimeOffset at)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var (table, which) in Tables)
        {
            var both = string.Join(", ", connection.Query(
                $"SELECT name FROM pragma_table_info('{table}', 'main') WHERE name IN (SELECT name FROM pragma_table_info('{table}', 'other'))", row => $"\"{row.GetString(0)}\""));
            if (both.Length > 0) connection.Execute($"INSERT OR REPLACE INTO main.{table} ({both}) SELECT {both} FROM other.{table} {which}", ("@at", at.Milliseconds()));
        }

        transaction.Commit();
    }

    private static bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception e) when (e is SqliteException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
