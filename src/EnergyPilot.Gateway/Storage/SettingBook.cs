using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>One version of a setting.</summary>
/// <param name="Key">What is set, for example "zone/cp".</param>
/// <param name="Version">1 for the first, then one more each time.</param>
/// <param name="Json">Its value; what it means is known by who wrote it.</param>
internal sealed record Setting(string Key, long Version, string Json, string Who, DateTimeOffset At);

/// <summary>What people changed on the page, the newest versions of it: who, when, from what to what. On the card when a call returns.</summary>
internal sealed class SettingBook(StoreFile file, TimeProvider time)
{
    /// <summary>So many versions of each are kept. They are for people who ask what stood there before; nothing that runs reads more than the newest.</summary>
    public const int MostKept = 50;

    private const string Select = "SELECT key, version, json, who, at FROM setting ";

    /// <summary>The newest version.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out Setting? setting)
    {
        setting = file.Read(connection => Newest(connection, key));
        return setting is not null;
    }

    /// <summary>The same, within a transaction.</summary>
    public static Setting? Newest(SqliteConnection connection, string key) => connection.Query(Select + "WHERE key = @key ORDER BY version DESC LIMIT 1", SettingOf, ("@key", key)).FirstOrDefault();

    /// <summary>All versions of a setting that are kept, oldest first.</summary>
    public ImmutableArray<Setting> Versions(string key) => Read(Select + "WHERE key = @key ORDER BY version", ("@key", key));

    /// <param name="key">What is set.</param>
    /// <param name="json">Its value.</param>
    /// <param name="who">Who sets it.</param>
    /// <param name="with">What belongs to it, as its audit line: all or nothing.</param>
    public Setting Save(string key, string json, string who, Action<SqliteConnection>? with = null)
    {
        var at = time.GetUtcNow();
        return file.Write(connection =>
        {
            var saved = Write(connection, key, json, who, at);
            with?.Invoke(connection);
            return saved;
        });
    }

    /// <summary>The same, within a transaction of something that it belongs to.</summary>
    public static Setting Write(SqliteConnection connection, string key, string json, string who, DateTimeOffset at)
    {
        var version = 1 + connection.Number("SELECT max(version) FROM setting WHERE key = @key", ("@key", key));
        connection.Execute(
            "INSERT INTO setting (key, version, json, who, at) VALUES (@key, @version, @json, @who, @at)",
            ("@key", key), ("@version", version), ("@json", json), ("@who", who), ("@at", at.Milliseconds()));
        connection.Execute("DELETE FROM setting WHERE key = @key AND version <= @version - @kept", ("@key", key), ("@version", version), ("@kept", MostKept));
        return new Setting(key, version, json, who, Sql.FromMilliseconds(at.Milliseconds()));
    }

    private ImmutableArray<Setting> Read(string sql, (string Name, object? Value) argument) => file.Read(connection => connection.Query(sql, SettingOf, argument));

    private static Setting SettingOf(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.Time(4));
}
