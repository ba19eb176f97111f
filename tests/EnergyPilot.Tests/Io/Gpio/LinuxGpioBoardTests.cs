using System.Buffers.Binary;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Tests.Io.Gpio;

public sealed class LinuxGpioBoardTests
{
    private readonly FakeGpioKernel kernel = new();

    private LinuxGpioBoard Board => new("/dev/gpiochip0", kernel);

    [Fact]
    public void Input_is_requested_with_edges_debounce_and_bias()
    {
        using var board = Board;

        board.OpenInput(17, new(GpioPolarity.ActiveLow, GpioBias.PullUp, TimeSpan.FromMilliseconds(10)));

        var request = kernel.Requests[17];
        Word64(request, 288).ShouldBe(0b1_0011_0110ul);
        Word32(request, 288 + 8).ShouldBe(1u);
        Word32(request, 288 + 32).ShouldBe(3u);
        Word32(request, 288 + 40).ShouldBe(10_000u);
        Word64(request, 288 + 48).ShouldBe(1ul);
        Word32(request, 560).ShouldBe(1u);
        Word32(request, 564).ShouldBe(1024u);
    }

    [Theory]
    [InlineData(GpioLevel.Active, 1)]
    [InlineData(GpioLevel.Inactive, 0)]
    public void Output_starts_at_its_safe_level_in_the_request_itself(GpioLevel safe, ulong bit)
    {
        using var board = Board;

        board.OpenOutput(5, new(GpioPolarity.ActiveLow, safe));

        var request = kernel.Requests[5];
        Word64(request, 288).ShouldBe(0b1010ul);
        Word32(request, 288 + 32).ShouldBe(2u);
        Word64(request, 288 + 40).ShouldBe(bit);
        Word64(request, 288 + 48).ShouldBe(1ul);
        board.TryRead(5, out var level).ShouldBeTrue();
        level.ShouldBe(safe);
    }

    [Fact]
    public void Output_is_written_read_back_and_left_safe()
    {
        var board = Board;
        board.OpenOutput(5, new(GpioPolarity.ActiveHigh, GpioLevel.Active));

        board.TryWrite(5, GpioLevel.Inactive).ShouldBeTrue();
        board.TryRead(5, out var level).ShouldBeTrue();
        level.ShouldBe(GpioLevel.Inactive);
        board.Dispose();

        kernel.Levels[5].ShouldBe(1ul);
        kernel.Open.ShouldBeEmpty();
    }

    [Fact]
    public void Edges_come_in_order_with_time_and_number()
    {
        using var board = Board;
        board.OpenInput(17, new(GpioPolarity.ActiveHigh, GpioBias.AsIs, TimeSpan.Zero));
        for (uint n = 1; n <= 40; n++)
            kernel.Happens(17, (byte)(n % 2 == 1 ? 1 : 2), n * 1_000_000ul, n);
        var edges = new GpioEdge[30];

        board.TakeEdges(17, edges).ShouldBe(30);
        edges[0].ShouldBe(new GpioEdge(GpioLevel.Active, TimeSpan.FromMilliseconds(1), 1));
        edges[29].ShouldBe(new GpioEdge(GpioLevel.Inactive, TimeSpan.FromMilliseconds(30), 30));
        board.TakeEdges(17, edges).ShouldBe(10);
        edges[9].Sequence.ShouldBe(40u);
        board.TakeEdges(17, edges).ShouldBe(0);
    }

    [Fact]
    public void Trouble_of_the_chip_is_told_by_the_result()
    {
        using var board = Board;
        board.OpenOutput(5, new(GpioPolarity.ActiveHigh, GpioLevel.Inactive));
        kernel.IsBroken = true;

        board.TryRead(5, out _).ShouldBeFalse();
        board.TryWrite(5, GpioLevel.Active).ShouldBeFalse();
    }

    [Fact]
    public void Mistakes_of_installation_throw_and_name_the_line()
    {
        using var board = Board;
        board.OpenOutput(5, new(GpioPolarity.ActiveHigh, GpioLevel.Inactive));

        Should.Throw<IOException>(() => board.OpenOutput(5, new(GpioPolarity.ActiveHigh, GpioLevel.Inactive)))
            .Message.ShouldContain("line 5 of /dev/gpiochip0");
        Should.Throw<IOException>(() => new LinuxGpioBoard("/dev/gpiochip77", kernel)).Message.ShouldContain("No such file");
    }

    // The real system calls, as far as a machine without GPIO has them.
    [Fact]
    public void Real_kernel_says_what_is_wrong()
    {
        Should.Throw<IOException>(() => new LinuxGpioBoard("/dev/there-is-no-such-chip")).Message.ShouldContain("No such file");
        using var notAChip = new LinuxGpioBoard("/dev/null");
        Should.Throw<IOException>(() => notAChip.OpenInput(1, new(GpioPolarity.ActiveHigh, GpioBias.AsIs, TimeSpan.Zero)))
            .Message.ShouldContain("ioctl");
    }

    [Fact]
    public void Real_kernel_reads_only_what_is_there()
    {
        var kernel = new LinuxGpioKernel();
        var zero = kernel.Open("/dev/zero");
        try
        {
            kernel.Read(zero, new byte[10]).ShouldBe(10);
            kernel.Control(zero, GpioUapi.GetValues, new byte[16]).ShouldBe(-25);
        }
        finally
        {
            kernel.Close(zero);
        }
    }

    private static ulong Word64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    private static uint Word32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
