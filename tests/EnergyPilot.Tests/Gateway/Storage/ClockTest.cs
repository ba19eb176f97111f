using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Storage;

/// <summary>A gateway without a clock battery: what its clock does must neither count a watt-hour twice nor lose one.</summary>
public sealed class ClockTest : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    private readonly StoreFolder folder = new();
    private readonly ManualTime machine = new(DateTimeOffset.UnixEpoch);
    private bool isSynchronised;
    private double index;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_machine_that_starts_in_1970_goes_on_from_the_last_time_that_was_stored_and_is_put_right_when_the_network_comes()
    {
        var clock = Boot("second", floor: Start);
        using var store = Open(clock);
        Live(store, clock, TimeSpan.FromHours(2));
        store.Flush();
        store.Cursors.ReadAfter("uplink", 1)[0].Clock.ShouldBe(ClockQuality.Free);
        store.Cursors.ReadAfter("uplink", 1)[0].At.ShouldBe(Start.AddSeconds(10));

        // The machine was off for five days; NTP comes after two hours.
        isSynchronised = true;
        machine.Jump(Start.AddDays(5).AddHours(2));
        Live(store, clock, TimeSpan.FromHours(1));

        var samples = All(store);
        samples.Count(s => s.Clock == ClockQuality.Restamped).ShouldBe(2 * 4 + 1);
        samples[0].At.ShouldBe(Start.AddDays(5).AddSeconds(10), TimeSpan.FromSeconds(1));
        ShouldBeInOrder(samples);
        store.Samples.Series(School.Gas, Start.AddDays(-1), Start.AddDays(4), Resolution.Quarter).ShouldBeEmpty("nothing is left at the old times");
        store.Samples.Series(School.Gas, Start.AddDays(4), Start.AddDays(6), Resolution.Quarter).Length.ShouldBe(3 * 4 + 1);
        Energy(store).ShouldBe(index - 1, 1e-6);
    }

    [Fact]
    public void A_clock_that_is_set_back_by_hand_counts_no_more_once_the_network_had_set_it()
    {
        isSynchronised = true;
        machine.Jump(Start);
        var clock = Boot("first", DateTimeOffset.MinValue);
        using var store = Open(clock);
        Live(store, clock, TimeSpan.FromHours(1));

        isSynchronised = false;
        machine.Jump(Start.AddDays(-1));
        Live(store, clock, TimeSpan.FromHours(1));
        clock.GetUtcNow().ShouldBe(Start.AddHours(2));
        isSynchronised = true;
        machine.Jump(Start.AddHours(2));
        Live(store, clock, TimeSpan.FromHours(1));

        ShouldBeInOrder(All(store));
        Energy(store).ShouldBe(index - 1, 1e-6);
    }

    [Fact]
    public void A_wrong_future_is_taken_back_when_the_network_comes()
    {
        // The last run ended in a wrong future; this one goes on from there until it knows better.
        machine.Jump(Start.AddYears(1));
        var wrong = Boot("first", DateTimeOffset.MinValue);
        using (var before = Open(wrong)) Live(before, wrong, TimeSpan.FromHours(1));
        machine.Jump(Start);
        var clock = Boot("second", wrong.GetUtcNow());
        using var store = Open(clock);
        Live(store, clock, TimeSpan.FromHours(1));

        isSynchronised = true;
        machine.Jump(Start.AddHours(1));
        Live(store, clock, TimeSpan.FromHours(1));

        var samples = All(store);
        ShouldBeInOrder(samples);
        samples.ShouldAllBe(s => s.At < Start.AddHours(3));
        Energy(store).ShouldBe(index - 1, 1e-6);
    }

    [Fact]
    public void A_wrong_future_is_taken_back_also_when_the_next_start_knows_the_time_at_once()
    {
        machine.Jump(Start.AddYears(1));
        var wrong = Boot("first", DateTimeOffset.MinValue);
        using (var before = Open(wrong)) Live(before, wrong, TimeSpan.FromHours(1));
        isSynchronised = true;
        machine.Jump(Start);
        var clock = Boot("second", wrong.GetUtcNow());
        using var store = Open(clock);

        store.Samples.Restamp(clock.Segment.Begun - clock.Segment.Monotonic);
        Live(store, clock, TimeSpan.FromHours(1));
        store.Samples.Restamp(clock.Segment.Begun - clock.Segment.Monotonic);

        var samples = All(store);
        ShouldBeInOrder(samples);
        samples.ShouldAllBe(s => s.At < Start.AddHours(3));
        Energy(store).ShouldBe(index - 1, 1e-6);
    }

    [Fact]
    public void Samples_in_memory_are_put_right_when_the_card_takes_nothing()
    {
        var clock = Boot("first", Start);
        using var store = Open(clock);
        folder.Number("CREATE TRIGGER full BEFORE INSERT ON sample BEGIN SELECT RAISE(ABORT, 'full'); END");
        Live(store, clock, TimeSpan.FromMinutes(30));
        isSynchronised = true;
        machine.Jump(Start.AddDays(1));
        Live(store, clock, TimeSpan.FromMinutes(30));
        folder.Number("DROP TRIGGER full");

        store.Flush();

        ShouldBeInOrder(All(store));
        All(store)[0].At.ShouldBe(Start.AddDays(1).AddMinutes(-30).AddSeconds(10), TimeSpan.FromSeconds(1));
        All(store)[0].Clock.ShouldBe(ClockQuality.Restamped);
    }

    [Fact]
    public void Days_that_were_packed_in_a_wrong_future_are_taken_back_too_and_stay_marked()
    {
        machine.Jump(Start);
        isSynchronised = true;
        var right = Boot("first", DateTimeOffset.MinValue);
        using (var before = Open(right)) Live(before, right, TimeSpan.FromHours(1));
        // Two runs with a battery that is a year ahead, each long enough for whole days to be packed.
        isSynchronised = false;
        machine.Jump(Start.AddYears(1));
        foreach (var name in (string[])["second", "third"])
        {
            var wrong = Boot(name, right.GetUtcNow());
            using var store = Open(wrong);
            Live(store, wrong, TimeSpan.FromHours(50));
            store.Trim(wrong.GetUtcNow());
            machine.Advance(TimeSpan.FromHours(3));
        }

        folder.Number("SELECT count(*) FROM packed WHERE id < 72057594037927936").ShouldBeGreaterThan(1, "samples of days that never were");
        machine.Jump(Start.AddDays(8));
        var clock = Boot("fourth", right.GetUtcNow());
        using var again = Open(clock);
        Live(again, clock, TimeSpan.FromMinutes(10));
        isSynchronised = true;
        Live(again, clock, TimeSpan.FromHours(1));
        again.Flush();

        var samples = again.Samples.Series(School.Gas, Start.AddYears(-1), Start.AddYears(3), Resolution.Raw);
        samples.ShouldAllBe(s => s.At < Start.AddDays(9));
        samples.Where(s => !double.IsNaN(s.Mean)).Select(s => s.Mean).ShouldBe(samples.Where(s => !double.IsNaN(s.Mean)).Select(s => s.Mean).Order());
        Energy(again).ShouldBe(index - 1, 1e-6);
        again.Samples.Series(School.Gas, Start.AddDays(30), Start.AddYears(3), Resolution.Day).ShouldBeEmpty();
        folder.Number("SELECT count(DISTINCT boot) FROM segment WHERE clock = 1").ShouldBe(2, "nobody knows when they were");
        again.Trim(clock.GetUtcNow().AddDays(1));
        Energy(again).ShouldBe(index - 1, 1e-6);
        again.Samples.Series(School.Gas, Start.AddYears(-1), Start.AddYears(3), Resolution.Raw).ShouldBe(samples);
    }

    [Fact]
    public void Days_that_a_free_clock_lived_through_before_the_network_came_leave_nothing_behind()
    {
        isSynchronised = true;
        machine.Jump(Start);
        var right = Boot("first", DateTimeOffset.MinValue);
        using (var before = Open(right)) Live(before, right, TimeSpan.FromHours(20));
        isSynchronised = false;
        machine.Jump(DateTimeOffset.UnixEpoch);
        var clock = Boot("second", right.GetUtcNow());
        using var store = Open(clock);
        for (var hours = 0; hours < 50; hours += 10)
        {
            Live(store, clock, TimeSpan.FromHours(10));
            store.Trim(clock.GetUtcNow());
            Energy(store).ShouldBe(index - 1, 1e-6);
        }

        isSynchronised = true;
        machine.Jump(Start.AddDays(8));
        Live(store, clock, TimeSpan.FromHours(1));
        store.Flush();

        Energy(store).ShouldBe(index - 1, 1e-6);
        var (from, to) = (Start.AddDays(1.5), Start.AddDays(5));
        foreach (var resolution in (Resolution[])[Resolution.Quarter, Resolution.Hour, Resolution.Day])
            store.Samples.Series(School.Gas, from, to, resolution).ShouldBeEmpty("nothing is left at the old times");
        store.Trim(clock.GetUtcNow().AddDays(1));
        Energy(store).ShouldBe(index - 1, 1e-6);
        folder.Number("SELECT count(*) FROM packed").ShouldBeGreaterThan(3, "now that they are known, days are packed");
        store.Samples.Series(School.Gas, from, to, Resolution.Quarter).ShouldBeEmpty();
    }

    [Fact]
    public void A_start_that_finds_the_clock_set_puts_right_what_an_earlier_start_of_this_run_did_not_know()
    {
        var clock = Boot("only", Start);
        using (var first = Open(clock)) Live(first, clock, TimeSpan.FromHours(1));
        isSynchronised = true;
        machine.Jump(Start.AddDays(3));
        var known = Boot("only", clock.GetUtcNow());
        using var store = Open(known);

        store.Samples.Restamp(known.Segment.Begun - known.Segment.Monotonic);
        Live(store, known, TimeSpan.FromHours(1));

        ShouldBeInOrder(All(store));
        All(store)[0].At.ShouldBe(Start.AddDays(3).AddHours(-1).AddSeconds(10), TimeSpan.FromSeconds(1));
        Energy(store).ShouldBe(index - 1, 1e-6);
    }

    [Fact]
    public void A_cycle_that_is_written_after_the_clock_was_set_keeps_the_clock_that_it_ran_by()
    {
        var clock = Boot("first", Start);
        using var store = Open(clock);
        machine.Advance(TimeSpan.FromSeconds(10));
        var late = School.Cycle(clock.GetUtcNow(), (School.Gas, 1)) with { Clock = clock.Segment };
        isSynchronised = true;
        machine.Jump(Start.AddDays(1));
        var change = clock.Look();

        store.Record(late);
        store.Samples.Restamp(change.Base);

        All(store).ShouldHaveSingleItem().At.ShouldBe(Start.AddDays(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_flipped_bit_in_the_last_time_does_not_put_the_clock_ahead()
    {
        isSynchronised = true;
        machine.Jump(Start);
        var clock = Boot("first", DateTimeOffset.MinValue);
        using (var store = Open(clock)) Live(store, clock, TimeSpan.FromHours(1));
        StoreFile.LastTime(folder.File).ShouldBe(Start.AddHours(1), TimeSpan.FromSeconds(11));

        foreach (var bit in (int[])[35, 38, 45, 62])
        {
            folder.Number($"UPDATE sample SET at = at + (1 << {bit}) WHERE seq = (SELECT max(seq) FROM sample)");
            StoreFile.LastTime(folder.File).ShouldBe(Start.AddHours(1), TimeSpan.FromHours(1));
            folder.Number($"UPDATE sample SET at = at - (1 << {bit}) WHERE seq = (SELECT max(seq) FROM sample)");
        }
    }

    [Fact]
    public void The_clock_is_told_of_when_nobody_has_set_it()
    {
        var clock = Boot("first", Start);
        using var store = Open(clock);
        store.Alarming(clock.GetUtcNow()).ShouldBeEmpty();
        machine.Advance(TimeSpan.FromMinutes(11));

        store.Alarming(clock.GetUtcNow()).ShouldHaveSingleItem().Reason.Code.ShouldBe(EnergyPilot.Core.Control.ReasonCode.ClockNotSet);
    }

    [Theory]
    [InlineData("2028-02-28T12:00", 48), InlineData("2026-03-28T12:00", 48), InlineData("2026-10-24T12:00", 48), InlineData("2026-12-31T12:00", 24)]
    public void Leap_days_summer_time_and_new_year_are_days_like_others(string from, int hours)
    {
        isSynchronised = true;
        machine.Jump(DateTimeOffset.Parse(from + "Z", System.Globalization.CultureInfo.InvariantCulture));
        var clock = Boot("first", DateTimeOffset.MinValue);
        using var store = Open(clock);
        Live(store, clock, TimeSpan.FromHours(hours));

        store.Trim(clock.GetUtcNow());

        Energy(store).ShouldBe(index - 1, 1e-6);
        store.Samples.Series(School.Gas, clock.GetUtcNow().AddDays(-9), clock.GetUtcNow(), Resolution.Quarter).Length.ShouldBe(4 * hours);
    }

    [Fact]
    public void A_jump_leaves_readings_as_old_as_they_are()
    {
        var image = new ProcessImage(School.Site);
        image.Put(School.Room, Reading.Good(20, Start));

        image.Shift(TimeSpan.FromDays(400));

        image.Freeze(Start.AddDays(400).AddSeconds(30), []).Of(School.Room).ShouldBe(Reading.Good(20, Start.AddDays(400)));
    }

    private SteadyClock Boot(string name, DateTimeOffset floor) => new(machine, () => isSynchronised, name, floor);

    private Store Open(SteadyClock clock) => Store.Open(folder.Path, clock, NullLogger.Instance);

    /// <summary>The meter counts one every ten seconds, whatever the clocks say.</summary>
    private void Live(Store store, SteadyClock clock, TimeSpan lasting)
    {
        if (clock.Look() is { IsSet: true } change) store.Samples.Restamp(change.Base);
        for (var elapsed = TimeSpan.Zero; elapsed < lasting; elapsed += TimeSpan.FromSeconds(10))
        {
            machine.Advance(TimeSpan.FromSeconds(10));
            store.Record(School.Cycle(clock.GetUtcNow(), (School.Gas, ++index)));
        }

        // The last index is stored by its failing; so the sums are exact.
        store.Record(School.Cycle(clock.GetUtcNow().AddMilliseconds(1), School.Gas, Reading.Unreliable(Reliability.CommunicationFailure, clock.GetUtcNow())));
    }

    private static double Energy(Store store) => store.Samples.Energy(School.Gas, Start.AddYears(-3), Start.AddYears(5));

    private static Sample[] All(Store store)
    {
        store.Flush();
        return [.. store.Cursors.ReadAfter(0, 100_000).Where(s => s.Quality == Reliability.NoFaultDetected)];
    }

    private static void ShouldBeInOrder(Sample[] samples)
    {
        samples.Select(s => s.At).ShouldBe(samples.Select(s => s.At).Order());
        samples.Select(s => s.Value).ShouldBe(samples.Select(s => s.Value).Order());
    }
}
