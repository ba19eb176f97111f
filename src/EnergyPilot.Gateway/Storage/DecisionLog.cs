using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>From <paramref name="At"/> on, <paramref name="Subject"/> had this value, and why.</summary>
internal sealed record DecisionChange(DateTimeOffset At, PointId Subject, double Value, Priority Priority, Reason Reason);

/// <summary>
/// What changed and why: a row for each zone's setpoint and each output whenever its value leaves its deadband, or its reason
/// or priority is another. Written with the samples of the same cycle.
/// </summary>
internal sealed class DecisionLog : IPending
{
    private readonly StoreFile file;
    private readonly GroupCommit commits;
    private readonly Dictionary<PointId, DecisionChange> newest;
    private readonly List<DecisionChange> pending = [];

    public DecisionLog(StoreFile file, GroupCommit commits)
    {
        (this.file, this.commits) = (file, commits);
        newest = file.Read(connection => Select(
            connection, "WHERE id IN (SELECT max(id) FROM decision GROUP BY subject) ORDER BY id")).ToDictionary(d => d.Subject);
        commits.Join(this);
    }

    public bool Any => pending.Count > 0;

    /// <summary>Takes in what is new in this cycle, before the samples of the same cycle: those see to it that the batch is committed in time.</summary>
    public void Append(CycleRecord record)
    {
        lock (file.Gate)
        {
            var decision = record.Decision;
            foreach (var target in decision.Targets)
                Take(new(decision.At, CyclePoints.Setpoint(target.Zone), target.Setpoint.Degrees, target.Priority, target.Reason), Quantity.Temperature);
            foreach (var output in decision.Outputs)
                Take(new(decision.At, output.Point, output.Value, output.Priority, output.Reason), CyclePoints.QuantityOf(record.Site, output.Point));
        }
    }

    /// <summary>
    /// What changed of a zone's setpoint ("zone/cp.setpoint") or an output from <paramref name="from"/> (included) to <paramref name="to"/> (not included),
    /// newest first: so many after having left out so many.
    /// </summary>
    public ImmutableArray<DecisionChange> Newest(PointId subject, DateTimeOffset from, DateTimeOffset to, int skip, int take)
    {
        commits.Flush();
        return file.Read(connection => Select(
            connection, "WHERE subject = @subject AND at >= @from AND at < @to ORDER BY at DESC, id DESC LIMIT @take OFFSET @skip",
            ("@subject", subject.Name), ("@from", from.Milliseconds()), ("@to", to.Milliseconds()), ("@take", take), ("@skip", skip)));
    }

    public void Write(SqliteConnection connection)
    {
        foreach (var change in pending)
            connection.Execute(
                "INSERT INTO decision (at, subject, value, priority, code, facts) VALUES (@at, @subject, @value, @priority, @code, @facts)",
                ("@at", change.At.Milliseconds()), ("@subject", change.Subject.Name), ("@value", change.Value.Stored()),
                ("@priority", (int)change.Priority), ("@code", change.Reason.Code.ToString()), ("@facts", StoredJson.Of(change.Reason)));
    }

    public void Written() => pending.Clear();

    public void Forget()
    {
        pending.Clear();
        newest.Clear();
    }

    private void Take(DecisionChange now, Quantity quantity)
    {
        if (newest.TryGetValue(now.Subject, out var before)
            && before.Reason.Code == now.Reason.Code && before.Priority == now.Priority && !Deadband.Of(quantity).IsLeft(before.Value, now.Value)) return;
        newest[now.Subject] = now;
        pending.Add(now);
        // While the card takes nothing the newest changes are the ones worth keeping.
        if (pending.Count > 10_000) pending.RemoveAt(0);
    }

    // A row whose reason this program does not know, because a newer one wrote it, is left out.
    private static ImmutableArray<DecisionChange> Select(SqliteConnection connection, string where, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
    [
        .. connection.Query(
            $"SELECT at, subject, value, priority, code, facts FROM decision {where}",
            row => StoredJson.TryReason(row.GetString(4), row.GetString(5), out var reason)
                ? ImmutableArray.Create(new DecisionChange(row.Time(0), new(row.GetString(1)), row.Value(2), (Priority)row.GetInt32(3), reason))
                : [], arguments).SelectMany(rows => rows),
    ];
}
