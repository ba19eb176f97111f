using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Opens a database and looks whether it is sound, indices and all: damage shall be found now, and not when the school needs the page. It reads every page of a
/// file that takes seconds; a larger one is opened when its tables are those that they should be, and read later: a school does not wait minutes for its heat.
/// </summary>
internal static class SoundFile
{
    /// <summary>The smallest page of the file format: what is shorter holds nothing.</summary>
    public const int SmallestPage = 512;

    /// <summary>The most that is read before the school is heated [bytes]: some 12 s of a slow card.</summary>
    public const long MostAtStart = 200L << 20;

    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE (sqlite.org/c3ref/c_dbconfig_defensive.html).
    private const int NoCheckpointOnClose = 1006, WriteVersion = 18;

    // Pages of 1 KiB: what a minute adds is less than that, and each page that a commit touches is written twice. 2 MiB of cache for the
    // writer, which nothing leaves before its commit (packing a day takes some MiB for a moment), 1 MiB for a reader; some 12 MiB of journal, half a day, between two checkpoints.
    private const string WriterSettings =
        "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA cache_size = -2048; PRAGMA cache_spill = OFF; PRAGMA mmap_size = 0; PRAGMA wal_autocheckpoint = 12000; PRAGMA journal_size_limit = 16777216";

    /// <summary>The connection that writes; null when the file is damaged, which stays as it is.</summary>
    /// <param name="most">A file of more bytes is not read as a whole.</param>
    /// <exception cref="SqliteException">It cannot be opened at all, or is so damaged that SQLite does not take it for a database.</exception>
    public static SqliteConnection? TryOpen(string path, long most = MostAtStart)
    {
        if (IsStump(path)) return null;
        var connection = StoreFile.Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            KeepJournalOnClose(connection, 1);
            connection.Execute(WriterSettings);
            if (!IsOfAnotherFormat(connection, path) && (LengthOf(path) > most || IsWhole(connection)) && Schema.IsIntact(connection))
            {
                Schema.Migrate(connection);
                KeepJournalOnClose(connection, 0);
                return connection;
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    // SQLite takes a file without a whole page for an empty one, deletes its journal and writes over it.
    private static bool IsStump(string path) =>
        LengthOf(path) < SmallestPage && LengthOf(path) + LengthOf(path + "-wal") > 0;

    public static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    // Otherwise closing a damaged file would fold its journal into it and delete the journal, before a person could look at either.
    private static void KeepJournalOnClose(SqliteConnection connection, int keep) =>
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, keep, out _);

    private static bool IsWhole(SqliteConnection connection) => connection.Query("PRAGMA integrity_check(1)", row => row.GetString(0)) is ["ok"];

    // Byte 18 of the file: the version of the format for writing, 1 or 2 (sqlite.org/fileformat.html, 1.3.3). SQLite only reads a file of a higher one, and no program of ours has ever made one.
    private static bool IsOfAnotherFormat(SqliteConnection connection, string path)
    {
        if (!CanOnlyBeRead(connection)) return false;
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = WriteVersion;
        return file.ReadByte() > 2;
    }

    /// <summary>SQLite opens what it may only read without a word, and says so at the first write.</summary>
    public static bool CanOnlyBeRead(SqliteConnection connection) => SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") != 0;
}
