using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// What people did in a store that is held in memory, to be put into the file that comes back. What is theirs is told by comparing with what the
/// memory began with, not by time: the clock may have been set meanwhile.
/// </summary>
internal static class Meanwhile
{
    private const string AccountColumns = "name, role, algorithm, iterations, salt, hash, created, given";

    // What hangs on an account, with what tells one row from another.
    private static readonly (string Table, string Columns, string Key)[] Kept =
    [
        ("second_factor", "account, secret, created, step", "account"), ("recovery_code", "account, hash", "hash"), ("token", "hash, account, name, scope, created, ends", "hash"),
    ];

    /// <summary>Remembers, in the memory itself, what it begins with.</summary>
    public static void Begin(StoreFile memory) => memory.Outside(connection => connection.Execute(
        $"""
        PRAGMA temp_store = MEMORY;
        CREATE TEMP TABLE was_setting AS SELECT key, max(version) AS version FROM setting GROUP BY key;
        CREATE TEMP TABLE was_override AS SELECT id, cancelled FROM override;
        CREATE TEMP TABLE was_audit AS SELECT ifnull(max(id), 0) AS id FROM audit;
        CREATE TEMP TABLE was_account AS SELECT {AccountColumns} FROM account;
        {string.Concat(Kept.Select(k => $"CREATE TEMP TABLE was_{k.Table} AS SELECT {k.Columns} FROM {k.Table};"))}
        """));

    public static void Bring(StoreFile memory, StoreFile file)
    {
        var settings = Rows(memory, "SELECT key, json, who, at FROM setting AS s WHERE version > ifnull((SELECT version FROM was_setting WHERE key = s.key), 0) ORDER BY key, version");
        var overrides = Rows(memory,
            "SELECT zone, setpoint, owner, begins, ends, note, cancelled, cancelled_by, priority FROM override WHERE id > (SELECT ifnull(max(id), 0) FROM was_override) ORDER BY id");
        var cancelled = Rows(memory,
            "SELECT id, zone, begins, o.cancelled, cancelled_by FROM override AS o JOIN was_override AS w USING (id) WHERE o.cancelled IS NOT NULL AND w.cancelled IS NULL");
        var audit = Rows(memory, "SELECT at, who, origin, what, subject, old, new FROM audit WHERE id > (SELECT id FROM was_audit) ORDER BY id");
        var added = Rows(memory, $"SELECT {AccountColumns} FROM account WHERE name NOT IN (SELECT name FROM was_account)");
        var changed = Rows(memory, $"SELECT {AccountColumns} FROM (SELECT {AccountColumns} FROM account EXCEPT SELECT {AccountColumns} FROM was_account) WHERE name IN (SELECT name FROM was_account)");
        var access = Kept.Select(k => (
            k.Table, k.Columns, k.Key,
            Gone: Rows(memory, $"SELECT {k.Key} FROM was_{k.Table} WHERE {k.Key} NOT IN (SELECT {k.Key} FROM {k.Table})"),
            New: Rows(memory, $"SELECT {k.Columns} FROM {k.Table} EXCEPT SELECT {k.Columns} FROM was_{k.Table}"))).ToList();
        var removed = Rows(memory, "SELECT name FROM was_account WHERE name NOT IN (SELECT name FROM account)");
        file.Write(connection =>
        {
            Each(connection, settings, "INSERT INTO setting (key, version, json, who, at) SELECT @p0, 1 + ifnull(max(version), 0), @p1, @p2, @p3 FROM setting WHERE key = @p0");
            Each(connection, overrides, "INSERT INTO override (zone, setpoint, owner, begins, ends, note, cancelled, cancelled_by, priority) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)");
            Each(connection, cancelled, "UPDATE override SET cancelled = @p3, cancelled_by = @p4 WHERE id = @p0 AND zone = @p1 AND begins = @p2 AND cancelled IS NULL");
            Each(connection, audit, "INSERT INTO audit (at, who, origin, what, subject, old, new) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)");
            // Where the memory knew no accounts, those of the file hold: nobody becomes somebody else by making an account of the same name.
            Each(connection, added, $"INSERT OR IGNORE INTO account ({AccountColumns}) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)");
            Each(connection, changed, "UPDATE account SET role = @p1, algorithm = @p2, iterations = @p3, salt = @p4, hash = @p5, created = @p6, given = @p7, failures = 0, locked_until = 0 WHERE name = @p0");
            foreach (var (table, columns, key, gone, made) in access)
            {
                Each(connection, gone, $"DELETE FROM {table} WHERE {key} = @p0");
                Each(connection, made, $"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({string.Join(", ", columns.Split(", ").Select((_, i) => FormattableString.Invariant($"@p{i}")))})");
            }

            Each(connection, removed, "DELETE FROM account WHERE name = @p0");
            // Nobody stays signed in with what a session knew before.
            connection.Execute("DELETE FROM session");
        });
    }

    private static object[][] Rows(StoreFile memory, string sql) => [.. memory.Read(connection => connection.Query(sql, Row))];

    private static object[] Row(SqliteDataReader row)
    {
        var values = new object[row.FieldCount];
        row.GetValues(values);
        return values;
    }

    private static void Each(SqliteConnection connection, object[][] rows, string sql)
    {
        foreach (var row in rows) connection.Execute(sql, [.. row.Select((value, i) => (FormattableString.Invariant($"@p{i}"), (object?)value))]);
    }
}
