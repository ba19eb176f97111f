using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class MeaningTests
{
    [Theory]
    [InlineData(new byte[] { 4, 0, 0x34, 0, 20 }, "unit 5: read 20 input registers from 0x0034")]
    [InlineData(new byte[] { 1, 0, 1, 0, 1 }, "unit 5: read 1 coil from 0x0001")]
    [InlineData(new byte[] { 5, 0, 1, 0xFF, 0 }, "unit 5: write coil 0x0001: on")]
    [InlineData(new byte[] { 6, 0, 1, 1, 0 }, "unit 5: write holding register 0x0001: 256")]
    [InlineData(new byte[] { 16, 0, 1, 0, 2, 4, 0, 1, 0, 2 }, "unit 5: write 2 holding registers from 0x0001: 0001 0002")]
    [InlineData(new byte[] { 22, 0, 1, 0xFF, 0xF0, 0, 5 }, "unit 5: change bits of holding register 0x0001: and 0xFFF0, or 0x0005")]
    [InlineData(new byte[] { 23, 0, 1, 0, 2, 0, 9, 0, 1, 2, 0, 7 }, "unit 5: write 1 holding register from 0x0009: 0007, then read 2 holding registers from 0x0001")]
    [InlineData(new byte[] { 43, 14, 1, 0 }, "unit 5: read basic identification from object 0")]
    [InlineData(new byte[] { 99, 1 }, "unit 5: function 99 that cannot be read: 63 01")]
    public void Requests_are_said_alike_on_both_wires(byte[] pdu, string meaning)
    {
        ModbusMeaning.OfRequest(ModbusFraming.Tcp, Tcp(pdu)).ShouldBe(meaning);
        ModbusMeaning.OfRequest(ModbusFraming.Rtu, Rtu(pdu)).ShouldBe(meaning);
    }

    [Theory]
    [InlineData(new byte[] { 0x84, 2 }, "unit 5: exception 2 illegal data address")]
    [InlineData(new byte[] { 0x84, 99 }, "unit 5: exception 99")]
    [InlineData(new byte[] { 4, 4, 0, 1, 0xAB, 0xCD }, "unit 5: 2 registers: 0001 ABCD")]
    [InlineData(new byte[] { 1, 1, 5 }, "unit 5: bits: 05")]
    [InlineData(new byte[] { 16, 0, 1, 0, 2 }, "unit 5: 2 holding registers from 0x0001 written")]
    [InlineData(new byte[] { 43, 14, 1, 1, 0, 0, 1, 0, 2, 65, 66 }, "unit 5: identification, 0 \"AB\"")]
    [InlineData(new byte[] { 4, 4, 0, 1 }, "unit 5: function 4 that cannot be read: 04 04 00 01")]
    public void Answers_are_said_alike_on_both_wires(byte[] pdu, string meaning)
    {
        ModbusMeaning.OfAnswer(ModbusFraming.Tcp, Tcp(pdu)).ShouldBe(meaning);
        ModbusMeaning.OfAnswer(ModbusFraming.Rtu, Rtu(pdu)).ShouldBe(meaning);
    }

    // The request of V1.02's example: unit 2, function 7, CRC on the line 41 12.
    [Fact]
    public void Wrong_crc_is_said_with_the_right_one() =>
        ModbusMeaning.OfRequest(ModbusFraming.Rtu, [2, 7, 0x12, 0x34]).ShouldStartWith("CRC wrong: 1234, should be 4112");

    [Fact]
    public void Any_bytes_have_a_meaning() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().ArrayOf().ToArbitrary(),
        bytes =>
        {
            foreach (var framing in Enum.GetValues<ModbusFraming>())
            {
                var whole = framing == ModbusFraming.Tcp ? Tcp(bytes) : Rtu(bytes);
                foreach (var frame in new[] { bytes, whole })
                    (ModbusMeaning.OfRequest(framing, frame) + ModbusMeaning.OfAnswer(framing, frame)).ShouldNotBeEmpty();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static byte[] Tcp(byte[] pdu)
    {
        var frame = new byte[ModbusTcpFrame.HeaderLength + pdu.Length];
        ModbusTcpFrame.Encode(1, 5, pdu, frame);
        return frame;
    }

    private static byte[] Rtu(byte[] pdu)
    {
        var frame = new byte[pdu.Length + 3];
        ModbusRtuFrame.Encode(5, pdu, frame);
        return frame;
    }
}
