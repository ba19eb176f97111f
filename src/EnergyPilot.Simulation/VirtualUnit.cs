using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Simulation;

/// <summary>A Modbus device of the virtual school: it answers in registers as its device file says. Addresses it does not have are refused, as real devices do.</summary>
internal sealed class VirtualUnit(VirtualSchool school, Device device) : IModbusUnit
{
    private readonly Dictionary<(RegisterSpace, ushort), Point> points = device.Points
        .Where(p => p.Type.Where is RegisterSelector)
        .ToDictionary(p => (((RegisterSelector)p.Type.Where).Space, ((RegisterSelector)p.Type.Where).Address));

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length;)
        {
            if (!points.TryGetValue((Space(space), (ushort)(address + at)), out var point)) return ModbusExceptionCode.IllegalDataAddress;
            var encoding = ((RegisterSelector)point.Type.Where).Encoding;
            var words = RegisterCodec.Words(encoding.Format);
            if (at + words > values.Length) return ModbusExceptionCode.IllegalDataAddress;
            RegisterCodec.Encode(encoding, school.Read(point), values.Slice(at, words));
            at += words;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length;)
        {
            if (!points.TryGetValue((RegisterSpace.Holding, (ushort)(address + at)), out var point) || point.Type.Access == Access.Read)
                return ModbusExceptionCode.IllegalDataAddress;
            var encoding = ((RegisterSelector)point.Type.Where).Encoding;
            var words = RegisterCodec.Words(encoding.Format);
            if (at + words > values.Length) return ModbusExceptionCode.IllegalDataAddress;
            var value = RegisterCodec.Decode(encoding, values.Slice(at, words));
            if (!point.Type.Range.Contains(value)) return ModbusExceptionCode.IllegalDataValue;
            school.Write(point, value);
            at += words;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length; at++)
        {
            if (!points.TryGetValue((Space(space), (ushort)(address + at)), out var point)) return ModbusExceptionCode.IllegalDataAddress;
            values[at] = school.Read(point) >= 0.5;
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values)
    {
        if (IsDead()) return ModbusExceptionCode.GatewayTargetFailedToRespond;
        for (var at = 0; at < values.Length; at++)
            if (!points.ContainsKey((RegisterSpace.Coil, (ushort)(address + at)))) return ModbusExceptionCode.IllegalDataAddress;
        for (var at = 0; at < values.Length; at++)
            school.Write(points[(RegisterSpace.Coil, (ushort)(address + at))], values[at] ? 1 : 0);
        return ModbusExceptionCode.None;
    }

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
