using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// The database file: one connection that writes, behind a lock, and a connection of its own for each read.
/// Every commit is on the card when it returns (WAL with synchronous FULL: the journal is synced at each commit).
/// A file that cannot be read is set aside, never deleted, and a new one is started: history is worth less than control.
/// </summary>
internal sealed partial class StoreFile : IDisposable
{
    /// <summary>Ends the name of the mark beside a file that the next start sets aside.</summary>
    public const string Suspicion = ".suspect";

    // Primary result codes of SQLite: SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html).
    private const int Corrupt = 11, NotADatabase = 26;

    private const string ReaderSettings = "PRAGMA cache_size = -1024; PRAGMA mmap_size = 0; PRAGMA query_only = 1";

    // A store names its log at its first start; in a backup that was put back the name is missing, but people's deeds are there.
    private const string IsUntouched =
        "SELECT NOT EXISTS (SELECT 1 FROM mark WHERE name = 'log') AND NOT EXISTS (SELECT 1 FROM setting) AND NOT EXISTS (SELECT 1 FROM account) AND NOT EXISTS (SELECT 1 FROM audit)";

    private const int MostSetAside = 2;
    private static readonly TimeSpan DamagedAgain = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset NoYearOfOurs = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteConnection writer;
    private bool isBeside;

    private StoreFile(string path, SqliteConnection writer) => (Path, this.writer) = (path, writer);

    public string Path { get; }

    /// <summary>Why the file is not there and everything is held in memory, to be lost at the end; empty when it is.</summary>
    public string Missing { get; private init; } = "";

    /// <summary>Held while anything is written, and by the logs around what they have not written yet. A thread may enter twice.</summary>
    public Lock Gate { get; } = new();

    /// <exception cref="SqliteException">The file cannot be opened at all: no permission, no space.</exception>
    public static StoreFile Open(string path, TimeProvider time, ILogger log) => Open(path, time, log, int.MaxValue);

    private static StoreFile Open(string path, TimeProvider time, ILogger log, int mostSetAside)
    {
        try
        {
            if (!File.Exists(path + Suspicion) && SoundFile.TryOpen(path) is { } intact) return Filled(path, intact, log);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            LogUnreadable(log, path, e);
        }

        var lately = time.GetUtcNow() - DamagedAgain;
        if (DamagedFile.Beside(path).Count(f => f.At > lately) >= mostSetAside) throw new IOException($"{mostSetAside} databases were damaged within an hour");
        var aside = DamagedFile.SetAside(path, time.GetUtcNow());
        File.Delete(path + Suspicion);
        LogSetAside(log, path, aside.Path);
        return Filled(path, SoundFile.TryOpen(path) ?? throw new IOException($"A new database at {path} does not pass its own check."), log);
    }

    // Also a file that was missing or empty, or whose first start ended too soon, gets what was kept beside it, before anybody makes new settings in it.
    private static StoreFile Filled(string path, SqliteConnection connection, ILogger log)
    {
        try
        {
            var file = new StoreFile(path, connection);
            if (connection.Number(IsUntouched) == 1 && SettingsSnapshot.TryRestore(path, file, out var from)) LogSettings(log, from);
            return file;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The same in a folder that is made when there is none. A card that damages one database after the other is given no more of them for a while.</summary>
    /// <exception cref="IOException">It takes nothing.</exception>
    /// <exception cref="SqliteException">Likewise.</exception>
    public static StoreFile OpenWritable(string path, TimeProvider time, ILogger log)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        return Writable(Open(path, time, log, MostSetAside));
    }

    /// <summary>
    /// The same, and where the folder takes nothing (full, read-only, gone) a database in memory with the settings of the last snapshot that can be read:
    /// a school is heated also without a card.
    /// </summary>
    public static StoreFile OpenAnyway(string path, TimeProvider time, ILogger log)
    {
        try
        {
            return OpenWritable(path, time, log);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return InMemory(path, e.Message, log);
        }
    }

    public static StoreFile InMemory(string path, string why, ILogger log)
    {
        LogMissing(log, path, why);
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        Schema.Migrate(connection);
        var file = new StoreFile(path, connection) { Missing = why };
        // On a card that can still be read the database itself knows best.
        if (SettingsSnapshot.TryRead(path, file)) LogRead(log, path);
        else if (SettingsSnapshot.TryRestore(path, file, out var from)) LogSettings(log, from);
        Meanwhile.Begin(file);
        return file;
    }

    private static StoreFile Writable(StoreFile file)
    {
        if (!SoundFile.CanOnlyBeRead(file.writer)) return file;
        file.Dispose();
        throw new IOException("it can only be read");
    }

    /// <summary>When something was last written: the latest time that is known to have been. No later than the file's own time would be on a machine that knew it.</summary>
    public static DateTimeOffset LastTime(string path)
    {
        try
        {
            if (SoundFile.LengthOf(path) < SoundFile.SmallestPage) return DateTimeOffset.MinValue;
            using var connection = Connect(path, SqliteOpenMode.ReadOnly);
            // The file is not checked yet: a flipped bit in one of them must not put the clock centuries ahead.
            var last = connection.Query("SELECT at FROM sample WHERE at < @future ORDER BY seq DESC LIMIT 5", row => row.GetInt64(0), ("@future", NoYearOfOurs.Milliseconds()));
            var middle = last.Order().ElementAtOrDefault(last.Length / 2);
            return Sql.FromMilliseconds(last.Where(at => at - middle <= Bucket.Day).DefaultIfEmpty().Max());
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return DateTimeOffset.MinValue;
        }
    }

    /// <summary>Every page and every packed day, which takes a minute per gigabyte of card; empty when all is sound, else what is not.</summary>
    public string Check() => Read(connection =>
    {
        if (connection.Query("PRAGMA integrity_check(1)", row => row.GetString(0)) is not ["ok"] and [var first, ..]) return first;
        using var all = connection.CreateCommand();
        all.CommandText = "SELECT id, data FROM packed";
        using var rows = all.ExecuteReader();
        while (rows.Read())
            if (!PackedDay.IsSound(rows.GetFieldValue<byte[]>(1))) return FormattableString.Invariant($"packed day {rows.GetInt64(0)} does not match its checksum");
        return "";
    });

    /// <summary>Opens a file that a running gateway may be using: it must be there, is not checked as a whole, and is never set aside.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="SqliteException">It cannot be opened or is none of ours.</exception>
    public static StoreFile OpenBeside(string path)
    {
        if (SoundFile.LengthOf(path) < SoundFile.SmallestPage) throw new FileNotFoundException($"There is no data of a gateway at {path}.", path);
        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            connection.Execute("PRAGMA synchronous = FULL");
            Schema.Migrate(connection);
            return new(path, connection) { isBeside = true };
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>True when damage was found in the open file: the next start sets it aside.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>The next start sets this file aside. A mark beside it says so: the file itself may take nothing any more.</summary>
    public void Suspect()
    {
        if (IsSuspect || isBeside || Missing.Length > 0) return;
        IsSuspect = true;
        try
        {
            File.WriteAllText(Path + Suspicion, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On a card that takes nothing the quick check of the next start has to find it.
            IsSuspect = false;
        }
    }

    /// <summary>All of it or nothing, and on the card when this returns.</summary>
    public void Write(Action<SqliteConnection> work) => Write(connection =>
    {
        work(connection);
        return true;
    });

    /// <summary>Writes what is worth no failed request: false where the card does not take it.</summary>
    public bool TryWrite(Action<SqliteConnection> work)
    {
        try
        {
            Write(work);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (Gate)
        {
            try
            {
                using var transaction = writer.BeginTransaction();
                var result = work(writer);
                transaction.Commit();
                return result;
            }
            catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
            {
                Suspect();
                throw;
            }
        }
    }

    /// <summary>Work that brings transactions of its own.</summary>
    public void Outside(Action<SqliteConnection> work)
    {
        lock (Gate) work(writer);
    }

    /// <summary>Reads one consistent state of what is committed; results must be complete when <paramref name="work"/> returns.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        if (Missing.Length > 0)
            lock (Gate) return work(writer);
        try
        {
            using var reader = Connect(Path, SqliteOpenMode.ReadOnly);
            reader.Execute(ReaderSettings);
            using var transaction = reader.BeginTransaction(deferred: true);
            return work(reader);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            Suspect();
            throw;
        }
    }

    public void Dispose() => writer.Dispose();

    internal static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database {Path} cannot be read")]
    private static partial void LogUnreadable(ILogger log, string path, Exception e);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The data at {Path} cannot be used ({Why}): the gateway runs without them, and what it keeps is lost at its end")]
    private static partial void LogMissing(ILogger log, string path, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Settings, accounts and what was learned are those of {At}")]
    private static partial void LogSettings(ILogger log, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Settings, accounts and what was learned are read from {Path}, which takes nothing new")]
    private static partial void LogRead(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The damaged database {Path} was set aside as {Aside}; a new one is started")]
    private static partial void LogSetAside(ILogger log, string path, string aside);
}
