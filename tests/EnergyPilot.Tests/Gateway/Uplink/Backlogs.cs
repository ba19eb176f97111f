using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>What waits for the city is counted when it may be another number, not all the time.</summary>
public sealed class Backlogs : IDisposable
{
    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_counted_when_something_changed_and_else_each_half_minute()
    {
        using var store = folder.Open();
        var progress = new Progress(store.Cursors, folder.Time, folder.Time, NullLogger.Instance);
        var backlog = new Backlog(store.Cursors, progress, folder.Time);
        backlog.CountIfDue();
        backlog.Counted.Waiting.ShouldBe(0);

        store.Record(School.Cycle(folder.Time.GetUtcNow(), (School.Room, 20)));
        store.Flush();
        folder.Time.Advance(TimeSpan.FromSeconds(29));
        backlog.CountIfDue();
        backlog.Counted.Waiting.ShouldBe(0, "nobody said that anything changed");
        backlog.Changed();
        backlog.CountIfDue();
        backlog.Counted.Waiting.ShouldBe(store.Samples.LastSequence);
        backlog.Counted.Waiting.ShouldBeGreaterThan(0);

        progress.Take(store.Samples.LastSequence);
        folder.Time.Advance(TimeSpan.FromSeconds(31));
        backlog.CountIfDue();
        backlog.Counted.Waiting.ShouldBe(0, "half a minute is over");
    }
}
