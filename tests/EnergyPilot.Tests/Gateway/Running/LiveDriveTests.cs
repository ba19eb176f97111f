using System.Collections.Frozen;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Running;

public sealed class LiveDriveTests
{
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A bus that is polled no more shows as a test that ends here.

    private readonly ManualTime time = new();

    [Fact(Timeout = Patience.Hang)]
    public async Task Bus_whose_first_poll_outlasts_the_first_cycle_is_still_polled_by_one_at_a_time()
    {
        await using var bus = new Slow();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = Drive(bus, stop.Token, out var firstCycle);
        await bus.Entered.WaitAsync(stop.Token);

        while (!firstCycle.IsCompleted) await Beat();
        for (var beat = 0; beat < 20; beat++) await Beat();
        bus.MostAtOnce.ShouldBe(1);

        bus.GoOn();
        while (bus.Polls < 3) await Beat();
        bus.MostAtOnce.ShouldBe(1);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Bus_whose_driver_gives_up_without_being_stopped_is_polled_again()
    {
        await using var bus = new Slow { Throws = true };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bus.GoOn();
        var run = Drive(bus, stop.Token, out _);

        while (bus.Polls < 4) await Beat();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Cycle_that_is_woken_does_not_wait_for_its_time()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var cycles = new SemaphoreSlim(0);
        var outputs = new Outputs(Site, new ProcessImage(Site), FrozenDictionary<PointId, IFieldBus>.Empty, NullLogger.Instance);
        var cycle = new Cycle(Site, new ProcessImage(Site), outputs, _ => [], (_, snapshot, memory) => new Decision(snapshot.At, [], [], [], [], [], [], memory));
        var drive = new LiveDrive(time, [], cycle, NullLogger.Instance);
        var run = drive.Run(Interval, (_, _) => { cycles.Release(); return ValueTask.CompletedTask; }, stop.Token);
        await cycles.WaitAsync(stop.Token);

        drive.Wake();
        await cycles.WaitAsync(stop.Token);
        cycles.CurrentCount.ShouldBe(0);
        time.Advance(Interval);
        await cycles.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    private Task Drive(IFieldBus bus, CancellationToken stop, out Task firstCycle)
    {
        var image = new ProcessImage(Site);
        var outputs = new Outputs(Site, image, FrozenDictionary<PointId, IFieldBus>.Empty, NullLogger.Instance);
        var cycle = new Cycle(Site, image, outputs, _ => [], (_, snapshot, memory) => new Decision(snapshot.At, [], [], [], [], [], [], memory));
        var cycled = new TaskCompletionSource();
        firstCycle = cycled.Task;
        return new LiveDrive(time, [bus], cycle, NullLogger.Instance).Run(Interval, Record, stop);

        ValueTask Record(CycleRecord record, CancellationToken token)
        {
            cycled.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }

    // Loops run on other threads: they get their turn between two steps of the clock.
    private async Task Beat()
    {
        time.Advance(Interval);
        for (var turn = 0; turn < 50; turn++) await Task.Run(Thread.Yield, TestContext.Current.CancellationToken);
    }

    /// <summary>A bus whose polls last until it may go on.</summary>
    private sealed class Slow : IFieldBus
    {
        private readonly TaskCompletionSource entered = new(), free = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int inside, most, polls;

        public bool Throws { get; init; }

        public Bus Bus => Site.Buses[0];

        public Task Entered => entered.Task;

        public int Polls => Volatile.Read(ref polls);

        public int MostAtOnce => Volatile.Read(ref most);

        public void GoOn() => free.SetResult();

        public async ValueTask Poll(DateTimeOffset at, CancellationToken stop)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            entered.TrySetResult();
            await free.Task.WaitAsync(stop);
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref polls);
            if (Throws) throw new TaskCanceledException("A deadline inside the driver.");
        }

        public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
