using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A whole database as one file, taken while the gateway runs, and put back while it does not.</summary>
internal static class Backup
{
    private const string Unfinished = ".new";

    /// <summary>Writes one consistent state into a new file, compact; the running gateway is not held up.</summary>
    /// <exception cref="IOException">There is no database, or the file exists already.</exception>
    /// <exception cref="SqliteException">One of both cannot be read or written.</exception>
    public static void Take(string database, string file)
    {
        if (!File.Exists(database)) throw new FileNotFoundException($"There is no data of a gateway at {database}.", database);
        if (File.Exists(file)) throw new IOException($"{file} exists already and is not overwritten.");
        File.Delete(file + Unfinished);
        using (var connection = StoreFile.Connect(database, SqliteOpenMode.ReadOnly)) connection.Execute("VACUUM INTO @file", ("@file", file + Unfinished));
        Sync(file + Unfinished);
        File.Move(file + Unfinished, file);
    }

    /// <summary>Puts a backup in the place of a database, which is kept beside it; returns where, empty when there was none.</summary>
    /// <exception cref="InvalidDataException">The file is no sound backup of this program or an older one.</exception>
    /// <exception cref="SqliteException">A gateway uses the database, or one of both cannot be read.</exception>
    public static string Restore(string file, string database, DateTimeOffset at)
    {
        RequireSound(file);
        if (File.Exists(database)) RequireUnused(database);
        if (Path.GetDirectoryName(database) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        File.Copy(file, database + Unfinished, overwrite: true);
        Rename(database + Unfinished);
        Sync(database + Unfinished);
        var before = "";
        if (File.Exists(database))
        {
            before = database + ".replaced-" + at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            foreach (var part in (ReadOnlySpan<string>)["-wal", "-shm"]) File.Delete(database + part);
            File.Move(database, before);
        }

        File.Move(database + Unfinished, database);
        return before;
    }

    private static void RequireSound(string file)
    {
        if (!File.Exists(file)) throw new InvalidDataException($"There is no file {file}.");
        try
        {
            using var connection = StoreFile.Connect(file, SqliteOpenMode.ReadOnly);
            if (connection.Query("PRAGMA integrity_check(1)", row => row.GetString(0)) is not ["ok"]
                || connection.Number("SELECT count(*) FROM sqlite_schema WHERE name IN ('sample', 'setting')") != 2) throw new InvalidDataException($"{file} is damaged or no backup of a gateway.");
            if (connection.Number("PRAGMA user_version") > Schema.Version) throw new InvalidDataException($"{file} was made by a newer version; restore it with that one.");
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException($"{file} cannot be read as a backup: {e.Message}", e);
        }
    }

    // Leaving WAL needs the file for oneself alone: it fails while a gateway has it open. What was in the journal is then in the database.
    private static void RequireUnused(string database)
    {
        using var connection = StoreFile.Connect(database, SqliteOpenMode.ReadWrite);
        connection.Execute("PRAGMA busy_timeout = 0");
        if (connection.Query("PRAGMA journal_mode = DELETE", row => row.GetString(0)) is not ["delete"]) throw new IOException($"{database} is in use.");
    }

    // It counts on from an older number: whoever has read the log that is replaced must notice that this is another one.
    private static void Rename(string file)
    {
        using var connection = StoreFile.Connect(file, SqliteOpenMode.ReadWrite);
        connection.Execute("PRAGMA journal_mode = DELETE");
        connection.Execute("DELETE FROM mark WHERE name = 'log'");
    }

    private static void Sync(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
