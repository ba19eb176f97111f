using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class VoteBookTest : IDisposable
{
    private static readonly ZoneId Cp = new("cp"), Gym = new("gym");
    private readonly StoreFolder folder = new();

    // A Wednesday.
    private DateTimeOffset Start { get; } = new(2026, 1, 14, 9, 7, 31, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Vote_is_kept_with_all_that_is_known_and_to_the_quarter_of_an_hour()
    {
        using (var store = folder.Open()) store.Votes.Add(Vote(Start, Feeling.TooWarm) with { Room = new(double.NaN), InUse = false });
        using var again = folder.Open();
        again.Votes.Since(Cp, Start.AddDays(-1)).ShouldBe([new ComfortVote(new(2026, 1, 14, 9, 0, 0, TimeSpan.Zero), Cp, Feeling.TooWarm, new(double.NaN), new(19), new(4), InUse: false)]);
        again.Votes.Since(Gym, Start.AddDays(-1)).ShouldBeEmpty();
        again.Votes.CountSince(Cp, Start.AddHours(1)).ShouldBe(0);
    }

    [Fact]
    public void Nothing_of_a_person_has_a_place_in_the_table()
    {
        using var store = folder.Open();
        folder.Number("SELECT count(*) FROM pragma_table_info('vote')").ShouldBe(8);
        folder.Number("SELECT count(*) FROM pragma_table_info('vote') WHERE name IN ('id', 'at', 'zone', 'feeling', 'room', 'target', 'outdoor', 'in_use')").ShouldBe(8);
    }

    [Fact]
    public void Weeks_begin_on_Monday()
    {
        using var store = folder.Open();
        foreach (var (days, feeling) in new[] { (-3, Feeling.Fine), (-2, Feeling.TooCold), (0, Feeling.TooCold), (4, Feeling.TooCold), (5, Feeling.TooWarm) }) store.Votes.Add(Vote(Start.AddDays(days), feeling));
        store.Votes.ByWeek(Start.AddDays(-30)).ShouldBe(
        [
            new(Cp, new(2026, 1, 5), Feeling.Fine, 1), new(Cp, new(2026, 1, 12), Feeling.TooCold, 3), new(Cp, new(2026, 1, 19), Feeling.TooWarm, 1),
        ]);
    }

    [Fact]
    public void Votes_go_after_four_hundred_days()
    {
        using var store = folder.Open();
        store.Votes.Add(Vote(Start, Feeling.Fine));
        store.Votes.Add(Vote(Start.AddDays(2), Feeling.Fine));
        store.Trim(Start.AddDays(401));
        store.Votes.CountSince(Cp, Start.AddDays(-1)).ShouldBe(1);
    }

    [Fact]
    public void Backup_has_them_and_a_fresh_start_of_the_demo_keeps_them()
    {
        var copy = Path.Combine(folder.Path, "copy.db");
        using (var store = folder.Open())
        {
            store.Votes.Add(Vote(Start, Feeling.Fine));
            store.ForgetSamples();
            store.Flush();
            Backup.Take(folder.File, copy);
        }

        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        connection.Number("SELECT count(*) FROM vote").ShouldBe(1);
    }

    [Fact]
    public void Codes_and_what_was_decided_outlive_a_restart()
    {
        using (var store = folder.Open())
            store.Rooms.Change(s => s with { Address = "http://heating.lan", Codes = s.Codes.Add("cp", "7K3MXW9Q"), Given = s.Given.Add("cp", new GivenShift(18, 18.5)), Resting = s.Resting.Add("gym", 1_800_000_000) }, "Marie");
        using var again = folder.Open();
        again.Rooms.Now.Codes["cp"].ShouldBe("7K3MXW9Q");
        again.Rooms.Now.Given["cp"].ShouldBe(new GivenShift(18, 18.5));
        again.Rooms.Now.Rests(Gym, DateTimeOffset.FromUnixTimeSeconds(1_799_999_999)).ShouldBeTrue();
        again.Rooms.Now.Rests(Gym, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)).ShouldBeFalse();
    }

    [Fact]
    public void What_a_newer_program_wrote_is_no_reason_not_to_start()
    {
        using (var store = folder.Open()) store.Settings.Save("votes/rooms", """{"codes":7}""", "Marie");
        var log = new LogLines();
        using var again = folder.Open(log);
        again.Rooms.Now.Codes.ShouldBeEmpty();
        log.All.ShouldContain(l => l.Text.Contains("posters must be printed anew", StringComparison.Ordinal));
    }

    private static ComfortVote Vote(DateTimeOffset at, Feeling feeling) => new(at, Cp, feeling, new(18.8), new(19), new(4), InUse: true);
}
