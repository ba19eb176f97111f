using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>An alarm with its life.</summary>
/// <param name="Id">Number in the store.</param>
/// <param name="Alarm">What was wrong, with the facts of when it began.</param>
/// <param name="Ended">When it was over; <see cref="DateTimeOffset.MaxValue"/> while it lasts.</param>
/// <param name="Acknowledgement">Who has seen it; <see cref="Acknowledgement.None"/> when nobody has.</param>
public sealed record AlarmEntry(long Id, Alarm Alarm, DateTimeOffset Ended, Acknowledgement Acknowledgement)
{
    public bool IsAcknowledged => Acknowledgement.At != DateTimeOffset.MaxValue;

    public bool IsOpen => Ended == DateTimeOffset.MaxValue;
}

/// <summary>A person has seen an alarm.</summary>
public sealed record Acknowledgement(DateTimeOffset At, string By, string Note)
{
    public static readonly Acknowledgement None = new(DateTimeOffset.MaxValue, "", "");
}

/// <summary>
/// The history of alarms, made from what each decision finds wrong: one that is new begins, one that is no longer found ends.
/// Written at once, because alarms are rare and the one before a power cut matters most.
/// </summary>
internal sealed class AlarmBook(StoreFile file)
{
    private const string Columns = "id, subject, severity, code, facts, since, ended, acknowledged, acknowledged_by, note";

    private readonly Dictionary<string, Severity> open =
        file.Read(connection => connection.Query(
            "SELECT key, severity FROM alarm WHERE ended IS NULL", row => (Key: row.GetString(0), Severity: (Severity)row.GetInt32(1))))
        .ToDictionary(a => a.Key, a => a.Severity);

    /// <summary>Takes in what is wrong now; writes only when that has changed.</summary>
    public void Append(Decision decision)
    {
        lock (file.Gate)
        {
            var now = decision.Alarms.DistinctBy(a => a.Key).ToDictionary(a => a.Key);
            var begun = now.Values.Where(a => !open.ContainsKey(a.Key)).ToArray();
            var graver = now.Values.Where(a => open.TryGetValue(a.Key, out var severity) && severity != a.Severity).ToArray();
            var ended = open.Keys.Where(key => !now.ContainsKey(key)).ToArray();
            if (begun.Length + graver.Length + ended.Length == 0) return;

            file.Write(connection =>
            {
                foreach (var key in ended)
                    connection.Execute("UPDATE alarm SET ended = @at WHERE key = @key AND ended IS NULL", ("@at", decision.At.Milliseconds()), ("@key", key));
                foreach (var alarm in graver)
                    connection.Execute("UPDATE alarm SET severity = @severity WHERE key = @key AND ended IS NULL", ("@severity", (int)alarm.Severity), ("@key", alarm.Key));
                foreach (var alarm in begun) Insert(connection, alarm);
            });

            open.Clear();
            foreach (var (key, alarm) in now) open[key] = alarm.Severity;
        }
    }

    /// <summary>What is wrong now, oldest first.</summary>
    public ImmutableArray<AlarmEntry> Open() => Select("WHERE ended IS NULL ORDER BY since, id");

    /// <summary>The newest that lasted at some moment from <paramref name="from"/> (included) to <paramref name="to"/> (not included), newest first; of one subject, or of all when it is empty.</summary>
    public ImmutableArray<AlarmEntry> Newest(DateTimeOffset from, DateTimeOffset to, string subject, int most) => Select(
        "WHERE since < @to AND coalesce(ended, @from) >= @from AND (@subject = '' OR subject = @subject) ORDER BY since DESC, id DESC LIMIT @most",
        ("@from", from.Milliseconds()), ("@to", to.Milliseconds()), ("@subject", subject), ("@most", most));

    /// <summary>The one with this number; null when there is none.</summary>
    public AlarmEntry? Find(long id) => Select("WHERE id = @id", ("@id", id)) is [var entry] ? entry : null;

    /// <summary>A person has seen it, with its audit line: both, or none. The first who has counts; false when there is no such alarm or somebody has before.</summary>
    public bool Acknowledge(long id, Acknowledgement seen, AuditEntry line) => file.Write(connection =>
    {
        var isFirst = Acknowledge(connection, id, seen);
        if (isFirst) AuditLog.Write(connection, line);
        return isFirst;
    });

    public void Forget() => open.Clear();

    private static bool Acknowledge(SqliteConnection connection, long id, Acknowledgement seen) => connection.Execute(
        "UPDATE alarm SET acknowledged = @at, acknowledged_by = @who, note = @note WHERE id = @id AND acknowledged IS NULL",
        ("@at", seen.At.Milliseconds()), ("@who", seen.By), ("@note", seen.Note), ("@id", id)) == 1;

    private static void Insert(SqliteConnection connection, Alarm alarm) => connection.Execute(
        "INSERT INTO alarm (key, subject, severity, code, facts, since) VALUES (@key, @subject, @severity, @code, @facts, @since)",
        ("@key", alarm.Key), ("@subject", alarm.Subject), ("@severity", (int)alarm.Severity),
        ("@code", alarm.Reason.Code.ToString()), ("@facts", StoredJson.Of(alarm.Reason)), ("@since", alarm.Since.Milliseconds()));

    // As in the decision log, an alarm of a kind that only a newer program knows is left out.
    private ImmutableArray<AlarmEntry> Select(string where, params (string Name, object? Value)[] arguments) =>
    [
        .. file.Read(connection => connection.Query(
            $"SELECT {Columns} FROM alarm {where}",
            row => StoredJson.TryReason(row.GetString(3), row.GetString(4), out var reason) ? ImmutableArray.Create(EntryOf(row, reason)) : [],
            arguments)).SelectMany(rows => rows),
    ];

    private static AlarmEntry EntryOf(SqliteDataReader row, Reason reason) => new(
        row.GetInt64(0),
        new(row.GetString(1), (Severity)row.GetInt32(2), row.Time(5), reason),
        row.IsDBNull(6) ? DateTimeOffset.MaxValue : row.Time(6),
        row.IsDBNull(7) ? Acknowledgement.None : new(row.Time(7), row.GetString(8), row.GetString(9)));
}
