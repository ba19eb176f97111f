using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class RtuFrameTests
{
    // MODBUS over Serial Line V1.02, 6.2.2: the CRC of 02 07 is 0x1241, sent as 41 12.
    [Fact]
    public void Crc_is_that_of_the_specification() => ModbusRtuFrame.Crc([0x02, 0x07]).ShouldBe((ushort)0x1241);

    // The frame that every RS-485 meter's manual shows.
    [Fact]
    public void Frame_ends_with_the_low_byte_of_the_crc_first()
    {
        var frame = new byte[ModbusRtuFrame.MaxLength];

        var length = ModbusRtuFrame.Encode(1, [0x03, 0x00, 0x00, 0x00, 0x0A], frame);

        frame[..length].ShouldBe([0x01, 0x03, 0x00, 0x00, 0x00, 0x0A, 0xC5, 0xCD]);
    }

    [Fact]
    public void What_was_encoded_is_decoded() => Prop.ForAll(Pdus(), Gen.Choose(0, 255).ToArbitrary(), (pdu, unit) =>
    {
        var frame = Encoded((byte)unit, pdu);
        return ModbusRtuFrame.TryDecode(frame, out var from, out var decoded) && from == unit && decoded.SequenceEqual(pdu);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_or_two_wrong_bits_are_noticed() => Prop.ForAll(Pdus(), Gen.Choose(0, 4000).Two().ToArbitrary(), (pdu, bits) =>
    {
        var frame = Encoded(1, pdu);
        var (one, other) = (bits.Item1 % (8 * frame.Length), bits.Item2 % (8 * frame.Length));
        frame[one / 8] ^= (byte)(1 << one % 8);
        if (other != one)
            frame[other / 8] ^= (byte)(1 << other % 8);
        return !ModbusRtuFrame.TryDecode(frame, out _, out _);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new byte[] { }, 0)]
    [InlineData(new byte[] { 1 }, 0)]
    [InlineData(new byte[] { 1, 3 }, 0)]
    [InlineData(new byte[] { 1, 3, 40 }, 45)]
    [InlineData(new byte[] { 1, 3, 255 }, -1)]
    [InlineData(new byte[] { 1, 0x83 }, 5)]
    [InlineData(new byte[] { 1, 6 }, 8)]
    [InlineData(new byte[] { 1, 22 }, 10)]
    [InlineData(new byte[] { 1, 99 }, -1)]
    public void Length_of_an_answer_is_known_from_its_beginning(byte[] start, int length) =>
        ModbusRtuFrame.AnswerLength(start).ShouldBe(length);

    [Theory]
    [InlineData(new byte[] { 1 }, 0)]
    [InlineData(new byte[] { 1, 4 }, 8)]
    [InlineData(new byte[] { 1, 16, 0, 0, 0, 2 }, 0)]
    [InlineData(new byte[] { 1, 16, 0, 0, 0, 2, 4 }, 13)]
    [InlineData(new byte[] { 1, 23, 0, 0, 0, 2, 0, 0, 0, 1, 2 }, 15)]
    [InlineData(new byte[] { 1, 77 }, -1)]
    public void Length_of_a_request_is_known_from_its_beginning(byte[] start, int length) =>
        ModbusRtuFrame.RequestLength(start).ShouldBe(length);

    // V1.02, 2.5.1.1. At 9600 Bd a character takes 11 / 9600 s = 1.146 ms.
    [Fact]
    public void Silences_follow_the_speed_of_the_line()
    {
        new SerialLine(9600).Silence.TotalMilliseconds.ShouldBe(4.010, 0.001);
        new SerialLine(9600).LongestGap.TotalMilliseconds.ShouldBe(1.719, 0.001);
        new SerialLine(9600).Frame(53).TotalMilliseconds.ShouldBe(60.729, 0.001);
        new SerialLine(19200).Silence.TotalMilliseconds.ShouldBe(2.005, 0.001);
        new SerialLine(115200).Silence.TotalMilliseconds.ShouldBe(1.75);
        new SerialLine(115200).LongestGap.TotalMilliseconds.ShouldBe(0.75);
    }

    private static byte[] Encoded(byte unit, byte[] pdu)
    {
        var frame = new byte[ModbusRtuFrame.MaxLength];
        return frame[..ModbusRtuFrame.Encode(unit, pdu, frame)];
    }

    private static Arbitrary<byte[]> Pdus() =>
        Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf().Where(bytes => bytes.Length is > 0 and <= ModbusPdu.MaxLength).ToArbitrary();
}
