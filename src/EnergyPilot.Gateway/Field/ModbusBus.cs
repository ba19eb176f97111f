using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Field;

/// <summary>A Modbus wire: reads its devices in few large blocks, spares those that do not answer, writes outputs.</summary>
internal sealed class ModbusBus : IFieldBus
{
    // Most devices refuse a block that spans registers they do not have.
    private const int MaxGap = 0;

    private readonly IModbusWire wire;
    private readonly ModbusMaster master;
    private readonly ProcessImage image;
    private readonly UnitBreaker breaker;
    private readonly PollClock clock;
    private readonly ImmutableArray<Block> blocks;
    private readonly ImmutableDictionary<PointId, byte> units;
    private readonly ushort[] registers = new ushort[ModbusPdu.MaxReadRegisters];
    private readonly bool[] bits = new bool[ModbusPdu.MaxReadBits];

    /// <param name="wireTime">The clock of the wire: always the real one, also when simulated time runs faster.</param>
    public ModbusBus(Bus bus, IEnumerable<Device> devices, IModbusWire wire, ProcessImage image, TimeProvider wireTime)
    {
        (Bus, this.wire, this.image) = (bus, wire, image);
        master = new ModbusMaster(wire, wireTime);
        breaker = new UnitBreaker(wireTime);
        clock = new PollClock(bus.Interval);
        Device[] all = [.. devices];
        Health = all.ToImmutableDictionary(d => d.Id, _ => new BusHealth());
        blocks = [.. all.SelectMany(Plan)];
        units = all.SelectMany(d => d.Points, (d, p) => (p.Id, Unit: Unit(d))).ToImmutableDictionary(x => x.Id, x => x.Unit);
    }

    public Bus Bus { get; }

    /// <summary>Per device.</summary>
    public ImmutableDictionary<string, BusHealth> Health { get; }

    public async ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        Span<bool> due = stackalloc bool[4];
        for (var poll = PollClass.Fast; poll <= PollClass.Once; poll++) due[(int)poll] = clock.IsDue(poll, at);
        var classes = (due[0] ? 1 : 0) | (due[1] ? 2 : 0) | (due[2] ? 4 : 0) | (due[3] ? 8 : 0);
        foreach (var block in blocks)
        {
            if ((classes & (1 << (int)block.Poll)) == 0 || !breaker.Allows(block.From.Unit)) continue;
            var fault = await Read(block, at, stop);
            breaker.Note(block.From.Unit, fault);
        }
    }

    public async ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop)
    {
        if (point.Type.Where is not RegisterSelector where) return WriteResult.Failed;
        var to = new ModbusAddress(units[point.Id], Space(where.Space), where.Address);
        var result = where.Space == RegisterSpace.Coil
            ? await master.WriteCoil(to, Wired(point, value) >= 0.5 ? Coil.On : Coil.Off, Bus.Deadline, stop)
            : await WriteRegisters(to, where.Encoding, value / point.Factor, stop);
        return result.IsGood ? WriteResult.Done : WriteResult.Failed;
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private async ValueTask<ModbusResult> WriteRegisters(ModbusAddress to, RegisterEncoding encoding, double value, CancellationToken stop)
    {
        var words = new ushort[RegisterCodec.Words(encoding.Format)];
        RegisterCodec.Encode(encoding, value, words);
        return words.Length == 1
            ? await master.WriteRegister(to, words[0], Bus.Deadline, stop)
            : await master.WriteRegisters(to, words, Bus.Deadline, stop);
    }

    private async ValueTask<ModbusFault> Read(Block block, DateTimeOffset at, CancellationToken stop)
    {
        var bitwise = block.From.Space is ModbusSpace.Coils or ModbusSpace.DiscreteInputs;
        var result = bitwise
            ? await master.ReadBits(block.From, bits.AsMemory(0, block.Length), Bus.Deadline, stop)
            : await master.ReadRegisters(block.From, registers.AsMemory(0, block.Length), Bus.Deadline, stop);
        if (!result.IsGood)
        {
            Health[block.Device].Failed();
            if (result.Fault == ModbusFault.Exception)
                foreach (var member in block.Members) image.Put(member.Point.Id, Reading.Unreliable(Reliability.ProcessError, at));
            return result.Fault;
        }

        Health[block.Device].Good(at);
        foreach (var (point, where) in block.Members)
        {
            var offset = where.Address - block.From.Address;
            var raw = bitwise ? (bits[offset] ? 1 : 0) : RegisterCodec.Decode(where.Encoding, registers.AsSpan(offset, RegisterCodec.Words(where.Encoding.Format)));
            image.Put(point, Wired(point, raw) * point.Factor, at);
        }

        return ModbusFault.None;
    }

    private static IEnumerable<Block> Plan(Device device)
    {
        var members = device.Points.Where(p => p.Type.Where is RegisterSelector && p.Type.Access != Access.Write)
            .Select(p => new Member(p, (RegisterSelector)p.Type.Where));
        foreach (var group in members.GroupBy(m => (m.Where.Space, m.Point.Type.Poll)))
            foreach (var range in RegisterBlocks.Plan(Space(group.Key.Space), group.Select(Range), MaxGap))
                yield return new Block(
                    device.Id, new ModbusAddress(Unit(device), Space(group.Key.Space), range.Address),
                    range.Length, group.Key.Poll, [.. group.Where(m => range.Contains(Range(m)))]);
    }

    private static RegisterRange Range(Member member) => new(
        member.Where.Address, member.Where.Space is RegisterSpace.Coil or RegisterSpace.DiscreteInput ? 1 : RegisterCodec.Words(member.Where.Encoding.Format));

    private static ModbusSpace Space(RegisterSpace space) => space switch
    {
        RegisterSpace.Coil => ModbusSpace.Coils,
        RegisterSpace.DiscreteInput => ModbusSpace.DiscreteInputs,
        RegisterSpace.Holding => ModbusSpace.HoldingRegisters,
        _ => ModbusSpace.InputRegisters,
    };

    private static double Wired(Point point, double value) =>
        point.Type.Quantity == Quantity.State && point.Wiring == Wiring.NormallyClosed ? 1 - value : value;

    private static byte Unit(Device device) => byte.Parse(device.Address, CultureInfo.InvariantCulture);

    private sealed record Member(Point Point, RegisterSelector Where);

    private sealed record Block(string Device, ModbusAddress From, int Length, PollClass Poll, ImmutableArray<Member> Members);
}
