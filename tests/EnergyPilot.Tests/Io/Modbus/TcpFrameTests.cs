using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class TcpFrameTests
{
    [Fact]
    public void Frame_is_header_and_pdu()
    {
        var frame = new byte[ModbusTcpFrame.MaxLength];

        var length = ModbusTcpFrame.Encode(0x1501, 0xFF, [0x04, 0x00, 0x02], frame);

        frame[..length].ShouldBe([0x15, 0x01, 0, 0, 0, 4, 0xFF, 0x04, 0x00, 0x02]);
        ModbusTcpFrame.TryReadHeader(frame.AsSpan(0, length), out var header).ShouldBeTrue();
        header.ShouldBe(new ModbusTcpHeader(0x1501, 0, 4, 0xFF));
        header.FrameLength.ShouldBe(length);
        header.Fault.ShouldBe(ModbusFault.None);
    }

    [Fact]
    public void Header_needs_all_its_bytes() => ModbusTcpFrame.TryReadHeader(new byte[6], out _).ShouldBeFalse();

    [Theory]
    [InlineData(0, 0, ModbusFault.BadLength)]
    [InlineData(0, 1, ModbusFault.BadLength)]
    [InlineData(0, 2, ModbusFault.None)]
    [InlineData(0, 254, ModbusFault.None)]
    [InlineData(0, 255, ModbusFault.BadLength)]
    [InlineData(0, 65535, ModbusFault.BadLength)]
    [InlineData(1, 6, ModbusFault.BadProtocol)]
    public void Impossible_headers_are_told(int protocol, int length, ModbusFault fault) =>
        new ModbusTcpHeader(1, (ushort)protocol, (ushort)length, 1).Fault.ShouldBe(fault);
}
