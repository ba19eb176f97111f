using System.Globalization;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>Looks at lines of a GPIO chip that are not in the site yet.</summary>
public sealed class LooksAtLines : IAsyncDisposable
{
    private const int Free = 30;
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly Bus Inputs = Site.Buses.Single(b => b.Id == "inputs");

    private readonly ManualTime time = new(Now);
    private readonly VirtualGpioBoard board;
    private readonly ProcessImage image = new(Site);
    private readonly GpioBus bus;

    public LooksAtLines()
    {
        board = new(32, time);
        bus = new(Inputs, Site.Devices.Where(d => d.Bus.Id == Inputs.Id), () => board, image, PulseCounts.Forgotten, NullLogger.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bus.DisposeAsync();

    [Theory]
    [InlineData(GpioVoltage.Low, Wiring.NormallyOpen, 1)]
    [InlineData(GpioVoltage.High, Wiring.NormallyOpen, 0)]
    [InlineData(GpioVoltage.High, Wiring.NormallyClosed, 1)]
    public async Task Free_line_is_read_once_and_given_back(GpioVoltage voltage, Wiring wiring, double state)
    {
        await bus.Poll(Now, Stop);
        var before = image.Freeze(Now, []).Readings.Count;
        board.Drive(Free, voltage);

        var (look, read) = await Look(New("boiler-running", Free, wiring));

        look.ShouldSatisfyAllConditions(l => l.WasAsked.ShouldBeTrue(), l => l.Found.ShouldBeEmpty());
        read.ShouldBe(state);
        Should.NotThrow(() => board.OpenOutput(Free, new GpioOutput(GpioPolarity.ActiveHigh, GpioLevel.Inactive)), "nobody has it");
        image.Freeze(Now, []).Readings.Count.ShouldBe(before);
        await bus.Poll(Now.AddSeconds(31), Stop);
        bus.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Line_of_another_device_is_said_to_be_in_use_and_stays_as_it_is()
    {
        await bus.Poll(Now, Stop);
        var release = Site.Devices.Single(d => d.Id == "boiler-release");
        (await bus.Write(release.Points[0], 0, Stop)).ShouldBe(WriteResult.Done);
        var (line, voltage) = (Number(release), board.Voltage(Number(release)));

        var (look, _) = await Look(New("boiler-running", line));

        look.WasAsked.ShouldBeFalse();
        look.Found.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            t => t.Fault.ShouldBe(LineFault.PinOfDevice), t => t.Facts.Select(f => f.Text).ShouldBe([$"{line}", "boiler-release"]));
        board.Voltage(line).ShouldBe(voltage);
        board.TryRead(line, out _).ShouldBeTrue("still open");
    }

    [Fact]
    public async Task Line_that_another_program_has_is_said_to_be_taken_and_is_left_to_it()
    {
        await bus.Poll(Now, Stop);
        board.OpenInput(Free, new GpioInput(GpioPolarity.ActiveLow, GpioBias.PullUp, TimeSpan.Zero));

        var (look, _) = await Look(New("boiler-running", Free));

        (look.WasAsked, look.Found.ShouldHaveSingleItem().Fault).ShouldBe((false, LineFault.PinTaken));
        board.TryRead(Free, out _).ShouldBeTrue("what it has it keeps");
    }

    [Fact]
    public async Task Output_is_not_asked_as_that_would_switch_it()
    {
        await bus.Poll(Now, Stop);
        var (look, _) = await Look(New("boiler-release", Free));
        (look.WasAsked, look.Found.ShouldHaveSingleItem().Fault).ShouldBe((false, LineFault.OutputNotAsked));
        Should.Throw<KeyNotFoundException>(() => board.TryRead(Free, out _), "never opened");
    }

    [Fact]
    public async Task Device_that_runs_is_read_on_its_own_line_with_the_wiring_that_was_typed()
    {
        var running = Site.Devices.Single(d => d.Id == "boiler-running");
        board.Drive(Number(running), GpioVoltage.Low);
        await bus.Poll(Now, Stop);
        var (look, read) = await Look(running with { Points = [.. running.Points.Select(p => p with { Wiring = Wiring.NormallyClosed })] });
        (look.WasAsked, read).ShouldBe((true, 0));
        image.Freeze(Now, []).Of(running.Points[0].Id).Value.ShouldBe(1, "the control reads it as before");
        board.TryRead(Number(running), out _).ShouldBeTrue("still open");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Pulse_is_waited_for_and_its_absence_told()
    {
        await bus.Poll(Now, Stop);
        var meter = New("meter-gas", Free);
        board.Drive(Free, GpioVoltage.High);
        var own = new ProcessImage(meter.Points.ToDictionary(p => p.Id));
        var looking = bus.Look(meter, own, Now, Stop).AsTask();
        while (!looking.IsCompleted)
        {
            board.Pulse(Free, 1);
            await Task.WhenAny(looking, Task.Delay(20, Stop));
        }

        (await looking).Found.ShouldBeEmpty();
        own.Freeze(Now, []).Of(meter.Points[0].Id).Value.ShouldBeGreaterThan(0);

        using var patience = new CancellationTokenSource();
        var inVain = bus.Look(meter, own, Now, patience.Token);
        await patience.CancelAsync();
        (await inVain).Found.ShouldHaveSingleItem().Fault.ShouldBe(LineFault.NoPulse);
        Should.NotThrow(() => board.OpenInput(Free, default), "given back");
    }

    [Fact]
    public async Task Chip_that_is_missing_is_told_as_on_the_page_of_devices()
    {
        await using var missing = new GpioBus(Inputs with { Where = "/dev/gpiochip-none" }, [], () => new LinuxGpioBoard("/dev/gpiochip-none"), image, PulseCounts.Forgotten, NullLogger.Instance);
        await missing.Poll(Now, Stop);
        var device = New("boiler-running", Free);
        var look = await missing.Look(device, new ProcessImage(device.Points.ToDictionary(p => p.Id)), Now, Stop);
        look.WasAsked.ShouldBeFalse();
        look.Found.ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Fault.ShouldBe(LineFault.ChipMissing), t => t.Facts[0].Text.ShouldBe("/dev/gpiochip-none"));
    }

    private async Task<(Look Look, double Value)> Look(Device device)
    {
        var own = new ProcessImage(device.Points.ToDictionary(p => p.Id));
        var look = await bus.Look(device, own, Now, Stop);
        return (look, own.Freeze(Now, []).Of(device.Points[0].Id).Value);
    }

    private static Device New(string like, int line, Wiring wiring = Wiring.NormallyOpen)
    {
        var device = Site.Devices.Single(d => d.Id == like);
        return device with { Id = "new", Address = line.ToString(CultureInfo.InvariantCulture), Points = [.. device.Points.Select(p => p with { Id = new($"new.{p.Type.Name}"), Wiring = wiring })] };
    }

    private static int Number(Device device) => int.Parse(device.Address, CultureInfo.InvariantCulture);
}
