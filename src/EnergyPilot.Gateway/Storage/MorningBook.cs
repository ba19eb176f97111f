using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How warm each zone was to be when people came, and was: the score of the control's own forecasts. Written with the samples of the same cycle.</summary>
internal sealed class MorningBook : IPending
{
    // While the card takes nothing, so many wait in memory; then the oldest go.
    private const int MostPending = 1000;

    private readonly StoreFile file;
    private readonly List<Morning> pending = [];

    public MorningBook(StoreFile file, GroupCommit commits)
    {
        this.file = file;
        commits.Join(this);
    }

    public bool Any => pending.Count > 0;

    public void Append(ImmutableArray<Morning> mornings)
    {
        if (mornings.IsEmpty) return;
        lock (file.Gate)
        {
            pending.AddRange(mornings);
            if (pending.Count > MostPending) pending.RemoveRange(0, pending.Count - MostPending);
        }
    }

    /// <summary>Those whose use began from <paramref name="from"/> (included) to <paramref name="to"/> (not included), in order; what is not committed yet is left out.</summary>
    public ImmutableArray<Morning> Between(DateTimeOffset from, DateTimeOffset to) => file.Read(connection => connection.Query(
        "SELECT zone, made, use, starts, warm, expected, began, ready, room, target FROM morning WHERE use >= @from AND use < @to ORDER BY use, zone",
        row => new Morning(
            new(row.GetString(0)), new ArrivalForecast(row.Time(1), row.Time(2), row.Time(3), row.Time(4), row.Value(5)),
            row.IsDBNull(6) ? DateTimeOffset.MinValue : row.Time(6), row.IsDBNull(7) ? DateTimeOffset.MaxValue : row.Time(7), row.Value(8), row.Value(9)),
        ("@from", from.Milliseconds()), ("@to", to.Milliseconds())));

    /// <summary>The newest use; null when there is none.</summary>
    public DateTimeOffset? Newest => file.Read(connection => connection.Query(
        "SELECT use FROM morning ORDER BY use DESC LIMIT 1", row => row.Time(0))) is [var newest] ? newest : null;

    public void Write(SqliteConnection connection)
    {
        foreach (var (zone, forecast, began, ready, room, target) in pending)
            connection.Execute(
                """
                INSERT OR REPLACE INTO morning (use, zone, made, starts, warm, expected, began, ready, room, target)
                VALUES (@use, @zone, @made, @starts, @warm, @expected, @began, @ready, @room, @target)
                """,
                ("@use", forecast.Use.Milliseconds()), ("@zone", zone.Name), ("@made", forecast.Made.Milliseconds()), ("@starts", forecast.Start.Milliseconds()),
                ("@warm", forecast.Ready.Milliseconds()), ("@expected", forecast.Room.Stored()), ("@began", Known(began)), ("@ready", Known(ready)),
                ("@room", room.Stored()), ("@target", target.Stored()));
    }

    public void Written() => pending.Clear();

    public void Forget() => pending.Clear();

    private static long? Known(DateTimeOffset at) => at == DateTimeOffset.MinValue || at == DateTimeOffset.MaxValue ? null : at.Milliseconds();
}
