using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class SlaveTests
{
    private readonly Tables one = new();
    private readonly Tables two = new();
    private readonly byte[] answer = new byte[ModbusPdu.MaxLength];

    private ModbusSlave Slave(UnknownUnit unknown) => new(new Dictionary<byte, IModbusUnit> { [1] = one, [2] = two }, unknown);

    private byte[] Answer(byte unit, params byte[] request) => answer[..Slave(UnknownUnit.Silence).Answer(unit, request, answer)];

    // Reads and writes as in V1.1b3, chapter 6.
    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 10 }, new byte[] { 1, 2, 0b0100_1001, 0b10 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 3 }, new byte[] { 2, 1, 0b010 })]
    [InlineData(new byte[] { 3, 0, 10, 0, 2 }, new byte[] { 3, 4, 0, 10, 0, 11 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 1 }, new byte[] { 4, 2, 3, 0xE8 })]
    [InlineData(new byte[] { 5, 0, 1, 0xFF, 0 }, new byte[] { 5, 0, 1, 0xFF, 0 })]
    [InlineData(new byte[] { 6, 0, 1, 0, 3 }, new byte[] { 6, 0, 1, 0, 3 })]
    [InlineData(new byte[] { 15, 0, 0, 0, 9, 2, 0xFF, 1 }, new byte[] { 15, 0, 0, 0, 9 })]
    [InlineData(new byte[] { 16, 0, 1, 0, 2, 4, 0, 10, 1, 2 }, new byte[] { 16, 0, 1, 0, 2 })]
    [InlineData(new byte[] { 22, 0, 4, 0, 0xF2, 0, 0x25 }, new byte[] { 22, 0, 4, 0, 0xF2, 0, 0x25 })]
    [InlineData(new byte[] { 23, 0, 3, 0, 2, 0, 4, 0, 1, 2, 0xAB, 0xCD }, new byte[] { 23, 4, 0, 3, 0xAB, 0xCD })]
    public void Requests_are_answered(byte[] request, byte[] expected) => Answer(1, request).ShouldBe(expected);

    [Theory]
    [InlineData(new byte[] { 99 }, 1)]
    [InlineData(new byte[] { 43, 14, 1, 0 }, 1)]
    [InlineData(new byte[] { 3, 3, 0xE7, 0, 2 }, 2)]
    [InlineData(new byte[] { 3, 0xFF, 0xFF, 0, 2 }, 2)]
    [InlineData(new byte[] { 16, 3, 0xE7, 0, 2, 4, 0, 0, 0, 0 }, 2)]
    [InlineData(new byte[] { 3, 0, 0, 0, 0 }, 3)]
    [InlineData(new byte[] { 3, 0, 0, 0, 126 }, 3)]
    [InlineData(new byte[] { 1, 0, 0, 7, 0xD1 }, 3)]
    [InlineData(new byte[] { 3, 0, 0, 0 }, 3)]
    [InlineData(new byte[] { 3 }, 3)]
    [InlineData(new byte[] { 5, 0, 0, 0, 1 }, 3)]
    [InlineData(new byte[] { 15, 0, 0, 0, 9, 1, 0xFF }, 3)]
    [InlineData(new byte[] { 16, 0, 0, 0, 2, 4, 0, 0, 0 }, 3)]
    [InlineData(new byte[] { 16, 0, 0, 0, 2, 2, 0, 0 }, 3)]
    [InlineData(new byte[] { 22, 0, 0, 0, 0 }, 3)]
    [InlineData(new byte[] { 23, 0, 0, 0, 1, 0, 0, 0, 2, 2, 0, 0 }, 3)]
    public void Requests_that_cannot_be_done_are_refused_with_a_code(byte[] request, byte code) =>
        Answer(1, request).ShouldBe([(byte)(request[0] | 0x80), code]);

    [Fact]
    public void Writes_reach_the_unit_that_was_meant()
    {
        Answer(2, 6, 0, 5, 0x12, 0x34);

        two.Holding[5].ShouldBe((ushort)0x1234);
        one.Holding[5].ShouldBe((ushort)5);
    }

    [Fact]
    public void Unknown_unit_is_silent_or_a_failed_gateway()
    {
        Slave(UnknownUnit.Silence).Answer(9, [3, 0, 0, 0, 1], answer).ShouldBe(0);
        Slave(UnknownUnit.GatewayTargetFailed).Answer(9, [3, 0, 0, 0, 1], answer).ShouldBe(2);
        answer[..2].ShouldBe([0x83, 11]);
    }

    [Fact]
    public void Broadcast_is_heard_by_all_and_answered_by_none()
    {
        Answer(0, 6, 0, 5, 0x12, 0x34).ShouldBeEmpty();
        Answer(0, 3, 0, 5, 0, 1).ShouldBeEmpty();

        one.Holding[5].ShouldBe((ushort)0x1234);
        two.Holding[5].ShouldBe((ushort)0x1234);
    }

    [Fact]
    public void No_request_breaks_the_slave() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf().ToArbitrary(), request =>
            Answer(1, request) is var said && (request.Length == 0 ? said.Length == 0 : said.Length >= 2 && (said[0] & 0x7F) == (request[0] & 0x7F)))
        .QuickCheckThrowOnFailure();
}
