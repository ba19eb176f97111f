using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Io.Modbus;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class ModbusBusTests
{
    private static readonly Bus Line = new("line", Protocol.Modbus, "127.0.0.1:0", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime time = new(Start);
    private readonly ProcessImage image = new(SchoolFiles.DemoSite);
    private readonly Sparse tables = new();
    private readonly List<(byte Unit, byte Function, int Address, int Count)> asked = [];
    private readonly ModbusSlave slave;

    public ModbusBusTests() =>
        slave = new(new Dictionary<byte, IModbusUnit> { [1] = tables, [2] = new Tables() }, UnknownUnit.GatewayTargetFailed);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbours_with_small_gaps_are_read_at_once()
    {
        await using var bus = Open(Honest, Holding("a", 10), Holding("b", 14), Holding("c", 200));

        await bus.Poll(Start, Stop);

        asked.ShouldBe([(1, 3, 10, 5), (1, 3, 200, 1)]);
        Values("a", "b", "c").ShouldBe([10, 14, 200]);
    }

    [Fact]
    public async Task Register_that_a_device_lacks_costs_no_other_value_not_even_once()
    {
        tables.Missing.UnionWith([11, 21]);
        await using var bus = Open(Honest, Holding("a", 10), Holding("b", 12), Holding("c", 20), Holding("lacking", 21), Holding("e", 22));

        await bus.Poll(Start, Stop);

        Values("a", "b", "c", "e").ShouldBe([10, 12, 20, 22]);
        Read("lacking").Reliability.ShouldBe(Reliability.ProcessError);
        asked.Clear();
        await bus.Poll(Start.AddSeconds(10), Stop);
        asked.ShouldAllBe(request => !tables.Missing.Any(missing => request.Address <= missing && missing < request.Address + request.Count));
        Values("a", "b", "c", "e").ShouldBe([10, 12, 20, 22]);
        Read("lacking").Reliability.ShouldBe(Reliability.ProcessError);
        Read("lacking").At.ShouldBe(Start.AddSeconds(10));
    }

    [Fact]
    public async Task Lacking_register_is_asked_again_when_the_device_may_have_learnt_it()
    {
        tables.Missing.Add(21);
        await using var bus = Open(Honest, Holding("a", 21));
        await bus.Poll(Start, Stop);

        tables.Missing.Clear();
        time.Advance(TimeSpan.FromMinutes(11));
        await bus.Poll(Start.AddMinutes(11), Stop);

        Values("a").ShouldBe([21]);
    }

    [Fact]
    public async Task Unit_that_a_gateway_calls_silent_is_spared_and_its_neighbour_is_not()
    {
        await using var bus = Open(Honest, At(9, Holding("dead", 1)), At(2, Holding("alive", 2)));

        for (var i = 0; i < 6; i++)
            await bus.Poll(Start.AddSeconds(10 * i), Stop);

        asked.Count(request => request.Unit == 9).ShouldBe(3);
        asked.Count(request => request.Unit == 2).ShouldBe(6);
    }

    [Fact]
    public async Task Write_is_done_when_it_reads_back()
    {
        await using var bus = Open(Honest, Holding("a", 10));

        (await bus.Write(Holding("a", 10).Points[0], 21, Stop)).ShouldBe(WriteResult.Done);

        asked.ShouldBe([(1, 6, 10, 21), (1, 3, 10, 1)]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Write_that_the_device_only_confirms_has_failed()
    {
        await using var bus = Open(Pretending, Holding("a", 10), Device("b", 12, Access.Write));

        var call = bus.Write(Holding("a", 10).Points[0], 21, Stop).AsTask();
        for (var i = 0; i < 10; i++)
            time.Advance(TimeSpan.FromMilliseconds(20));

        (await call).ShouldBe(WriteResult.Failed);
        (await bus.Write(Device("b", 12, Access.Write).Points[0], 21, Stop)).ShouldBe(WriteResult.Done);
    }

    [Fact]
    public async Task Value_that_does_not_fit_its_register_is_not_written()
    {
        await using var bus = Open(Honest, Holding("a", 10));

        (await bus.Write(Holding("a", 10).Points[0], 70_000, Stop)).ShouldBe(WriteResult.Failed);
        (await bus.Write(Holding("a", 10).Points[0], -1, Stop)).ShouldBe(WriteResult.Failed);

        asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_that_is_left_alone_costs_no_write_either_until_it_is_forgiven()
    {
        // Unit 9 is not there: the gateway in front of it says so.
        var dead = At(9, Device("a", 10, Access.Write));
        await using var bus = Open(Honest, dead);
        for (var i = 0; i < 10; i++) (await bus.Write(dead.Points[0], 1, Stop)).ShouldBe(WriteResult.Failed);
        var tried = asked.Count;
        tried.ShouldBeLessThan(10);
        bus.Counters["9"].Read().Requests.ShouldBe(tried, "writes are counted like reads");

        bus.Forgive();
        await bus.Write(dead.Points[0], 1, Stop);
        asked.Count.ShouldBe(tried + 1);
    }

    private ModbusBus Open(MemoryWire.Answerer answerer, params Device[] parts)
    {
        var wire = new MemoryWire((unit, request, answer) =>
        {
            asked.Add((unit, request[0], request[1] << 8 | request[2], request[3] << 8 | request[4]));
            return answerer(unit, request, answer);
        });
        Device[] devices = [.. parts.GroupBy(part => part.Address).Select(unit => unit.First() with { Id = unit.Key, Points = [.. unit.SelectMany(part => part.Points)] })];
        return new ModbusBus(Line, devices, wire, image, trace: null, time);
    }

    private int Honest(byte unit, ReadOnlySpan<byte> request, Span<byte> answer) => slave.Answer(unit, request, answer);

    private int Pretending(byte unit, ReadOnlySpan<byte> request, Span<byte> answer)
    {
        if (request[0] == 3) return Honest(unit, request, answer);
        request.CopyTo(answer);
        return request.Length;
    }

    private static Device Holding(string name, ushort address) => Device(name, address, Access.ReadWrite);

    private static Device At(byte unit, Device device) => device with { Address = $"{unit}" };

    private static Device Device(string name, ushort address, Access access)
    {
        var watts = Unit.All.First(unit => unit.Symbol == "W");
        var encoding = new RegisterEncoding(RegisterFormat.U16, WordOrder.Big, 1, 0, watts, []);
        var type = new PointType(
            name, Quantity.Power, access, new(0, 65_535), PollClass.Fast, Accumulation.Instantaneous, 0, new RegisterSelector(RegisterSpace.Holding, address, encoding));
        var model = new DeviceType("test", "", "", "", Protocol.Modbus, [type], []);
        return new Device(name, name, model, Line, "1", [new Point(new(name), type, 1, Wiring.NormallyOpen, TimeSpan.FromMinutes(1))]);
    }

    private Reading Read(string name) => image.Freeze(Start, []).Of(new(name));

    private double[] Values(params string[] names) => [.. names.Select(name => Read(name).IsReliable ? Read(name).Value : double.NaN)];

    private sealed class Sparse : IModbusUnit
    {
        private readonly Tables tables = new();

        public HashSet<int> Missing { get; } = [];

        public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
        {
            for (var i = 0; i < values.Length; i++)
                if (Missing.Contains(address + i))
                    return ModbusExceptionCode.IllegalDataAddress;
            return tables.ReadRegisters(space, address, values);
        }

        public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values) => tables.WriteRegisters(address, values);

        public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values) => tables.ReadBits(space, address, values);

        public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => tables.WriteBits(address, values);
    }
}
