using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

public sealed class VerifiedWriterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ModbusAddress Holding = new(1, ModbusSpace.HoldingRegisters, 10);
    private static readonly ModbusAddress Coils = new(1, ModbusSpace.Coils, 10);

    private readonly Tables tables = new();
    private readonly List<byte> asked = [];
    private readonly ModbusSlave slave;

    public VerifiedWriterTests() => slave = new(new Dictionary<byte, IModbusUnit> { [1] = tables }, UnknownUnit.Silence);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registers_and_coils_that_read_back_alike_are_done()
    {
        var writer = Writer(Honest);

        (await writer.WriteRegisters(Holding, new ushort[] { 4711 }, ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);
        (await writer.WriteRegisters(Holding, new ushort[] { 1, 2 }, ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);
        (await writer.WriteCoil(Coils, Coil.On, ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);

        asked.ShouldBe([6, 3, 16, 3, 5, 1]);
        tables.Holding[10..12].ShouldBe([1, 2]);
        tables.Coils[10].ShouldBeTrue();
    }

    [Fact]
    public async Task Device_that_confirms_but_keeps_its_value_has_not_taken_it()
    {
        var writer = Writer((unit, request, answer) =>
        {
            if (request[0] == 3) return slave.Answer(unit, request, answer);
            request.CopyTo(answer);
            return request.Length;
        });

        (await writer.WriteRegisters(Holding, new ushort[] { 4711 }, ReadBack.Compare, Second, Stop)).Fault.ShouldBe(ModbusFault.NotTaken);
        asked.Count(function => function == 6).ShouldBe(3);
    }

    [Fact]
    public async Task What_cannot_be_read_is_believed()
    {
        (await Writer(Honest).WriteRegisters(Holding, new ushort[] { 4711 }, ReadBack.None, Second, Stop)).ShouldBe(ModbusResult.Good);

        asked.ShouldBe([6]);
    }

    [Fact]
    public async Task Lost_confirmation_is_no_reason_to_give_up()
    {
        var lost = 1;
        var writer = Writer((unit, request, answer) => lost-- > 0 ? 0 : slave.Answer(unit, request, answer));

        (await writer.WriteRegisters(Holding, new ushort[] { 4711 }, ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);

        tables.Holding[10].ShouldBe((ushort)4711);
    }

    [Fact]
    public async Task Refusal_is_final()
    {
        var result = await Writer(Honest).WriteRegisters(Holding with { Address = 5000 }, new ushort[] { 1 }, ReadBack.Compare, Second, Stop);

        result.ShouldBe(ModbusResult.Refused(ModbusExceptionCode.IllegalDataAddress));
        asked.ShouldBe([6]);
    }

    [Fact]
    public async Task Bits_are_changed_inside_the_device()
    {
        tables.Holding[10] = 0x00F0;

        (await Writer(Honest).WriteBits(Holding, new(0xFFFC, 0x0002), ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);

        tables.Holding[10].ShouldBe((ushort)0x00F2);
        asked.ShouldBe([22, 3]);
    }

    [Fact]
    public async Task Bits_of_a_device_without_function_22_are_read_changed_and_written()
    {
        tables.Holding[10] = 0x00F0;
        var writer = Writer((unit, request, answer) => request[0] == 22 ? Refusal(answer) : slave.Answer(unit, request, answer));

        (await writer.WriteBits(Holding, new(0xFFFC, 0x0002), ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);
        (await writer.WriteBits(Holding, new(0xFFFC, 0x0001), ReadBack.Compare, Second, Stop)).ShouldBe(ModbusResult.Good);

        tables.Holding[10].ShouldBe((ushort)0x00F1);
        asked.ShouldBe([22, 3, 6, 3, 3, 6, 3]);
    }

    private VerifiedWriter Writer(MemoryWire.Answerer answerer)
    {
        var wire = new MemoryWire((unit, request, answer) =>
        {
            asked.Add(request[0]);
            return answerer(unit, request, answer);
        });
        return new(new ModbusMaster(wire, TimeProvider.System), TimeProvider.System);
    }

    private int Honest(byte unit, ReadOnlySpan<byte> request, Span<byte> answer) => slave.Answer(unit, request, answer);

    private static int Refusal(Span<byte> answer)
    {
        (answer[0], answer[1]) = (0x96, 1);
        return 2;
    }
}
