using System.Collections.Immutable;
using EnergyPilot.Gateway.Running;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Everything that outlives a restart, in one SQLite file. What people do (overrides, settings, accounts, audit) is on the card
/// when a call returns; what the school does (samples, decisions) is committed in batches. All members may be used from any thread.
/// </summary>
internal sealed partial class Store : IDisposable
{
    public const string FileName = "energypilot.db";

    private readonly StoreFile file;
    private readonly StoreOptions options;
    private readonly GroupCommit commits;
    private readonly ILogger log;
    private string trouble = "";

    private Store(StoreFile file, StoreOptions options, TimeProvider time, ILogger log)
    {
        (this.file, this.options, this.log) = (file, options, log);
        commits = new(file, time, options.CommitEvery, log);
        Samples = new(file, commits, time, log);
        Decisions = new(file, commits);
        Quarters = new(file, commits);
        Mornings = new(file, commits);
        Knowledge = new(file, log);
        Alarms = new(file);
        Ledger = new(file);
        Overrides = new(file);
        Settings = new(file, time);
        Uses = new(Settings, log);
        Memory = new(file, log);
        Planner = new(file, log);
        Cursors = new(file);
        Audit = new(file);
        Accounts = new(file, time);
        LogId = file.Write(NameLog);
    }

    public SampleLog Samples { get; }
    public DecisionLog Decisions { get; }
    public QuarterBook Quarters { get; }
    public MorningBook Mornings { get; }
    public KnowledgeShelf Knowledge { get; }
    public AlarmBook Alarms { get; }
    public LedgerBook Ledger { get; }
    public OverrideBook Overrides { get; }
    public SettingBook Settings { get; }
    public UseBook Uses { get; }
    public MemoryShelf Memory { get; }
    public PlannerShelf Planner { get; }
    public Cursors Cursors { get; }
    public AuditLog Audit { get; }
    public AccountBook Accounts { get; }

    /// <summary>The name of this log: a new file counts its samples from 1 again, and who has read the old one must notice.</summary>
    public string LogId { get; }

    /// <summary>Damaged files that were set aside in this folder and are still there: reason for an alarm until a person has taken them away.</summary>
    public ImmutableArray<DamagedFile> SetAside => DamagedFile.Beside(file.Path);

    /// <summary>Why the history cannot be written at the moment; empty while it can.</summary>
    public string Trouble => commits.Trouble.Length > 0 ? commits.Trouble : trouble;

    /// <summary>Opens the store in a folder, which is made when there is none.</summary>
    /// <exception cref="SqliteException">The file cannot be opened at all: no permission, no space. Damage is no reason: it is set aside.</exception>
    public static Store Open(string folder, TimeProvider time, ILogger log) => Open(folder, new StoreOptions(), time, log);

    public static Store Open(string folder, StoreOptions options, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(folder);
        return new(StoreFile.Open(Path.Combine(folder, FileName), time, log), options, time, log);
    }

    /// <summary>Takes in one cycle. Trouble with the card is logged and shown in <see cref="Trouble"/>; it never reaches the control.</summary>
    public void Record(CycleRecord record)
    {
        lock (file.Gate)
        {
            Decisions.Append(record);
            Quarters.Append(record.Decision.Quarters);
            Mornings.Append(record.Decision.Mornings);
            Samples.Append(record);
            Ledger.Append(record);
        }

        try
        {
            Alarms.Append(record.Decision);
            trouble = "";
        }
        catch (SqliteException e)
        {
            if (trouble.Length == 0) LogAlarmsFailed(log, e);
            trouble = e.Message;
        }
    }

    /// <summary>Commits what is pending.</summary>
    public void Flush() => commits.Flush();

    /// <summary>Removes what is older than it is kept for; once a day is enough.</summary>
    public void Trim(DateTimeOffset at)
    {
        Flush();
        Retention.Trim(file, options, at);
    }

    /// <summary>
    /// Forgets what the school did (samples, roll-ups, decisions, alarms, the ledger, the control's memory, what was learned and forecast) and keeps what people did
    /// (accounts, audit, overrides, settings): the demo school starts each run anew.
    /// </summary>
    public void ForgetSamples()
    {
        lock (file.Gate)
        {
            file.Write(Retention.Forget);
            Samples.Forget();
            Decisions.Forget();
            Quarters.Forget();
            Mornings.Forget();
            Alarms.Forget();
            Ledger.Forget();
        }
    }

    public void Dispose()
    {
        Flush();
        file.Dispose();
    }

    private static string NameLog(SqliteConnection connection)
    {
        connection.Execute("INSERT OR IGNORE INTO mark (name, value) VALUES ('log', @name)", ("@name", Guid.NewGuid().ToString("N")));
        return connection.Query("SELECT value FROM mark WHERE name = 'log'", row => row.GetString(0))[0];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The alarms cannot be written; they are tried again with the next cycle")]
    private static partial void LogAlarmsFailed(ILogger log, Exception e);
}
