using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// While everything is held in memory: looks whether the folder takes a database again, and puts into it what people did meanwhile. The next start uses it.
/// A small file is tried first, because a look at the database reads all of it; after a look that was in vain the next comes twice as late.
/// </summary>
internal sealed partial class Comeback(StoreFile memory, TimeProvider time, ILogger log)
{
    private const string Trial = ".trial";

    // What a new database and its journal take at once.
    private const int TrialBytes = 256 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private TimeSpan patience = TimeSpan.Zero;
    private long looked;

    public bool IsThere()
    {
        if (patience > TimeSpan.Zero && time.GetElapsedTime(looked) < patience) return false;
        try
        {
            Try(memory.Path + Trial);
        }
        catch (Exception e) when (IsExpected(e))
        {
            LogStillMissing(log, e.Message);
            return false;
        }

        try
        {
            using var file = StoreFile.OpenWritable(memory.Path, time, log);
            Meanwhile.Bring(memory, file);
            return true;
        }
        catch (Exception e) when (IsExpected(e))
        {
            LogInVain(log, e.Message);
            (looked, patience) = (time.GetTimestamp(), patience == TimeSpan.Zero ? TimeSpan.FromMinutes(2) : TimeSpan.FromTicks(Math.Min(2 * patience.Ticks, Longest.Ticks)));
            return false;
        }
    }

    private static void Try(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(new byte[TrialBytes]);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool IsExpected(Exception e) => e is SqliteException or IOException or UnauthorizedAccessException;

    [LoggerMessage(Level = LogLevel.Debug, Message = "The data folder is still missing: {Why}")]
    private static partial void LogStillMissing(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data folder takes files again, but no database yet: {Why}")]
    private static partial void LogInVain(ILogger log, string why);
}
