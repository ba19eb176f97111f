using EnergyPilot.Io.Modbus;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class AdaptiveBlocksTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Small_gaps_are_read_along_and_large_ones_are_not()
    {
        var plan = Plan(new(0, 2), new(10, 2), new(100, 1));

        plan.Blocks.ShouldBe([new(0, 12), new(100, 1)]);
    }

    [Fact]
    public void Refused_block_is_cut_at_its_gaps_and_never_asked_that_way_again()
    {
        var plan = Plan(new(0, 2), new(2, 2), new(10, 2), new(20, 1));

        plan.Refused(new(0, 21), ModbusExceptionCode.IllegalDataAddress).ShouldBe([new(0, 4), new(10, 2), new(20, 1)]);

        plan.Blocks.ShouldBe([new(0, 4), new(10, 2), new(20, 1)]);
    }

    [Fact]
    public void Refused_block_without_gaps_is_halved_until_the_value_stands_alone()
    {
        var plan = Plan(new(0, 1), new(1, 1), new(2, 1), new(3, 1));

        plan.Refused(new(0, 4), ModbusExceptionCode.IllegalDataAddress).ShouldBe([new(0, 2), new(2, 2)]);
        plan.Refused(new(2, 2), ModbusExceptionCode.IllegalDataValue).ShouldBe([new(2, 1), new(3, 1)]);
        plan.Refused(new(3, 1), ModbusExceptionCode.IllegalDataAddress).ShouldBeEmpty();

        plan.Blocks.ShouldBe([new(0, 2), new(2, 1), new(3, 1)]);
        plan.Rests(new(3, 1)).ShouldBeTrue();
        plan.Rests(new(2, 1)).ShouldBeFalse();
    }

    [Fact]
    public void Refused_value_is_asked_again_after_a_long_rest()
    {
        var plan = Plan(new RegisterRange(3, 1));
        plan.Refused(new(3, 1), ModbusExceptionCode.IllegalDataAddress);

        time.Advance(TimeSpan.FromMinutes(9));
        plan.Rests(new(3, 1)).ShouldBeTrue();
        time.Advance(TimeSpan.FromMinutes(2));
        plan.Rests(new(3, 1)).ShouldBeFalse();
        plan.Answered(new(3, 1));
        plan.Rests(new(3, 1)).ShouldBeFalse();
    }

    [Fact]
    public void Device_that_fails_for_a_while_does_not_spoil_the_plan()
    {
        var plan = Plan(new(0, 1), new(5, 1), new(10, 1));

        plan.Refused(new(0, 11), ModbusExceptionCode.ServerDeviceFailure).Length.ShouldBe(3);
        plan.Refused(new(0, 1), ModbusExceptionCode.ServerDeviceFailure).ShouldBeEmpty();
        plan.Blocks.ShouldBe([new(0, 11)]);

        plan.Answered(new(5, 1));
        plan.Blocks.ShouldBe([new(0, 1), new(5, 1), new(10, 1)]);
    }

    [Fact]
    public void Value_that_holds_another_is_not_cut_for_ever()
    {
        var plan = Plan(new(0, 4), new(2, 1));

        plan.Refused(new(0, 4), ModbusExceptionCode.IllegalDataAddress).ShouldBeEmpty();
    }

    // Whatever registers a device has: one poll reads all values that it has, reports the others, and the next poll is refused nothing.
    [Fact]
    public void Every_value_that_a_device_has_is_read_in_the_first_poll() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().ListOf().Select(list => list.Distinct().ToList()).ToArbitrary(),
        ArbMap.Default.GeneratorFor<byte>().ListOf().Select(list => list.ToHashSet()).ToArbitrary(),
        (wanted, missing) =>
        {
            var plan = new AdaptiveBlocks(ModbusSpace.HoldingRegisters, wanted.Select(at => new RegisterRange(at, 1)), AdaptiveBlocks.DefaultGap, time);
            HashSet<int> read = [];
            Poll(plan, missing, read);
            wanted.Where(at => read.Contains(at)).ShouldBe(wanted.Where(at => !missing.Contains(at)));
            Poll(plan, missing, []).ShouldBe(0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static int Poll(AdaptiveBlocks plan, HashSet<byte> missing, HashSet<int> read)
    {
        var refusals = 0;
        Stack<RegisterRange> open = new(plan.Blocks.Where(block => !plan.Rests(block)));
        while (open.TryPop(out var block))
        {
            var addresses = Enumerable.Range(block.Address, block.Length);
            if (addresses.Any(at => missing.Contains((byte)at)))
            {
                refusals++;
                foreach (var piece in plan.Refused(block, ModbusExceptionCode.IllegalDataAddress)) open.Push(piece);
                continue;
            }

            plan.Answered(block);
            read.UnionWith(addresses);
        }

        return refusals;
    }

    private AdaptiveBlocks Plan(params RegisterRange[] wanted) => new(ModbusSpace.HoldingRegisters, wanted, AdaptiveBlocks.DefaultGap, time);
}
