using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class CursorTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Batches_follow_each_other_without_gap_or_overlap()
    {
        using var store = folder.Open();
        Fill(store, days: 1);

        var read = new List<Sample>();
        for (var batch = store.Cursors.ReadAfter("uplink", 7); !batch.IsEmpty; batch = store.Cursors.ReadAfter("uplink", 7))
        {
            batch.Length.ShouldBeLessThanOrEqualTo(7);
            read.AddRange(batch);
            store.Cursors.Advance("uplink", batch[^1].Sequence);
        }

        read.Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, 96).Select(n => (long)n));
        read.ShouldAllBe(s => s.Clock == ClockQuality.Trusted && s.Boot.Length > 0);
        read.Select(s => s.Monotonic).ShouldBe(Enumerable.Range(0, 96).Select(n => TimeSpan.FromMinutes(15 * n)));
    }

    [Fact]
    public void A_cursor_never_goes_back_nor_past_the_end()
    {
        using var store = folder.Open();
        Fill(store, days: 1);

        store.Cursors.Advance("uplink", 50);
        store.Cursors.Advance("uplink", 20);
        store.Cursors.At("uplink").ShouldBe(50);
        store.Cursors.Advance("uplink", 5000);
        store.Cursors.At("uplink").ShouldBe(96);
    }

    [Fact]
    public void What_is_not_committed_is_not_read()
    {
        using var store = folder.Open();
        store.Record(School.Cycle(Start, (School.Room, 20)));

        store.Cursors.ReadAfter("uplink", 10).ShouldBeEmpty();
        store.Flush();
        store.Cursors.ReadAfter("uplink", 10).Length.ShouldBe(1);
    }

    [Fact]
    public void What_a_cursor_has_not_passed_stays_although_its_day_is_packed()
    {
        using var store = folder.Open();
        store.Cursors.Open("uplink");
        Fill(store, days: 10);

        store.Trim(Start.AddDays(11));

        store.Cursors.ReadAfter("uplink", 5000).Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, 960).Select(n => (long)n));
        store.Samples.Series(School.Room, Start, Start.AddDays(10), Resolution.Raw).Length.ShouldBe(960, "each once");
        store.Cursors.Standing("uplink").ShouldBe(new(0, 960, Start, 0));

        store.Cursors.Advance("uplink", 480);
        store.Trim(Start.AddDays(11));

        folder.Number("SELECT count(*) FROM sample").ShouldBe(480);
        store.Cursors.ReadAfter("uplink", 5000)[0].Sequence.ShouldBe(481);
    }

    [Fact]
    public void What_is_older_than_samples_are_kept_is_lost_to_a_cursor_that_says_so()
    {
        using var store = folder.Open();
        store.Cursors.Open("uplink");
        Fill(store, days: 3);

        folder.Time.Jump(Start.AddDays(61));
        store.Cursors.Advance("uplink", 10);
        store.Trim(Start.AddDays(61));

        store.Cursors.Standing("uplink").Lost.ShouldBe(86);
        store.Cursors.ReadAfter("uplink", 1)[0].Sequence.ShouldBe(97);
    }

    [Fact]
    public void A_reader_that_stays_away_costs_the_oldest_days_and_not_all()
    {
        using var store = folder.Open();
        store.Cursors.Open("forgotten");
        for (var day = 0; day < 70; day++) store.Record(School.Cycle(Start.AddDays(day), (School.Room, day)));
        store.Flush();

        store.Trim(Start.AddDays(70));

        folder.Number("SELECT count(*) FROM sample").ShouldBe(60);
        folder.Number("SELECT min(seq) FROM sample").ShouldBe(11);
        store.Samples.Series(School.Room, Start, Start.AddDays(70), Resolution.Raw).Length.ShouldBe(60);
    }

    [Fact]
    public void When_there_is_no_room_the_oldest_detail_goes_and_is_told()
    {
        using var store = Store.Open(folder.Path, new StoreOptions { LargestBytes = 300_000 }, folder.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var random = new Random(1);
        for (var n = 0; n < 20 * 2880; n++) store.Record(School.Cycle(Start.AddSeconds(30 * n), (School.Room, random.NextDouble() * 20)));
        store.Flush();
        var energy = store.Samples.Series(School.Room, Start, Start.AddDays(20), Resolution.Day);

        store.Trim(Start.AddDays(20).AddHours(3));

        var alarm = store.Alarming(Start.AddDays(20)).ShouldHaveSingleItem();
        alarm.Reason.Code.ShouldBe(EnergyPilot.Core.Control.ReasonCode.DetailGivenUp);
        var left = store.Samples.Series(School.Room, Start, Start.AddDays(20), Resolution.Raw);
        left[0].At.ShouldBeGreaterThan(Start.AddDays(1));
        left[^1].At.ShouldBeGreaterThan(Start.AddDays(19.9), "the newest stays");
        store.Samples.Series(School.Room, Start, Start.AddDays(20), Resolution.Day).ShouldBe(energy);
        folder.Number("SELECT (SELECT page_count FROM pragma_page_count) - (SELECT freelist_count FROM pragma_freelist_count)").ShouldBeLessThan(300_000 / 1024 + 2);
    }

    private void Fill(Store store, int days)
    {
        for (var quarter = 0; quarter < days * 96; quarter++) store.Record(School.Cycle(Start.AddMinutes(15 * quarter), (School.Room, quarter % 7)));
        store.Flush();
    }
}
