using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class MasterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ModbusAddress Holding = new(1, ModbusSpace.HoldingRegisters, 10);
    private static readonly ModbusAddress Coils = new(1, ModbusSpace.Coils, 10);

    private readonly Tables tables = new();
    private readonly ManualTime time = new(DateTimeOffset.UnixEpoch.AddDays(1));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ModbusMaster Master => new(MemoryWire.To(tables), time);

    [Theory]
    [InlineData(ModbusSpace.HoldingRegisters, 1)]
    [InlineData(ModbusSpace.HoldingRegisters, 125)]
    [InlineData(ModbusSpace.InputRegisters, 7)]
    public async Task Registers_are_read(ModbusSpace space, int count)
    {
        var values = new ushort[count];

        (await Master.ReadRegisters(new(1, space, 500), values, Second, Stop)).ShouldBe(ModbusResult.Good);

        values.ShouldBe((space == ModbusSpace.HoldingRegisters ? tables.Holding : tables.Input)[500..(500 + count)]);
    }

    [Theory]
    [InlineData(ModbusSpace.Coils, 1)]
    [InlineData(ModbusSpace.Coils, 8)]
    [InlineData(ModbusSpace.DiscreteInputs, 9)]
    [InlineData(ModbusSpace.DiscreteInputs, 900)]
    public async Task Bits_are_read(ModbusSpace space, int count)
    {
        var values = new bool[count];

        (await Master.ReadBits(new(1, space, 11), values, Second, Stop)).ShouldBe(ModbusResult.Good);

        values.ShouldBe((space == ModbusSpace.Coils ? tables.Coils : tables.Discrete)[11..(11 + count)]);
    }

    [Fact]
    public async Task Registers_and_coils_are_written()
    {
        (await Master.WriteRegister(Holding, 0xABCD, Second, Stop)).ShouldBe(ModbusResult.Good);
        (await Master.WriteRegisters(Holding with { Address = 20 }, new ushort[] { 1, 0xFFFF, 3 }, Second, Stop)).ShouldBe(ModbusResult.Good);
        (await Master.WriteCoil(Coils, Coil.On, Second, Stop)).ShouldBe(ModbusResult.Good);
        (await Master.WriteCoils(Coils with { Address = 30 }, new[] { true, true, true, false, true, true, true, true, true }, Second, Stop))
            .ShouldBe(ModbusResult.Good);

        tables.Holding[10].ShouldBe((ushort)0xABCD);
        tables.Holding[20..23].ShouldBe([1, 0xFFFF, 3]);
        tables.Coils[10].ShouldBeTrue();
        tables.Coils[30..39].ShouldBe([true, true, true, false, true, true, true, true, true]);
    }

    // The example of V1.1b3, 6.16: 0x12, And 0xF2, Or 0x25 gives 0x17.
    [Fact]
    public async Task Single_bits_of_a_register_are_changed()
    {
        tables.Holding[10] = 0x12;

        (await Master.MaskRegister(Holding, new(0xF2, 0x25), Second, Stop)).ShouldBe(ModbusResult.Good);

        tables.Holding[10].ShouldBe((ushort)0x17);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(200)]
    public async Task Exceptions_come_through_at_once_with_their_code(byte code)
    {
        var wire = MemoryWire.Saying(0x83, code);

        var result = await new ModbusMaster(wire, time).ReadRegisters(Holding, new ushort[2], Second, Stop);

        result.ShouldBe(new ModbusResult(ModbusFault.Exception, (ModbusExceptionCode)code));
        wire.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Busy_units_are_asked_again_until_they_answer(byte code)
    {
        var busy = 3;
        var slave = new ModbusSlave(new Dictionary<byte, IModbusUnit> { [1] = tables }, UnknownUnit.Silence);
        var wire = new MemoryWire((unit, request, answer) => busy-- > 0 ? Refusal(code, answer) : slave.Answer(unit, request, answer));
        var values = new ushort[1];

        var call = new ModbusMaster(wire, time).ReadRegisters(Holding, values, Second, Stop).AsTask();
        for (var i = 0; i < 3; i++)
            time.Advance(TimeSpan.FromMilliseconds(50));

        (await call).ShouldBe(ModbusResult.Good);
        values[0].ShouldBe((ushort)10);
        wire.Requests.ShouldBe(4);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Units_busy_for_ever_are_given_up_at_the_deadline(byte code)
    {
        var wire = MemoryWire.Saying(0x83, code);

        var call = new ModbusMaster(wire, time).ReadRegisters(Holding, new ushort[1], Second, Stop).AsTask();
        for (var passed = 0; passed < 1000; passed += 50)
            time.Advance(TimeSpan.FromMilliseconds(50));

        call.IsCompleted.ShouldBeTrue();
        (await call).ShouldBe(new ModbusResult(ModbusFault.Exception, (ModbusExceptionCode)code));
        wire.Requests.ShouldBeInRange(2, 20);
    }

    [Theory]
    [InlineData(ModbusFault.BadFunction, new byte[] { 0x04, 4, 0, 1, 0, 2 })]
    [InlineData(ModbusFault.BadFunction, new byte[] { 0x84, 2 })]
    [InlineData(ModbusFault.BadFunction, new byte[] { 0x83 })]
    [InlineData(ModbusFault.BadFunction, new byte[] { 0x83, 2, 0 })]
    [InlineData(ModbusFault.BadByteCount, new byte[] { 0x03 })]
    [InlineData(ModbusFault.BadByteCount, new byte[] { 0x03, 2, 0, 1 })]
    [InlineData(ModbusFault.BadByteCount, new byte[] { 0x03, 4, 0, 1, 0 })]
    [InlineData(ModbusFault.BadByteCount, new byte[] { 0x03, 2, 0, 1, 0, 2 })]
    [InlineData(ModbusFault.BadByteCount, new byte[] { 0x03, 6, 0, 1, 0, 2, 0, 3 })]
    public async Task Answers_to_something_else_leave_the_values_alone(ModbusFault fault, byte[] answer)
    {
        ushort[] values = [77, 78];

        var result = await new ModbusMaster(MemoryWire.Saying(answer), time).ReadRegisters(Holding, values, Second, Stop);

        result.Fault.ShouldBe(fault);
        values.ShouldBe([77, 78]);
    }

    [Theory]
    [InlineData(new byte[] { 6, 0, 10, 0, 2 })]
    [InlineData(new byte[] { 6, 0, 11, 0, 1 })]
    [InlineData(new byte[] { 6, 0, 10, 0 })]
    [InlineData(new byte[] { 6, 0, 10, 0, 1, 0 })]
    public async Task Writes_that_are_confirmed_differently_are_not_good(byte[] answer)
    {
        var result = await new ModbusMaster(MemoryWire.Saying(answer), time).WriteRegister(Holding, 1, Second, Stop);

        result.Fault.ShouldBe(ModbusFault.BadEcho);
    }

    [Fact]
    public async Task Questions_that_no_frame_can_carry_are_mistakes_of_the_caller()
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Master.ReadRegisters(Holding, new ushort[126], Second, Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Master.ReadRegisters(Holding, Memory<ushort>.Empty, Second, Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Master.ReadBits(Coils, new bool[2001], Second, Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Master.WriteRegisters(Holding, new ushort[124], Second, Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Master.WriteCoils(Coils, new bool[1969], Second, Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await Master.ReadRegisters(Holding with { Address = 65535 }, new ushort[2], Second, Stop));
        await Should.ThrowAsync<ArgumentException>(async () => await Master.WriteRegister(Coils, 1, Second, Stop));
    }

    [Fact]
    public async Task Nothing_is_allocated_per_request()
    {
        var master = Master;
        var values = new ushort[20];
        var bits = new bool[20];
        var stop = Stop;
        var before = 0L;

        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            await master.ReadRegisters(Holding, values, Second, stop);
            await master.ReadBits(Coils, bits, Second, stop);
            await master.WriteRegisters(Holding, values, Second, stop);
            await master.WriteRegister(Holding, 10, Second, stop);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static int Refusal(byte code, Span<byte> answer)
    {
        answer[0] = 0x83;
        answer[1] = code;
        return 2;
    }
}
