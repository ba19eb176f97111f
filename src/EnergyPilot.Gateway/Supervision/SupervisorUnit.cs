using System.Collections.Frozen;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Supervision;

/// <summary>
/// The gateway as a Modbus device: the newest cycle in the registers that the site file gives it. All that one request reads is of the
/// same cycle. What is not reliable reads as not-a-number; its quality says why. Addresses that mean nothing are refused, as is half a value.
/// </summary>
internal sealed class SupervisorUnit(LiveSite live, LiveView view, SupervisorWishes wishes, TimeProvider time) : IModbusUnit
{
    private const ushort MostSeconds = ushort.MaxValue;

    // The control decides every ten seconds; one that has been silent for so long has stopped.
    private static readonly TimeSpan Stopped = TimeSpan.FromMinutes(2);

    private readonly FrozenDictionary<ushort, SupervisedPoint> registers = live.Site.Supervisor.Registers.ToFrozenDictionary(r => r.Address);

    public IReadOnlyList<IdentificationObject> Identification { get; } =
    [
        IdentificationObject.Of(0, "EnergyPilot"), IdentificationObject.Of(1, "gateway"),
        IdentificationObject.Of(2, typeof(SupervisorUnit).Assembly.GetName().Version?.ToString(3) ?? ""), IdentificationObject.Of(6, live.Site.Id),
    ];

    public ModbusExceptionCode ReadRegisters(ModbusSpace space, ushort address, Span<ushort> values)
    {
        if (view.Latest is not { } cycle) return ModbusExceptionCode.ServerDeviceBusy;
        var now = time.GetUtcNow();
        for (var at = 0; at < values.Length; at += Supervisor.RegistersPerValue)
        {
            var isQuality = address + at >= Supervisor.QualityAfter;
            var from = address + at - (isQuality ? Supervisor.QualityAfter : 0);
            if (at + 1 == values.Length || !registers.TryGetValue((ushort)from, out var register) || from != register.Address) return ModbusExceptionCode.IllegalDataAddress;
            var reading = Trusted(cycle, register, now);
            if (isQuality) PutQuality(reading, now, values[at..]);
            else PutValue(reading, values[at..]);
        }

        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode WriteRegisters(ushort address, ReadOnlySpan<ushort> values)
    {
        if (live.Site.Supervisor.Writes == SupervisorWrites.None) return ModbusExceptionCode.IllegalFunction;
        for (var at = 0; at < values.Length; at += Supervisor.RegistersPerValue)
        {
            if (!registers.TryGetValue((ushort)(address + at), out var register) || register.What != SupervisedValue.ZoneSetpoint) return ModbusExceptionCode.IllegalDataAddress;
            if (at + 1 == values.Length || !wishes.IsAllowed(Number(values[at..]))) return ModbusExceptionCode.IllegalDataValue;
        }

        for (var at = 0; at < values.Length; at += Supervisor.RegistersPerValue)
            if (!wishes.TryWish(new ZoneId(registers[(ushort)(address + at)].Of), Number(values[at..]))) return ModbusExceptionCode.ServerDeviceFailure;
        return ModbusExceptionCode.None;
    }

    public ModbusExceptionCode ReadBits(ModbusSpace space, ushort address, Span<bool> values) => ModbusExceptionCode.IllegalDataAddress;

    public ModbusExceptionCode WriteBits(ushort address, ReadOnlySpan<bool> values) => ModbusExceptionCode.IllegalDataAddress;

    private Reading Trusted(CycleRecord cycle, SupervisedPoint register, DateTimeOffset now)
    {
        var reading = Of(cycle, register);
        var isStopped = now - cycle.Snapshot.At > Stopped || cycle.Snapshot.At - now > Stopped;
        return isStopped ? reading with { Reliability = Reliability.CommunicationFailure } : reading;
    }

    private Reading Of(CycleRecord cycle, SupervisedPoint register)
    {
        var at = cycle.Decision.At;
        switch (register.What)
        {
            case SupervisedValue.ZoneTemperature:
                foreach (var demand in cycle.Decision.Demands)
                    if (demand.Zone.Name == register.Of) return demand.Room;
                break;
            case SupervisedValue.ZoneSetpoint:
                foreach (var target in cycle.Decision.Targets)
                    if (target.Zone.Name == register.Of) return Reading.Good(wishes.Newer(target.Zone, cycle) ?? target.Setpoint.Degrees, at);
                break;
            case SupervisedValue.ZoneHeat:
                foreach (var demand in cycle.Decision.Demands)
                    if (demand.Zone.Name == register.Of) return Reading.Good(demand.Heat.Value * 100, at);
                break;
            case SupervisedValue.CircuitSetpoint:
                foreach (var supply in cycle.Decision.Supplies)
                    if (supply.Circuit.Name == register.Of) return Reading.Good(supply.Setpoint.Degrees, at);
                break;
            case SupervisedValue.Alarms:
                return Reading.Good(cycle.Decision.Alarms.Length, at);
            default:
                return cycle.Snapshot.Of(register.Point);
        }

        return Reading.Unreliable(Reliability.NoSensor, at);
    }

    private static void PutValue(Reading reading, Span<ushort> words)
    {
        var bits = BitConverter.SingleToUInt32Bits(reading.IsReliable ? (float)reading.Value : float.NaN);
        (words[0], words[1]) = ((ushort)(bits >> 16), (ushort)bits);
    }

    private static void PutQuality(Reading reading, DateTimeOffset now, Span<ushort> words) =>
        (words[0], words[1]) = ((ushort)reading.Reliability, (ushort)Math.Clamp((now - reading.At).TotalSeconds, 0, MostSeconds));

    private static double Number(ReadOnlySpan<ushort> words) => words.Length < 2 ? double.NaN : BitConverter.UInt32BitsToSingle((uint)words[0] << 16 | words[1]);
}
