using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Simulation;

/// <summary>A Modbus device of the virtual school: it answers in registers as its device file says. Addresses it does not have are refused, as real devices do.</summary>
internal sealed class VirtualUnit(VirtualSchool school, Device device) : IModbusUnit
{
    // Points that share a register as bits of it share its width as well.
    private readonly Dictionary<(RegisterSpace, ushort), Point[]> points = device.Points
        .Where(p => p.Type.Where is RegisterSelector)
        .GroupBy(p => (((RegisterSelector)p.Type.Where).Space, ((RegisterSelector)p.Type.Where).Address))
        .ToDictionary(sharing => sharing.Key, sharing => sharing.ToArray());

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        values.Clear();
        for (var at = 0; at < values.Length;)
        {
            if (!points.TryGetValue((Space(space), (ushort)(address + at)), out var sharing)) return ModbusExceptionCode.IllegalDataAddress;
            var words = RegisterCodec.Words(Encoding(sharing[0]).Format);
            if (at + words > values.Length) return ModbusExceptionCode.IllegalDataAddress;
            foreach (var point in sharing) RegisterCodec.Encode(Encoding(point), school.Read(point), values.Slice(at, words));
            at += words;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length;)
        {
            if (!points.TryGetValue((RegisterSpace.Holding, (ushort)(address + at)), out var sharing) || sharing.All(p => p.Type.Access == Access.Read))
                return ModbusExceptionCode.IllegalDataAddress;
            var words = RegisterCodec.Words(Encoding(sharing[0]).Format);
            if (at + words > values.Length) return ModbusExceptionCode.IllegalDataAddress;
            foreach (var point in sharing.Where(p => p.Type.Access != Access.Read))
            {
                var value = RegisterCodec.Decode(Encoding(point), values.Slice(at, words));
                if (!point.Type.Range.Contains(value)) return ModbusExceptionCode.IllegalDataValue;
                school.Write(point, value);
            }

            at += words;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length; at++)
        {
            if (!points.TryGetValue((Space(space), (ushort)(address + at)), out var sharing)) return ModbusExceptionCode.IllegalDataAddress;
            values[at] = school.Read(sharing[0]) >= 0.5;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length; at++)
            if (!points.ContainsKey((RegisterSpace.Coil, (ushort)(address + at)))) return ModbusExceptionCode.IllegalDataAddress;
        for (var at = 0; at < values.Length; at++)
            school.Write(points[(RegisterSpace.Coil, (ushort)(address + at))][0], values[at] ? 1 : 0);
        return ModbusExceptionCode.None;
    }

    private static RegisterEncoding Encoding(Point point) => ((RegisterSelector)point.Type.Where).Encoding;

    // What a Modbus TCP gateway says of a device on its serial line that is silent or answers garbage.
    private bool IsDead() => school.Has(FaultKind.Silent, device.Id) || school.Has(FaultKind.CrcErrors, device.Id);

    private static RegisterSpace Space(ModbusSpace space) => space switch
    {
        ModbusSpace.Coils => RegisterSpace.Coil,
        ModbusSpace.DiscreteInputs => RegisterSpace.DiscreteInput,
        ModbusSpace.HoldingRegisters => RegisterSpace.Holding,
        _ => RegisterSpace.Input,
    };
}
