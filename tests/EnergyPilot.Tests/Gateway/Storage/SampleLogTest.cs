using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class SampleLogTest : IDisposable
{
    private readonly StoreFolder folder = new();

    private DateTimeOffset Start { get; } = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_batch_is_committed_within_a_minute()
    {
        using var store = folder.Open();
        Add(store, 0, School.Room, 20);
        folder.Time.Advance(TimeSpan.FromSeconds(50.9));
        Add(store, 20, School.Room, 21);
        folder.Number("SELECT count(*) FROM sample").ShouldBe(0);

        folder.Time.Advance(TimeSpan.FromSeconds(0.1));
        Add(store, 50, School.Room, 21);

        folder.Number("SELECT count(*) FROM sample").ShouldBe(2);
    }

    [Fact]
    public void Setting_the_clock_back_does_not_hold_a_batch_up()
    {
        using var store = folder.Open();
        Add(store, 0, School.Room, 20);
        folder.Time.Jump(Start.AddYears(-1));
        folder.Time.Advance(TimeSpan.FromSeconds(51));

        Add(store, 30, School.Room, 21);

        folder.Number("SELECT count(*) FROM sample").ShouldBe(2);
    }

    [Fact]
    public void Closing_the_store_commits()
    {
        using (var store = folder.Open()) Add(store, 0, School.Room, 20);

        folder.Number("SELECT count(*) FROM sample").ShouldBe(1);
    }

    [Fact]
    public void Series_tells_also_what_is_not_committed_yet()
    {
        using var store = folder.Open();
        folder.Time.Jump(Start.AddMinutes(10));
        Add(store, 0, School.Room, 20);
        Add(store, 300, School.Room, 22);

        store.Samples.Series(School.Room, Start, Start.AddHours(1), Resolution.Raw).Select(p => p.Mean).ShouldBe([20, 22]);
        store.Samples.Series(School.Room, Start, Start.AddHours(1), Resolution.Quarter).ShouldBe([new(Start, 21, 20, 22)]);
        store.Samples.Latest(School.Room).ShouldBe(Reading.Good(22, Start.AddSeconds(300)));
        store.Samples.Latest(new("never.heard")).Reliability.ShouldBe(Reliability.NoSensor);
    }

    [Theory]
    [InlineData(1, 12 * 4), InlineData(2, 12), InlineData(3, 1)]
    public void Every_resolution_is_the_fold_of_the_samples(int resolution, int buckets)
    {
        using var store = folder.Open();
        Ramp(store, hours: 12);

        var series = store.Samples.Series(School.Room, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, (Resolution)resolution);

        series.Length.ShouldBe(buckets);
        series.Zip(series.Skip(1)).ShouldAllBe(pair => pair.First.At < pair.Second.At);
        series[0].Min.ShouldBe(10);
        series[^1].Max.ShouldBe(22, 0.11);
        series.Average(p => p.Mean).ShouldBe(16, 0.1);
        ShouldMatch(series, Folded(store, (Resolution)resolution));
    }

    [Fact]
    public void What_comes_late_is_folded_into_its_bucket()
    {
        using var store = folder.Open();
        Ramp(store, hours: 4);
        var before = store.Samples.Series(School.Room, Start, Start.AddHours(1), Resolution.Day);

        Add(store, 1000, School.Room, 60);

        store.Samples.Series(School.Room, Start, Start.AddHours(1), Resolution.Hour)[0].Max.ShouldBe(60);
        foreach (var resolution in (Resolution[])[Resolution.Quarter, Resolution.Hour, Resolution.Day])
            ShouldMatch(store.Samples.Series(School.Room, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, resolution), Folded(store, resolution));
        before.ShouldBeEmpty("a day that began before the range is not in it");
    }

    [Fact]
    public void What_a_crash_left_unfolded_is_folded_after_it()
    {
        using (var store = folder.Open()) Ramp(store, hours: 3);
        folder.Number("SELECT count(*) FROM unfolded").ShouldBe(12, "nobody has looked");

        using var again = folder.Open();

        ShouldMatch(again.Samples.Series(School.Room, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Resolution.Quarter), Folded(again, Resolution.Quarter));
        folder.Number("SELECT count(*) FROM unfolded").ShouldBe(0);
    }

    [Fact]
    public void A_gap_is_a_gap()
    {
        using var store = folder.Open();
        Add(store, 0, School.Room, 20);
        for (var s = 60; s < 3600; s += 60)
            store.Record(School.Cycle(Start.AddSeconds(s), School.Room, Reading.Unreliable(Reliability.CommunicationFailure, Start)));

        var series = store.Samples.Series(School.Room, Start, Start.AddHours(1), Resolution.Quarter);

        series.Length.ShouldBe(4);
        series[0].Mean.ShouldBe(20);
        series[1].ShouldBe(new(Start.AddMinutes(15), double.NaN, double.NaN, double.NaN));
    }

    [Fact]
    public void A_full_card_does_not_reach_the_control_and_loses_nothing_that_fits_in_memory()
    {
        var log = new LogLines();
        using var store = folder.Open(log);
        using (RefusingSamples())
        {
            for (var n = 0; n < 5; n++)
            {
                Add(store, 10 * n, School.Room, 20 + n);
                folder.Time.Advance(TimeSpan.FromSeconds(51));
            }

            store.Trouble.ShouldNotBeEmpty();
        }

        store.Flush();

        store.Trouble.ShouldBeEmpty();
        folder.Number("SELECT count(*) FROM sample").ShouldBe(5);
        log.All.Count.ShouldBe(2, "one line when it began, one when it was over");
    }

    // Stands in for a card that takes nothing: the database refuses every sample.
    private Refusal RefusingSamples() => new(folder);

    private void Add(Store store, double seconds, PointId point, double value) =>
        store.Record(School.Cycle(Start.AddSeconds(seconds), (point, value)));

    /// <summary>One kelvin per hour, from 10 °C, read every 10 s.</summary>
    private void Ramp(Store store, int hours)
    {
        folder.Time.Jump(Start.AddHours(hours));
        for (var s = 0; s < hours * 3600; s += 10) Add(store, s, School.Room, 10 + s / 3600.0);
    }

    // Sums of doubles differ in their last bits with the order of adding; everything else is exact.
    private static void ShouldMatch(IReadOnlyList<SeriesPoint> actual, IReadOnlyList<SeriesPoint> expected)
    {
        actual.Select(p => (p.At, p.Min, p.Max)).ShouldBe(expected.Select(p => (p.At, p.Min, p.Max)));
        foreach (var (a, e) in actual.Zip(expected)) a.Mean.ShouldBe(e.Mean, 1e-9);
    }

    private SeriesPoint[] Folded(Store store, Resolution resolution)
    {
        var (length, now) = (Bucket.Length(resolution), folder.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return
        [
            .. store.Samples.Series(School.Room, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Resolution.Raw)
                .GroupBy(p => Bucket.Start(p.At.ToUnixTimeMilliseconds(), length))
                .Select(bucket =>
                {
                    var state = bucket.Aggregate(RollUp.Empty, (s, p) => s.Then(RollUp.Of(p.At.ToUnixTimeMilliseconds(), p.Mean)));
                    return new SeriesPoint(
                        DateTimeOffset.FromUnixTimeMilliseconds(bucket.Key), state.MeanUntil(Math.Min(bucket.Key + length, now)), state.Min, state.Max);
                }),
        ];
    }

    private sealed class Refusal : IDisposable
    {
        private readonly StoreFolder folder;

        public Refusal(StoreFolder folder)
        {
            this.folder = folder;
            folder.Number("CREATE TRIGGER full BEFORE INSERT ON sample BEGIN SELECT RAISE(ABORT, 'full'); END");
        }

        public void Dispose() => folder.Number("DROP TRIGGER full");
    }
}
