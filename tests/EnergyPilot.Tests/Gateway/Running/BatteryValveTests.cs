using System.Collections.Frozen;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Running;

public sealed class BatteryValveTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan HoldOff = TimeSpan.FromMinutes(5);
    private static readonly PointId Valve = SchoolFiles.DemoSite.Zones[0].Points.Valve[0];
    private static readonly Site Site = OnBattery(SchoolFiles.DemoSite);

    private readonly ProcessImage image = new(Site);
    private readonly Radio radio = new();
    private readonly Outputs outputs;
    private DateTimeOffset now = Start;

    public BatteryValveTests() => outputs = new Outputs(Site, image, new Dictionary<PointId, IFieldBus> { [Valve] = radio }.ToFrozenDictionary(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    public ValueTask DisposeAsync() => radio.DisposeAsync();

    [Fact]
    public async Task Valve_on_a_battery_is_written_on_change_only()
    {
        for (var hour = 0; hour < 12; hour++) await Wish(1, TimeSpan.FromHours(1));

        radio.Written.ShouldBe([1]);
    }

    [Fact]
    public async Task Wishes_within_the_hold_off_are_written_once_when_it_ends_with_the_last_value()
    {
        await Wish(1, TimeSpan.FromMinutes(1));
        await Wish(0, TimeSpan.FromMinutes(1));
        await Wish(1, TimeSpan.FromMinutes(1));
        await Wish(0, TimeSpan.FromMinutes(1));
        radio.Written.ShouldBe([1]);

        await Wish(0, TimeSpan.FromMinutes(1));
        await Wish(0, TimeSpan.FromMinutes(1));

        radio.Written.ShouldBe([1, 0]);
    }

    [Fact]
    public async Task Wish_that_came_back_within_the_hold_off_is_not_written_at_all()
    {
        await Wish(1, TimeSpan.FromMinutes(2));
        await Wish(0, TimeSpan.FromMinutes(2));
        await Wish(1, TimeSpan.FromHours(1));
        await Wish(1, TimeSpan.FromHours(1));

        radio.Written.ShouldBe([1]);
    }

    [Fact]
    public async Task Frost_does_not_wait_for_the_hold_off()
    {
        await Wish(0, TimeSpan.FromMinutes(1));
        await Wish(1, TimeSpan.FromMinutes(1), Priority.LifeSafety);

        radio.Written.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Safe_state_does_not_wait_for_the_hold_off()
    {
        await Wish(0, TimeSpan.FromMinutes(1));
        await outputs.FailSafe(now, TestContext.Current.CancellationToken);

        radio.Written.ShouldBe([0, Site.Points[Valve].Type.Safe]);
    }

    [Fact]
    public async Task After_a_restart_what_the_valve_reads_back_decides()
    {
        image.Put(Valve, Reading.Good(1, now));
        await Wish(1, TimeSpan.FromMinutes(10));
        radio.Written.ShouldBeEmpty("it stands as wished already");

        await Wish(0, TimeSpan.FromMinutes(1));
        radio.Written.ShouldBe([0], "nothing was written since the start: nothing is held off");
    }

    [Fact]
    public async Task After_a_restart_a_silent_valve_is_written_once()
    {
        await Wish(1, TimeSpan.FromMinutes(1));
        await Wish(1, TimeSpan.FromHours(1));

        radio.Written.ShouldBe([1]);
    }

    [Fact]
    public async Task Valve_that_somebody_turned_by_hand_is_set_again_when_the_hold_off_ends()
    {
        await Wish(1, TimeSpan.FromMinutes(1));
        image.Put(Valve, Reading.Good(0, now));
        await Wish(1, TimeSpan.FromMinutes(5));
        radio.Written.ShouldBe([1]);
        image.Put(Valve, Reading.Good(0, now));
        await Wish(1, TimeSpan.FromMinutes(1));

        radio.Written.ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Valve_whose_command_was_not_confirmed_is_written_again_when_the_hold_off_ends()
    {
        radio.Answer = WriteResult.Failed;
        for (var cycle = 0; cycle < 31; cycle++) await Wish(1, TimeSpan.FromSeconds(10));
        radio.Written.ShouldBe([1, 1]);

        await Wish(1, TimeSpan.FromSeconds(10), Priority.LifeSafety);
        radio.Written.ShouldBe([1, 1, 1]);
    }

    private async Task Wish(double value, TimeSpan then, Priority priority = Priority.Schedule)
    {
        var command = new Command(Valve, value, priority, Reason.Of(ReasonCode.PulseOpen));
        var decision = new Decision(now, [], [], [], [command], [command], [], Memory.Empty);
        await outputs.Apply(image.Freeze(now, []), decision, TestContext.Current.CancellationToken);
        now += then;
    }

    private static Site OnBattery(Site site) => site with
    {
        Devices = [.. site.Devices.Select(d => d with { Points = [.. d.Points.Select(p => p.Id == Valve ? p with { Type = p.Type with { HoldOff = HoldOff } } : p)] })],
    };

    /// <summary>A bus that notes everything it is given.</summary>
    private sealed class Radio : IFieldBus
    {
        public List<double> Written { get; } = [];

        public WriteResult Answer { get; set; } = WriteResult.Done;

        public Bus Bus => Site.Buses[0];

        public ValueTask Poll(DateTimeOffset at, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop)
        {
            Written.Add(value);
            return ValueTask.FromResult(Answer);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
