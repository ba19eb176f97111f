using System.Buffers.Binary;
using EnergyPilot.Io.Serial;

namespace EnergyPilot.Tests.Io.Serial;

/// <summary>What the kernel is told when a port is opened.</summary>
public sealed class SerialSetupTests
{
    private const int InvalidArgument = 22;

    [Theory]
    [InlineData(300, SerialParity.Even, SerialStopBits.One, 8, 0x1000 | 0x800 | 0x80 | 0x30 | 0x100)]
    [InlineData(1200, SerialParity.Even, SerialStopBits.One, 7, 0x1000 | 0x800 | 0x80 | 0x20 | 0x100)]
    [InlineData(9600, SerialParity.None, SerialStopBits.Two, 8, 0x1000 | 0x800 | 0x80 | 0x30 | 0x40)]
    [InlineData(19200, SerialParity.Odd, SerialStopBits.One, 8, 0x1000 | 0x800 | 0x80 | 0x30 | 0x100 | 0x200)]
    [InlineData(921600, SerialParity.None, SerialStopBits.One, 8, 0x1000 | 0x800 | 0x80 | 0x30)]
    public void Line_is_described_as_asked(int speed, SerialParity parity, SerialStopBits stopBits, int dataBits, uint control)
    {
        var kernel = new FakeSerialKernel();

        SerialSetup.Open(kernel, "port", new(speed, parity, stopBits, dataBits));

        kernel.Line.Control.ShouldBe(control);
        kernel.Line.InputSpeed.ShouldBe((uint)speed);
        kernel.Line.OutputSpeed.ShouldBe((uint)speed);
    }

    [Fact]
    public void Bytes_pass_as_they_are()
    {
        var kernel = new FakeSerialKernel();

        SerialSetup.Open(kernel, "port", new(9600));

        kernel.Line.Input.ShouldBe(SerialUapi.IgnoreBreak);
        kernel.Line.Output.ShouldBe(0u);
        kernel.Line.Local.ShouldBe(0u);
        kernel.Line.Characters[SerialUapi.IndexLeast].ShouldBe((byte)1);
        kernel.Line.Characters[SerialUapi.IndexTime].ShouldBe((byte)0);
    }

    [Fact]
    public void Seven_bits_are_stripped_and_parity_is_checked()
    {
        var kernel = new FakeSerialKernel();

        SerialSetup.Open(kernel, "port", new(9600, SerialParity.Even, DataBits: 7));

        kernel.Line.Input.ShouldBe(SerialUapi.IgnoreBreak | SerialUapi.CheckParity | SerialUapi.Strip);
    }

    [Fact]
    public void Kernel_turns_the_line_round_when_asked()
    {
        var kernel = new FakeSerialKernel();
        var mode = new Rs485Mode(RtsLevel.Low, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3));

        SerialSetup.Open(kernel, "port", new(9600) { Rs485 = mode }).Rs485.ShouldBe(Rs485Support.ByKernel);

        var said = kernel.Rs485.ShouldNotBeNull();
        BinaryPrimitives.ReadUInt32LittleEndian(said).ShouldBe(1u | 4u);
        BinaryPrimitives.ReadUInt32LittleEndian(said.AsSpan(4)).ShouldBe(2u);
        BinaryPrimitives.ReadUInt32LittleEndian(said.AsSpan(8)).ShouldBe(3u);
    }

    [Fact]
    public void Driver_without_RS485_or_low_latency_is_tolerated()
    {
        var kernel = new FakeSerialKernel();
        kernel.Refusals[SerialUapi.SetRs485] = SerialUapi.NotTerminal;
        kernel.Refusals[SerialUapi.GetSerial] = InvalidArgument;

        SerialSetup.Open(kernel, "port", new(9600) { Rs485 = new() }).Rs485.ShouldBe(Rs485Support.Absent);

        kernel.Opened.ShouldBe(1);
    }

    [Fact]
    public void Low_latency_is_asked_for_beside_the_other_flags()
    {
        var kernel = new FakeSerialKernel();

        SerialSetup.Open(kernel, "port", new(9600));

        kernel.SerialFlags.ShouldBe(0x2080u);
    }

    [Fact]
    public void Line_is_taken_for_one_program_and_old_bytes_are_dropped()
    {
        var kernel = new FakeSerialKernel();

        SerialSetup.Open(kernel, "port", new(9600));

        kernel.Controls.ShouldContain(SerialUapi.Exclusive);
        kernel.Controls[^1].ShouldBe(SerialUapi.Flush);
    }

    [Theory]
    [InlineData(2, "not plugged in")]
    [InlineData(13, "dialout")]
    [InlineData(16, "in use by another program")]
    public void Port_that_does_not_open_says_why(int error, string reason) =>
        Should.Throw<IOException>(() => SerialSetup.Open(new FakeSerialKernel { OpenResult = -error }, "port", new(9600))).Message.ShouldContain(reason);

    [Fact]
    public void Locked_port_is_in_use_and_closed_again()
    {
        var kernel = new FakeSerialKernel { LockResult = -SerialUapi.TryAgain };

        Should.Throw<IOException>(() => SerialSetup.Open(kernel, "port", new(9600))).Message.ShouldContain("in use by another program");

        kernel.Opened.ShouldBe(0);
    }

    [Fact]
    public void Device_that_is_no_terminal_is_no_serial_port()
    {
        var kernel = new FakeSerialKernel();
        kernel.Refusals[SerialUapi.GetTermios] = SerialUapi.NotTerminal;

        Should.Throw<IOException>(() => SerialSetup.Open(kernel, "port", new(9600))).Message.ShouldContain("not a serial port");

        kernel.Opened.ShouldBe(0);
    }

    [Fact]
    public void Speed_that_the_driver_silently_refuses_is_an_error()
    {
        var kernel = new FakeSerialKernel { OnlySpeed = 9600 };

        Should.Throw<IOException>(() => SerialSetup.Open(kernel, "port", new(921600))).Message.ShouldContain("921600");

        kernel.Opened.ShouldBe(0);
    }

    [Fact]
    public void Speed_rounded_by_the_clock_of_the_driver_is_taken() =>
        SerialSetup.Open(new FakeSerialKernel { OnlySpeed = 115384 }, "port", new(115200)).Rs485.ShouldBe(Rs485Support.NotAsked);

    [Theory]
    [InlineData(299, 8)]
    [InlineData(1_000_000, 8)]
    [InlineData(9600, 6)]
    [InlineData(9600, 9)]
    public void Settings_out_of_range_are_a_mistake(int speed, int dataBits) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SerialSetup.Open(new FakeSerialKernel(), "port", new(speed, DataBits: dataBits)));
}
