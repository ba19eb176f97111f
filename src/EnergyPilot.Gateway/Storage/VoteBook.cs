using System.Collections.Immutable;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How many votes of a kind a room got in a week.</summary>
/// <param name="Week">Its Monday (UTC).</param>
internal readonly record struct WeekVotes(ZoneId Zone, DateOnly Week, Feeling Feeling, int Count);

/// <summary>Comfort votes: when (to the quarter of an hour), where, how it felt and how warm it was. Nothing in it leads to a person.</summary>
internal sealed class VoteBook(StoreFile file)
{
    /// <summary>More than these are not kept; the oldest go first.</summary>
    public const int Most = 100_000;

    // What one reading takes in: two weeks of a room in which the most that is allowed was voted each day, twice over.
    private const int MostRead = 2000;

    private const long Week = 7 * 86_400_000L;

    // 1 January 1970 was a Thursday: the Monday before it begins a week.
    private const long FirstMonday = -3 * 86_400_000L;

    public void Add(ComfortVote vote) => file.Write(connection => connection.Execute(
        "INSERT INTO vote (at, zone, feeling, room, target, outdoor, in_use) VALUES (@at, @zone, @feeling, @room, @target, @outdoor, @in_use)",
        ("@at", ComfortVote.SlotOf(vote.At).Milliseconds()), ("@zone", vote.Zone.Name), ("@feeling", (int)vote.Feeling), ("@room", vote.Room.Degrees.Stored()),
        ("@target", vote.Target.Degrees.Stored()), ("@outdoor", vote.Outdoor.Degrees.Stored()), ("@in_use", vote.InUse ? 1 : 0)));

    /// <summary>A room's newest votes since an instant.</summary>
    public ImmutableArray<ComfortVote> Since(ZoneId zone, DateTimeOffset from) => file.Read(connection => connection.Query(
        "SELECT at, feeling, room, target, outdoor, in_use FROM vote WHERE zone = @zone AND at >= @from AND feeling BETWEEN 0 AND 2 ORDER BY at DESC, id DESC LIMIT @most",
        row => new ComfortVote(row.Time(0), zone, (Feeling)row.GetInt32(1), new(row.Value(2)), new(row.Value(3)), new(row.Value(4)), row.GetInt64(5) != 0),
        ("@zone", zone.Name), ("@from", from.Milliseconds()), ("@most", MostRead)));

    /// <summary>How many votes of a room came since an instant.</summary>
    public int CountSince(ZoneId zone, DateTimeOffset from) => file.Read(connection =>
        (int)connection.Number("SELECT count(*) FROM vote WHERE zone = @zone AND at >= @from", ("@zone", zone.Name), ("@from", from.Milliseconds())));

    /// <summary>All rooms' votes by week, from an instant on.</summary>
    public ImmutableArray<WeekVotes> ByWeek(DateTimeOffset from) => file.Read(connection => connection.Query(
        """
        SELECT zone, (at - @monday) / @week, feeling, count(*) FROM vote WHERE at >= @from AND feeling BETWEEN 0 AND 2 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,
        row => new WeekVotes(
            new(row.GetString(0)), DateOnly.FromDateTime(Sql.FromMilliseconds(FirstMonday + row.GetInt64(1) * Week).UtcDateTime), (Feeling)row.GetInt32(2), row.GetInt32(3)),
        ("@monday", FirstMonday), ("@week", Week), ("@from", from.Milliseconds())));
}
