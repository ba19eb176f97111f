using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Hosting;

public sealed class ProbeTests
{
    private static readonly Device Device = SchoolFiles.DemoSite.Devices[0];

    private readonly LateTime time = new();
    private readonly FieldView field = new();

    [Fact]
    public async Task Patience_that_ends_together_with_the_look_harms_nobody()
    {
        field.Show([new OneBus(Device.Bus, _ => ValueTask.CompletedTask)]);
        (await new Probe(field, time).Ask(Device, TestContext.Current.CancellationToken)).State.ShouldBe(ProbeState.Silent);
        time.Timers.ShouldNotBeEmpty();
        Should.NotThrow(() => time.Timers.ForEach(timer => timer()));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Device_that_never_answers_is_silent_when_patience_ends()
    {
        field.Show([new OneBus(Device.Bus, async stop =>
        {
            await Task.Yield();
            time.Timers.ForEach(timer => timer());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        })]);
        (await new Probe(field, time).Ask(Device, TestContext.Current.CancellationToken)).State.ShouldBe(ProbeState.Silent);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task One_look_at_a_time_and_the_next_may_follow()
    {
        var answered = new TaskCompletionSource();
        field.Show([new OneBus(Device.Bus, _ => new(answered.Task))]);
        var probe = new Probe(field, time);
        var first = probe.Ask(Device, TestContext.Current.CancellationToken);
        (await probe.Ask(Device, TestContext.Current.CancellationToken)).Found.ShouldHaveSingleItem().Fault.ShouldBe(LineFault.LookedAtByAnother);
        answered.SetResult();
        (await first).State.ShouldBe(ProbeState.Silent);
        (await probe.Ask(Device, TestContext.Current.CancellationToken)).State.ShouldBe(ProbeState.Silent);
    }

    private sealed class OneBus(Bus bus, Func<CancellationToken, ValueTask> poll) : IFieldBus
    {
        public Bus Bus => bus;

        public async ValueTask<Look> Look(Device device, ProcessImage image, DateTimeOffset at, CancellationToken stop)
        {
            await poll(stop);
            return EnergyPilot.Gateway.Field.Look.Asked();
        }

        public ValueTask Poll(DateTimeOffset at, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => new(WriteResult.Failed);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    // Its timers run when they are told, also when nobody wants them any more: as one does that was under way when it was disposed of.
    private sealed class LateTime : TimeProvider
    {
        public List<Action> Timers { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timers.Add(() => callback(state));
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
