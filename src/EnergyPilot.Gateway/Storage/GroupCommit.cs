using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What a log has taken in and not written yet.</summary>
internal interface IPending
{
    bool Any { get; }

    /// <summary>Writes all of it, within the transaction of the batch; what is pending stays until <see cref="Written"/>.</summary>
    void Write(SqliteConnection connection);

    /// <summary>The transaction is on the card.</summary>
    void Written();
}

/// <summary>
/// Writes what the logs took in as one transaction, at most every <see cref="StoreOptions.CommitEvery"/>: each commit costs the
/// card a few pages however little is in it. The cycles are the clock: a batch is looked at whenever something is added.
/// A write that fails is tried again with the next cycle and never reaches the control.
/// </summary>
internal sealed partial class GroupCommit(StoreFile file, TimeProvider time, TimeSpan every, ILogger log)
{
    private readonly List<IPending> logs = [];
    private long openedAt;
    private bool isOpen;

    /// <summary>Since when writing fails; empty while it works.</summary>
    public string Trouble { get; private set; } = "";

    public void Join(IPending pending) => logs.Add(pending);

    /// <summary>Something was added: commits when the batch has been open for long enough.</summary>
    public void Added()
    {
        lock (file.Gate)
        {
            if (!logs.Exists(l => l.Any)) return;
            if (!isOpen) (isOpen, openedAt) = (true, time.GetTimestamp());
            if (time.GetElapsedTime(openedAt) >= every) Flush();
        }
    }

    /// <summary>Commits what is pending. Trouble is logged once and kept in <see cref="Trouble"/>; what could not be written stays pending.</summary>
    public void Flush()
    {
        lock (file.Gate)
        {
            if (!logs.Exists(l => l.Any)) return;
            try
            {
                file.Write(connection => logs.ForEach(l => l.Write(connection)));
            }
            catch (SqliteException e)
            {
                if (Trouble.Length == 0) LogFailed(log, e.Message);
                Trouble = e.Message;
                return;
            }

            logs.ForEach(l => l.Written());
            isOpen = false;
            if (Trouble.Length > 0) LogRecovered(log);
            Trouble = "";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The history cannot be written ({Why}); it is kept in memory and tried again")]
    private static partial void LogFailed(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The history is written again")]
    private static partial void LogRecovered(ILogger log);
}
