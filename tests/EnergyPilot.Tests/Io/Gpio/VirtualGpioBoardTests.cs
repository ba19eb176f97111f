using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Tests.Io.Gpio;

public sealed class VirtualGpioBoardTests
{
    private static readonly GpioInput S0 = new(GpioPolarity.ActiveLow, GpioBias.PullUp, TimeSpan.FromMilliseconds(10));

    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly GpioEdge[] edges = new GpioEdge[2000];

    private VirtualGpioBoard Board => new(28, time);

    [Fact]
    public void Open_contact_with_pull_up_is_inactive_and_closed_to_ground_is_active()
    {
        var board = Board;
        board.OpenInput(17, S0);
        Level(board, 17).ShouldBe(GpioLevel.Inactive);

        board.Drive(17, GpioVoltage.Low);
        Pass(10);

        Level(board, 17).ShouldBe(GpioLevel.Active);
    }

    [Fact]
    public void Bouncing_contact_is_one_edge()
    {
        var board = Board;
        board.OpenInput(17, S0);
        foreach (var voltage in new[] { GpioVoltage.Low, GpioVoltage.High, GpioVoltage.Low, GpioVoltage.High, GpioVoltage.Low })
        {
            board.Drive(17, voltage);
            Pass(2);
        }

        board.TakeEdges(17, edges).ShouldBe(0);
        Pass(8);
        board.TakeEdges(17, edges).ShouldBe(1);
        edges[0].To.ShouldBe(GpioLevel.Active);
    }

    [Fact]
    public void Output_starts_safe_shows_its_voltage_and_ends_safe()
    {
        var board = Board;
        board.OpenOutput(5, new(GpioPolarity.ActiveLow, GpioLevel.Inactive));
        board.Voltage(5).ShouldBe(GpioVoltage.High);

        board.TryWrite(5, GpioLevel.Active).ShouldBeTrue();
        board.Voltage(5).ShouldBe(GpioVoltage.Low);
        Level(board, 5).ShouldBe(GpioLevel.Active);
        board.Dispose();

        board.Voltage(5).ShouldBe(GpioVoltage.High);
    }

    [Fact]
    public void Output_cannot_be_driven_and_input_cannot_be_written()
    {
        var board = Board;
        board.OpenOutput(5, new(GpioPolarity.ActiveHigh, GpioLevel.Active));
        board.OpenInput(17, S0);

        board.Drive(5, GpioVoltage.Low);

        board.Voltage(5).ShouldBe(GpioVoltage.High);
        board.TryWrite(17, GpioLevel.Active).ShouldBeFalse();
    }

    [Fact]
    public void Broken_line_tells_so_until_it_is_repaired()
    {
        var board = Board;
        board.OpenOutput(5, new(GpioPolarity.ActiveHigh, GpioLevel.Inactive));

        board.Break(5);
        board.TryRead(5, out _).ShouldBeFalse();
        board.TryWrite(5, GpioLevel.Active).ShouldBeFalse();

        board.Repair(5);
        board.TryWrite(5, GpioLevel.Active).ShouldBeTrue();
    }

    [Fact]
    public void Lines_that_do_not_exist_or_are_taken_cannot_be_opened()
    {
        var board = Board;
        board.OpenInput(17, S0);

        Should.Throw<IOException>(() => board.OpenInput(17, S0));
        Should.Throw<IOException>(() => board.OpenInput(28, S0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(700)]
    public void Pulses_of_a_long_step_are_all_counted_even_when_their_record_overflows(int pulses)
    {
        var board = Board;
        board.OpenInput(17, S0);
        var counter = new PulseCounter(1_000_000, TimeSpan.FromMilliseconds(30));
        for (var minute = 1; minute <= 3; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(2));
            board.Pulse(17, pulses);
            counter.Add(edges.AsSpan(0, board.TakeEdges(17, edges)));
            counter.Count.ShouldBe(1_000_000 + minute * pulses);
        }

        counter.Lost.ShouldBe(Math.Max(0, pulses - 512) * 3);
        counter.Rejected.ShouldBe(0);
    }

    private void Pass(int milliseconds) => time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static GpioLevel Level(VirtualGpioBoard board, int line)
    {
        board.TryRead(line, out var level).ShouldBeTrue();
        return level;
    }
}
