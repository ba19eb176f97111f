using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// The tables, and how an older file gets them. Steps are only ever added at the end, and a step only ever adds (a table, or
/// a column with a default): after a failed update the older program must still run on the newer file.
/// STRICT lets quick_check notice a damaged type, and nothing here is updated in place that a batch does not need to touch:
/// samples and roll-ups are ordered by time first, so that all points of one moment share a few pages of the card.
/// </summary>
internal static class Schema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE point (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE sample (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, point INTEGER NOT NULL, at INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL) STRICT;
        CREATE INDEX sample_by_time ON sample (at, point);
        CREATE TABLE rollup (
            resolution INTEGER NOT NULL, start INTEGER NOT NULL, point INTEGER NOT NULL,
            count INTEGER NOT NULL, seconds REAL NOT NULL, sum REAL NOT NULL, low REAL, high REAL,
            first REAL, first_at INTEGER NOT NULL, last REAL, last_at INTEGER NOT NULL,
            begins INTEGER NOT NULL, ends INTEGER NOT NULL, standing REAL, rise REAL NOT NULL,
            PRIMARY KEY (resolution, start, point)) STRICT, WITHOUT ROWID;
        CREATE TABLE unfolded (quarter INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE cursor (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE decision (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, subject TEXT NOT NULL, value REAL,
            priority INTEGER NOT NULL, code TEXT NOT NULL, facts TEXT NOT NULL) STRICT;
        CREATE INDEX decision_by_subject ON decision (subject, at);
        CREATE INDEX decision_by_time ON decision (at);
        CREATE TABLE alarm (
            id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, subject TEXT NOT NULL, severity INTEGER NOT NULL,
            code TEXT NOT NULL, facts TEXT NOT NULL, since INTEGER NOT NULL, ended INTEGER,
            acknowledged INTEGER, acknowledged_by TEXT, note TEXT) STRICT;
        CREATE UNIQUE INDEX alarm_open ON alarm (key) WHERE ended IS NULL;
        CREATE TABLE override (
            id INTEGER PRIMARY KEY AUTOINCREMENT, zone TEXT NOT NULL, setpoint REAL NOT NULL, owner TEXT NOT NULL,
            begins INTEGER NOT NULL, ends INTEGER NOT NULL, note TEXT NOT NULL, cancelled INTEGER, cancelled_by TEXT) STRICT;
        CREATE TABLE setting (
            key TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (key, version)) STRICT, WITHOUT ROWID;
        CREATE TABLE shelf (name TEXT PRIMARY KEY, at INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, origin TEXT NOT NULL,
            what TEXT NOT NULL, subject TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL) STRICT;
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TABLE account (
            name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, algorithm TEXT NOT NULL, iterations INTEGER NOT NULL,
            salt BLOB NOT NULL, hash BLOB NOT NULL, created INTEGER NOT NULL,
            failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE setup_code (
            id INTEGER PRIMARY KEY CHECK (id = 1), algorithm TEXT NOT NULL, iterations INTEGER NOT NULL,
            salt BLOB NOT NULL, hash BLOB NOT NULL, attempts INTEGER NOT NULL) STRICT;
        """,
        "CREATE TABLE ledger (day TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;",
        """
        CREATE TABLE quarter (
            ended INTEGER NOT NULL, zone TEXT NOT NULL, room REAL, outdoor REAL, emission REAL,
            sun_east REAL, sun_south REAL, sun_west REAL, people REAL, worth INTEGER NOT NULL,
            PRIMARY KEY (ended, zone)) STRICT, WITHOUT ROWID;
        CREATE TABLE morning (
            use INTEGER NOT NULL, zone TEXT NOT NULL, made INTEGER NOT NULL, starts INTEGER NOT NULL, warm INTEGER NOT NULL, expected REAL,
            began INTEGER, ready INTEGER, room REAL, target REAL,
            PRIMARY KEY (use, zone)) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE segment (id INTEGER PRIMARY KEY, boot TEXT NOT NULL, begun INTEGER NOT NULL, monotonic INTEGER NOT NULL, clock INTEGER NOT NULL) STRICT;
        CREATE TABLE packed (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
        ALTER TABLE sample ADD COLUMN segment INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sample ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;
        DROP INDEX sample_by_time;
        CREATE INDEX sample_by_time ON sample (at, point) WHERE packed = 0;
        ALTER TABLE cursor ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
        """,
        "ALTER TABLE override ADD COLUMN priority INTEGER NOT NULL DEFAULT 8;",
        """
        CREATE TABLE site_version (
            number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, origin TEXT NOT NULL, note TEXT NOT NULL, file TEXT NOT NULL, text BLOB NOT NULL) STRICT;
        """,
        // Of the audit only the oldest line may go, when it is five years older than the newest or 200,000 lines behind it; the newest thousand stay whatever the clock did.
        """
        ALTER TABLE account ADD COLUMN given INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, account TEXT NOT NULL COLLATE NOCASE,
            created INTEGER NOT NULL, seen INTEGER NOT NULL, origin TEXT NOT NULL, browser TEXT NOT NULL) STRICT;
        CREATE TABLE token (
            id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, account TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL,
            scope TEXT NOT NULL, created INTEGER NOT NULL, ends INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE second_factor (
            account TEXT PRIMARY KEY COLLATE NOCASE, secret BLOB NOT NULL, created INTEGER NOT NULL, step INTEGER NOT NULL,
            failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE recovery_code (account TEXT NOT NULL COLLATE NOCASE, hash TEXT NOT NULL, PRIMARY KEY (account, hash)) STRICT, WITHOUT ROWID;
        DROP TRIGGER audit_is_not_removed;
        CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit WHEN NOT (
            OLD.id = (SELECT min(id) FROM audit) AND OLD.id <= (SELECT max(id) FROM audit) - 1000
            AND (OLD.at < (SELECT at FROM audit ORDER BY id DESC LIMIT 1) - 157788000000 OR OLD.id <= (SELECT max(id) FROM audit) - 200000))
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """,
        """
        CREATE TABLE vote (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, zone TEXT NOT NULL, feeling INTEGER NOT NULL,
            room REAL, target REAL, outdoor REAL, in_use INTEGER NOT NULL) STRICT;
        CREATE INDEX vote_by_zone ON vote (zone, at);
        """,
        "CREATE TABLE site_trial (number INTEGER PRIMARY KEY, step INTEGER NOT NULL) STRICT;",
    ];

    /// <summary>The version of a file that this program makes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings a file up to date, each step in a transaction with its version number. A file of a newer program stays as it is.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        for (var version = (int)connection.Number("PRAGMA user_version"); version < Steps.Length; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Steps[version]);
            connection.Execute(FormattableString.Invariant($"PRAGMA user_version = {version + 1}"));
            transaction.Commit();
        }
    }

    /// <summary>
    /// Whether the tables are those that this program makes, to the letter: quick_check does not notice a flipped bit in the
    /// name of a table. A file of another version cannot be judged and counts as intact.
    /// </summary>
    public static bool IsIntact(SqliteConnection connection)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version == 0) return connection.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (version != Steps.Length) return version > 0;

        using var fresh = new SqliteConnection("Data Source=:memory:;Pooling=False");
        fresh.Open();
        Migrate(fresh);
        return Tables(connection).SetEquals(Tables(fresh));
    }

    private static HashSet<string> Tables(SqliteConnection connection) =>
        [.. connection.Query("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema", row => row.GetString(0))];
}
