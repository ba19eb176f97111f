using System.Collections.Immutable;
using EnergyPilot.Core.Control;
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
    private static readonly TimeSpan GivenUpTold = TimeSpan.FromDays(30), ClockPatience = TimeSpan.FromMinutes(10);

    private readonly SettingsSnapshot snapshot = new();
    private readonly Comeback comeback;
    private readonly DateTimeOffset opened;
    private string trouble = "";
    private DateTimeOffset troubledSince;
    private ImmutableArray<DamagedFile> setAside;
    private GivenUp? givenUp;

    private Store(StoreFile file, StoreOptions options, TimeProvider time, ILogger log)
    {
        (this.file, this.options, this.log, opened) = (file, options, log, time.GetUtcNow());
        comeback = new(file, time, log);
        setAside = SetAside;
        givenUp = file.Read(Retention.LastGivenUp);
        commits = new(file, time, options.CommitEvery, log);
        Samples = new(file, commits, time, log);
        Decisions = new(file, commits);
        Quarters = new(file, commits);
        Mornings = new(file, commits);
        Knowledge = new(file, log);
        Alarms = new(file);
        Ledger = new(file);
        Overrides = new(file, time);
        Settings = new(file, time);
        Sites = new(file);
        Uses = new(Settings, log);
        Memory = new(file, log);
        Planner = new(file, log);
        Cursors = new(file, time);
        Access = AccessBooks.Of(file, time, options.PhoneClock ?? time);
        Votes = new(file);
        Rooms = new(Settings, log);
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
    public SiteBook Sites { get; }
    public UseBook Uses { get; }
    public MemoryShelf Memory { get; }
    public PlannerShelf Planner { get; }
    public Cursors Cursors { get; }
    public AccessBooks Access { get; }
    public AuditLog Audit => Access.Audit;
    public AccountBook Accounts => Access.Accounts;
    public VoteBook Votes { get; }
    public VoteRooms Rooms { get; }

    /// <summary>The name of this log: a new file counts its samples from 1 again, and who has read the old one must notice.</summary>
    public string LogId { get; private set; }

    /// <summary>Damaged files that were set aside in this folder and are still there: reason for an alarm until a person has taken them away.</summary>
    public ImmutableArray<DamagedFile> SetAside => IsMissing ? [] : DamagedFile.Beside(file.Path);

    /// <summary>Why the history cannot be written at the moment; empty while it can.</summary>
    public string Trouble => commits.Trouble.Length > 0 ? commits.Trouble : trouble;

    /// <summary>Opens the store in a folder, which is made when there is none.</summary>
    /// <exception cref="SqliteException">The file cannot be opened at all: no permission, no space. Damage is no reason: it is set aside.</exception>
    public static Store Open(string folder, TimeProvider time, ILogger log) => Open(folder, new StoreOptions(), time, log);

    public static Store Open(string folder, StoreOptions options, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(folder);
        return Made(() => StoreFile.Open(Path.Combine(folder, FileName), time, log), file => new(file, options, time, log));
    }

    /// <summary>Opens it also where the folder takes nothing: then everything is held in memory, with the settings of the last snapshot.</summary>
    public static Store OpenAnyway(string folder, StoreOptions options, TimeProvider time, ILogger log)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return Made(() => StoreFile.OpenAnyway(path, time, log), Make);
        }
        catch (SqliteException e)
        {
            // What can be opened on a full card takes nothing all the same.
            return Make(StoreFile.InMemory(path, e.Message, log));
        }

        Store Make(StoreFile file) => new(file, file.Missing.Length > 0 ? InMemory(options) : options, time, log);
    }

    private static StoreOptions InMemory(StoreOptions options) => options with
    {
        RawKept = TimeSpan.FromDays(2), QuartersKept = TimeSpan.FromDays(7), DecisionsKept = TimeSpan.FromDays(2), LargestBytes = 16 << 20,
    };

    // What the check did not see and the first use does: the file is set aside at once, a school does not wait for a second start.
    private static Store Made(Func<StoreFile> open, Func<StoreFile, Store> make)
    {
        var file = open();
        try
        {
            return make(file);
        }
        catch (SqliteException)
        {
            file.Dispose();
            if (!file.IsSuspect) throw;
            return make(open());
        }
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
            if (trouble.Length > 0) LogAlarmsRecovered(log);
            trouble = "";
        }
        catch (SqliteException e)
        {
            if (trouble.Length == 0) LogAlarmsFailed(log, e.Message);
            trouble = e.Message;
        }
    }

    /// <summary>Commits what is pending.</summary>
    public void Flush() => commits.Flush();

    /// <summary>Removes what is older than it is kept for; once a day is enough.</summary>
    public void Trim(DateTimeOffset at)
    {
        Flush();
        Retention.Trim(file, options, Samples.Boot, at);
        setAside = SetAside;
        givenUp = file.Read(Retention.LastGivenUp);
    }

    /// <summary>Keeps a copy of what people set and what was learned beside the database, when it has changed and <paramref name="at"/> is some minutes after the last.</summary>
    public void Snapshot(DateTimeOffset at)
    {
        if (file.Missing.Length == 0) snapshot.Save(file, at);
    }

    /// <summary>Looks at every page of the file; what is found is told, and the next start sets the file aside.</summary>
    public void Check()
    {
        if (file.Missing.Length > 0 || file.Check() is not { Length: > 0 } found) return;
        LogDamaged(log, found);
        file.Suspect();
    }

    /// <summary>When everything is held in memory: whether the folder works again. What people did is then in it, and a new start finds it.</summary>
    public bool IsBack() => file.Missing.Length > 0 && comeback.IsThere();

    /// <summary>The file was too large to be read as a whole before the start.</summary>
    public bool IsUnread => !IsMissing && SoundFile.LengthOf(file.Path) > SoundFile.MostAtStart;

    /// <summary>True while everything is held in memory because the folder takes nothing.</summary>
    public bool IsMissing => file.Missing.Length > 0;

    /// <summary>Damage was found while it ran: a new start sets the file aside and goes on with a new one.</summary>
    public bool IsDamaged => file.IsSuspect;

    /// <summary>Cycles wait for the card; told by whoever hands them on.</summary>
    public bool IsLate { get; set; }

    /// <summary>What people must know of the store itself.</summary>
    public IEnumerable<Alarm> Alarming(DateTimeOffset at)
    {
        if (IsMissing) yield return Alarm(Severity.Critical, ReasonCode.HistoryMissing, opened);
        else if (Trouble.Length > 0 || IsLate) yield return Alarm(Severity.Warning, ReasonCode.HistoryNotWritten, troubledSince = troubledSince == default ? at : troubledSince);
        else troubledSince = default;
        if (IsDamaged) yield return Alarm(Severity.Warning, ReasonCode.HistoryDamaged, opened);
        else if (setAside is [.., var newest]) yield return Alarm(Severity.Warning, ReasonCode.HistorySetAside, newest.At);
        if (givenUp is { } gone && at - gone.At < GivenUpTold) yield return Alarm(Severity.Notice, ReasonCode.DetailGivenUp, gone.Until);
        if (Samples.Segment is { Quality: ClockQuality.Free } free && at - free.Begun > ClockPatience) yield return Alarm(Severity.Warning, ReasonCode.ClockNotSet, free.Begun);
    }

    private static Alarm Alarm(Severity severity, ReasonCode code, DateTimeOffset since) => new("", severity, since, Reason.Of(code, Fact.Of("since", since)));

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

    /// <summary>Gives the log another name: who has read more of it than it has must take it for another.</summary>
    public void RenameLog() => LogId = file.Write(connection =>
    {
        connection.Execute("DELETE FROM mark WHERE name = 'log'");
        return NameLog(connection);
    });

    private static string NameLog(SqliteConnection connection)
    {
        connection.Execute("INSERT OR IGNORE INTO mark (name, value) VALUES ('log', @name)", ("@name", Guid.NewGuid().ToString("N")));
        return connection.Query("SELECT value FROM mark WHERE name = 'log'", row => row.GetString(0))[0];
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The database is damaged ({What}); the next start sets it aside and goes on with the settings of the last snapshot")]
    private static partial void LogDamaged(ILogger log, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "The alarms cannot be written ({Why}); they are tried again with the next cycle")]
    private static partial void LogAlarmsFailed(ILogger log, string why);

    [LoggerMessage(LogLevel.Information, "Alarms are written again")]
    private static partial void LogAlarmsRecovered(ILogger log);
}
