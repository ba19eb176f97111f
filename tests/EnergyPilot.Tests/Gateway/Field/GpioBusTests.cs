using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class GpioBusTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly Bus Inputs = Site.Buses.Single(b => b.Id == "inputs");

    private readonly ProcessImage image = new(Site);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_that_another_program_holds_costs_only_itself_and_is_taken_when_it_is_free()
    {
        var (held, other) = (Device("boiler-running"), Device("boiler-release"));
        var chip = new PartlyTaken(new VirtualGpioBoard(32, new ManualTime(Now)));
        chip.Held = int.Parse(held.Address, System.Globalization.CultureInfo.InvariantCulture);
        await using var bus = new GpioBus(Inputs, Site.Devices.Where(d => d.Bus.Id == Inputs.Id), () => chip, image, PulseCounts.Forgotten, NullLogger.Instance);

        await bus.Poll(Now, Stop);
        Read(held).Reliability.ShouldBe(Reliability.NoSensor);
        Read(other).IsReliable.ShouldBeTrue();
        (await bus.Write(other.Points[0], 1, Stop)).ShouldBe(WriteResult.Done);
        bus.Troubles.ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Fault.ShouldBe(LineFault.PinTaken), t => t.Log.ShouldContain("held"));
        bus.Counters[held.Id].Read().Of(Trouble.Disconnected).ShouldBe(1);

        chip.Held = -1;
        await bus.Poll(Now.AddSeconds(31), Stop);
        Read(held).IsReliable.ShouldBeTrue();
        bus.Troubles.ShouldBeEmpty();
    }

    private static Device Device(string id) => Site.Devices.Single(d => d.Id == id);

    private Reading Read(Device device) => image.Freeze(Now.AddSeconds(31), []).Of(device.Points[0].Id);

    /// <summary>A chip of which one line is held by somebody else.</summary>
    private sealed class PartlyTaken(VirtualGpioBoard board) : IGpioBoard
    {
        public int Held { get; set; } = -1;

        public void OpenInput(int line, GpioInput input)
        {
            Check(line);
            board.OpenInput(line, input);
        }

        public void OpenOutput(int line, GpioOutput output)
        {
            Check(line);
            board.OpenOutput(line, output);
        }

        public bool TryRead(int line, out GpioLevel level) => board.TryRead(line, out level);

        public bool TryWrite(int line, GpioLevel level) => board.TryWrite(line, level);

        public int TakeEdges(int line, Span<GpioEdge> edges) => board.TakeEdges(line, edges);

        public void Release(int line) => board.Release(line);

        public void Dispose() => board.Dispose();

        private void Check(int line)
        {
            if (line == Held) throw new GpioException(GpioFault.LineTaken, line, "", $"GPIO line {line} is held by another program.");
        }
    }
}
