using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class RegisterBlocksTests
{
    [Fact]
    public void Neighbours_are_read_together_and_strangers_apart() =>
        Plan(4, new(0, 2), new(6, 2), new(0x34, 2)).ShouldBe([new(0, 8), new(0x34, 2)]);

    [Fact]
    public void Without_gaps_only_neighbours_are_merged() =>
        Plan(0, new(0, 2), new(2, 2), new(5, 1)).ShouldBe([new(0, 4), new(5, 1)]);

    [Fact]
    public void Value_at_the_limit_is_not_torn() =>
        Plan(10, new(0, 124), new(124, 2)).ShouldBe([new(0, 124), new(124, 2)]);

    [Fact]
    public void Bits_come_in_larger_blocks() =>
        RegisterBlocks.Plan(ModbusSpace.Coils, [new(0, 1), new(1999, 1), new(2000, 1)], 2000).ShouldBe([new(0, 2000), new(2000, 1)]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 126)]
    [InlineData(65535, 2)]
    public void Ranges_that_no_request_can_read_are_refused(int address, int length) =>
        Should.Throw<ArgumentException>(() => Plan(0, new RegisterRange((ushort)address, length)));

    [Fact]
    public void Every_value_lies_whole_in_a_block_and_no_block_is_too_large() =>
        Prop.ForAll(Ranges(), Gen.Choose(0, 200).ToArbitrary(), (wanted, gap) =>
        {
            var blocks = RegisterBlocks.Plan(ModbusSpace.HoldingRegisters, wanted, gap);
            return wanted.All(range => blocks.Any(block => block.Contains(range)))
                && blocks.All(block => block.Length is >= 1 and <= 125 && wanted.Any(range => range.Address == block.Address))
                && blocks.Zip(blocks.Skip(1)).All(pair => pair.First.Address <= pair.Second.Address);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Order_of_wishes_is_irrelevant() =>
        Prop.ForAll(Ranges(), wanted => Plan(8, wanted).SequenceEqual(Plan(8, [.. wanted.Reverse()]))).QuickCheckThrowOnFailure();

    private static IReadOnlyList<RegisterRange> Plan(int maxGap, params RegisterRange[] wanted) =>
        RegisterBlocks.Plan(ModbusSpace.InputRegisters, wanted, maxGap);

    private static Arbitrary<RegisterRange[]> Ranges() =>
        Gen.Choose(0, 1000).SelectMany(address => Gen.Choose(1, 8).Select(length => new RegisterRange((ushort)address, length))).ArrayOf().ToArbitrary();
}
