using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// A Modbus wire: reads its devices in few large blocks and learns where they refuse them, spares those that do not answer,
/// writes outputs and reads them back.
/// </summary>
internal sealed class ModbusBus : IFieldBus
{
    private readonly IModbusWire wire;
    private readonly ModbusMaster master;
    private readonly ProcessImage image;
    private readonly UnitBreaker breaker;
    private readonly PollClock clock;
    private readonly TimeProvider time;
    private readonly VerifiedWriter writer;
    private readonly ImmutableArray<Table> tables;
    private readonly ImmutableDictionary<PointId, Device> owners;
    private readonly ushort[] registers = new ushort[ModbusPdu.MaxReadRegisters];
    private readonly bool[] bits = new bool[ModbusPdu.MaxReadBits];

    /// <param name="trace">Where the wire writes down its frames; null when it does not.</param>
    /// <param name="wireTime">The clock of the wire: the real one, but that of the school for a line in memory, whose pauses would last simulated hours otherwise.</param>
    public ModbusBus(Bus bus, IEnumerable<Device> devices, IModbusWire wire, ProcessImage image, FrameTrace? trace, TimeProvider wireTime)
    {
        (Bus, Trace, this.wire, this.image, time) = (bus, trace, wire, image, wireTime);
        master = new ModbusMaster(wire, wireTime);
        breaker = new UnitBreaker(wireTime);
        writer = new VerifiedWriter(master, wireTime);
        clock = new PollClock(bus.Interval);
        Device[] all = [.. devices];
        Counters = all.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());
        tables = [.. all.SelectMany(device => Tables(device, wireTime))];
        owners = all.SelectMany(d => d.Points, (d, p) => (p.Id, d)).ToImmutableDictionary(x => x.Id, x => x.d);
    }

    public Bus Bus { get; }

    public ImmutableDictionary<string, DeviceCounters> Counters { get; }

    public FrameTrace? Trace { get; }

    public ImmutableArray<LineTrouble> Troubles { get; private set; } = [];

    public async ValueTask<Look> Look(Device device, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        var beside = new ModbusBus(Bus, [device], wire, other, Trace, time);
        await beside.Poll(at, stop);
        return Field.Look.Asked(beside.Troubles);
    }

    public void Forgive() => breaker.Forget();

    public async ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        Span<bool> due = stackalloc bool[4];
        for (var poll = PollClass.Fast; poll <= PollClass.Once; poll++) due[(int)poll] = clock.IsDue(poll, at);
        var classes = (due[0] ? 1 : 0) | (due[1] ? 2 : 0) | (due[2] ? 4 : 0) | (due[3] ? 8 : 0);
        foreach (var table in tables)
            if ((classes & (1 << (int)table.Poll)) != 0)
                foreach (var block in table.Plan.Blocks)
                    if (table.Plan.Rests(block))
                        Refused(table, block, at);
                    else
                        await Read(table, block, at, stop);
    }

    /// <summary>Done only when the device reads back what was written, unless it can only be written.</summary>
    public async ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop)
    {
        if (point.Type.Where is not RegisterSelector where) return WriteResult.Failed;
        var owner = owners[point.Id];
        if (!breaker.Allows(Unit(owner))) return WriteResult.Failed;
        var asked = time.GetTimestamp();
        var to = new ModbusAddress(Unit(owner), Space(where.Space), where.Address);
        var check = point.Type.Access == Access.ReadWrite ? ReadBack.Compare : ReadBack.None;
        ModbusResult result;
        if (where.Space == RegisterSpace.Coil)
            result = await writer.WriteCoil(to, Wired(point, value) >= 0.5 ? Coil.On : Coil.Off, check, owner.Deadline, stop);
        else if (!TryEncode(where.Encoding, Wired(point, value) / point.Factor, out var words))
            return WriteResult.Failed;
        else if (where.Encoding.Bits != BitRange.All)
            result = await writer.WriteBits(to, new RegisterMask((ushort)~RegisterCodec.Mask(where.Encoding), words[0]), check, owner.Deadline, stop);
        else
            result = await writer.WriteRegisters(to, words, check, owner.Deadline, stop);

        breaker.Note(to.Unit, result);
        Count(Counters[owner.Id], result, TimeProvider.System.GetUtcNow(), time.GetElapsedTime(asked));
        return result.IsGood ? WriteResult.Done : WriteResult.Failed;
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    // A value that does not fit the register is not written: nothing wraps round.
    internal static bool TryEncode(RegisterEncoding encoding, double value, out ushort[] words)
    {
        words = new ushort[RegisterCodec.Words(encoding.Format)];
        try
        {
            RegisterCodec.Encode(encoding, value, words);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private async ValueTask Read(Table table, RegisterRange block, DateTimeOffset at, CancellationToken stop)
    {
        if (!breaker.Allows(table.Unit)) return;
        var from = new ModbusAddress(table.Unit, table.Space, block.Address);
        var asked = time.GetTimestamp();
        var result = table.IsBitwise
            ? await master.ReadBits(from, bits.AsMemory(0, block.Length), table.Deadline, stop)
            : await master.ReadRegisters(from, registers.AsMemory(0, block.Length), table.Deadline, stop);
        breaker.Note(table.Unit, result);
        Count(Counters[table.Device], result, at, time.GetElapsedTime(asked));
        if (result.IsGood)
            Take(table, block, at);
        else if (result.Fault == ModbusFault.Exception)
            await Divide(table, block, result.Code, at, stop);
    }

    private void Count(DeviceCounters counters, ModbusResult result, DateTimeOffset at, TimeSpan took)
    {
        if (result.Fault is ModbusFault.None or ModbusFault.Exception) Troubles = [];
        else if (result.Fault == ModbusFault.Disconnected) Troubles = [new(LineFault.NoConnection, "There is no connection: it cannot be opened, or was closed by the other side.")];
        if (result.IsGood) counters.Good(at, took);
        else if (result.Fault == ModbusFault.Exception) counters.Refused((int)result.Code, took);
        else counters.Failed(Kind(result.Fault));
    }

    private static Trouble Kind(ModbusFault fault) => fault switch
    {
        ModbusFault.Timeout => Trouble.Timeout,
        ModbusFault.Disconnected => Trouble.Disconnected,
        ModbusFault.BadTransaction or ModbusFault.BadUnit or ModbusFault.BadFunction => Trouble.Foreign,
        ModbusFault.NotTaken => Trouble.Meaning,
        _ => Trouble.Checksum,
    };

    // The parts are asked in the same poll: one register that a device does not have costs no other value.
    private async ValueTask Divide(Table table, RegisterRange block, ModbusExceptionCode code, DateTimeOffset at, CancellationToken stop)
    {
        var parts = AdaptiveBlocks.BlamesAddresses(code) ? table.Plan.Refused(block, code) : [];
        foreach (var part in parts) await Read(table, part, at, stop);
        if (parts.IsEmpty) Refused(table, block, at);
    }

    private void Refused(Table table, RegisterRange block, DateTimeOffset at)
    {
        foreach (var member in table.Members)
            if (block.Contains(Range(member))) image.Put(member.Point.Id, Reading.Unreliable(Reliability.ProcessError, at));
    }

    private void Take(Table table, RegisterRange block, DateTimeOffset at)
    {
        table.Plan.Answered(block);
        foreach (var member in table.Members)
        {
            if (!block.Contains(Range(member))) continue;
            var (point, where) = member;
            var offset = where.Address - block.Address;
            var raw = table.IsBitwise ? (bits[offset] ? 1 : 0) : RegisterCodec.Decode(where.Encoding, registers.AsSpan(offset, RegisterCodec.Words(where.Encoding.Format)));
            image.Put(point, Wired(point, raw) * point.Factor, at);
        }
    }

    private static IEnumerable<Table> Tables(Device device, TimeProvider time) =>
        device.Points.Where(p => p.Type.Where is RegisterSelector && p.Type.Access != Access.Write)
            .Select(p => new Member(p, (RegisterSelector)p.Type.Where))
            .GroupBy(m => (m.Where.Space, m.Point.Type.Poll))
            .Select(group => new Table(
                device.Id, Unit(device), device.Deadline, Space(group.Key.Space), group.Key.Poll,
                new AdaptiveBlocks(Space(group.Key.Space), group.Select(Range), AdaptiveBlocks.DefaultGap, time), [.. group]));

    private static RegisterRange Range(Member member) => new(
        member.Where.Address, member.Where.Space is RegisterSpace.Coil or RegisterSpace.DiscreteInput ? 1 : RegisterCodec.Words(member.Where.Encoding.Format));

    internal static ModbusSpace Space(RegisterSpace space) => space switch
    {
        RegisterSpace.Coil => ModbusSpace.Coils,
        RegisterSpace.DiscreteInput => ModbusSpace.DiscreteInputs,
        RegisterSpace.Holding => ModbusSpace.HoldingRegisters,
        _ => ModbusSpace.InputRegisters,
    };

    internal static double Wired(Point point, double value) =>
        point.Type.Quantity == Quantity.State && point.Wiring == Wiring.NormallyClosed ? 1 - value : value;

    private static byte Unit(Device device) => byte.Parse(device.Address, CultureInfo.InvariantCulture);

    private sealed record Member(Point Point, RegisterSelector Where);

    /// <summary>What is read of one table of a device at one pace.</summary>
    private sealed record Table(
        string Device, byte Unit, TimeSpan Deadline, ModbusSpace Space, PollClass Poll, AdaptiveBlocks Plan, ImmutableArray<Member> Members)
    {
        public bool IsBitwise => Space is ModbusSpace.Coils or ModbusSpace.DiscreteInputs;
    }
}
