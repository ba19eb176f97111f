using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A whole database as one file, taken while the gateway runs, and put back while it does not.</summary>
internal static class Backup
{
    private const string Unfinished = ".new";

    // Primary result codes of SQLite (sqlite.org/rescode.html), and errno 28, ENOSPC, as .NET hands it on.
    private const int Busy = 5, Locked = 6, Corrupt = 11, Full = 13, NotADatabase = 26, NoSpace = 28;

    /// <summary>Writes one consistent state into a new file, compact; the running gateway is not held up.</summary>
    /// <exception cref="IOException">There is no database, the file exists already, or one of both cannot be read or written; the message is a sentence for people.</exception>
    public static void Take(string database, string file)
    {
        if (!File.Exists(database)) throw new FileNotFoundException($"There is no data of a gateway at {database}.", database);
        if (File.Exists(file)) throw new IOException($"{file} exists already and is not overwritten. Name a new file.");
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder)) throw new IOException($"There is no folder {folder}. Make it, or name a file in another one.");
        using var connection = Reading(database);
        try
        {
            File.Delete(file + Unfinished);
            connection.Execute("VACUUM INTO @file", ("@file", file + Unfinished));
            Sync(file + Unfinished);
            File.Move(file + Unfinished, file);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            Remove(file + Unfinished);
            throw new IOException(Why(e, file, database), e);
        }
    }

    /// <summary>Puts a backup in the place of a database, which is kept beside it; returns where, empty when there was none.</summary>
    /// <exception cref="InvalidDataException">The file is no sound backup of this program or an older one.</exception>
    /// <exception cref="IOException">One of both cannot be read or written; the message is a sentence for people.</exception>
    /// <exception cref="SqliteException">A gateway uses the database.</exception>
    public static string Restore(string file, string database, DateTimeOffset at)
    {
        RequireSound(file);
        try
        {
            var isSound = !File.Exists(database) || RequireUnused(database);
            if (Path.GetDirectoryName(database) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            File.Copy(file, database + Unfinished, overwrite: true);
            Rename(database + Unfinished);
            Sync(database + Unfinished);
            var before = isSound ? Leave(database, at) : DamagedFile.SetAside(database, at).Path;
            // The suspicion was of the file that has just been moved away.
            File.Delete(database + StoreFile.Suspicion);
            File.Move(database + Unfinished, database);
            return before;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException { SqliteErrorCode: not (Busy or Locked) })
        {
            Remove(database + Unfinished);
            throw new IOException(Why(e, database, file), e);
        }
    }

    private static string Leave(string database, DateTimeOffset at)
    {
        if (!File.Exists(database)) return "";
        var before = database + ".replaced-" + at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        foreach (var part in (ReadOnlySpan<string>)["-wal", "-shm"]) File.Delete(database + part);
        File.Move(database, before);
        return before;
    }

    private static SqliteConnection Reading(string database)
    {
        try
        {
            return StoreFile.Connect(database, SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException e)
        {
            throw new IOException($"{database} cannot be read. Run it as the user of the gateway, or as root.", e);
        }
    }

    // What is written is told by its own name: nobody asked for a file that ends in .new.
    private static string Why(Exception e, string written, string read) => e switch
    {
        SqliteException { SqliteErrorCode: Full } or IOException { HResult: NoSpace } => $"There is no room for {written}. Make some, or name another place.",
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => $"{read} is damaged. The gateway sets it aside at its next start and goes on with the settings of its last copy.",
        _ => $"{written} cannot be written. Name a file in a folder that takes files and that you may write to.",
    };

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be removed, nothing could be written.
        }
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
    private static bool RequireUnused(string database)
    {
        try
        {
            using var connection = StoreFile.Connect(database, SqliteOpenMode.ReadWrite);
            connection.Execute("PRAGMA busy_timeout = 0");
            if (connection.Query("PRAGMA journal_mode = DELETE", row => row.GetString(0)) is not ["delete"]) throw new SqliteException($"{database} is in use.", Busy);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            // One that is damaged is what a backup is for.
            return false;
        }
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
