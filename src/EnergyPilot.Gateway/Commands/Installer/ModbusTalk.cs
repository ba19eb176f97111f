using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>A conversation on a Modbus line. A lost line ends the verb with the reason; all else is the caller's to show.</summary>
internal sealed class ModbusTalk(Target target, TimeSpan deadline) : IAsyncDisposable
{
    private readonly IModbusWire wire = FieldBuses.Wire(target.Bus, new FrameTrace(0, TimeProvider.System));

    public Target Target => target;

    public TimeSpan Deadline => deadline;

    public ModbusMaster Master => field ??= new ModbusMaster(wire, TimeProvider.System);

    /// <summary>Reads registers, or bits as 0 and 1.</summary>
    public async Task<(ModbusResult Result, ushort[] Words)> Read(ModbusAddress from, int count, CancellationToken stop)
    {
        var words = new ushort[count];
        if (from.Space is ModbusSpace.HoldingRegisters or ModbusSpace.InputRegisters)
            return (await Held(await Master.ReadRegisters(from, words, deadline, stop), stop), words);
        var bits = new bool[count];
        var result = await Held(await Master.ReadBits(from, bits, deadline, stop), stop);
        return (result, [.. bits.Select(b => b ? (ushort)1 : (ushort)0)]);
    }

    /// <summary>Throws when the line itself is gone, or is no Modbus.</summary>
    public async Task<ModbusResult> Held(ModbusResult result, CancellationToken stop) => result.Fault switch
    {
        ModbusFault.Disconnected => throw await BusDoor.Lost(target, stop),
        ModbusFault.BadProtocol or ModbusFault.BadLength when target.Bus.Place is NetworkPlace { Carrying: Carrying.Plain } => throw VerbTrouble.Field(
            $"{target.Bus.Where} answers, but not in Modbus TCP: another service, or a converter that passes serial frames on, which is rtu://{target.Bus.Where}."),
        _ => result,
    };

    /// <summary>Why a unit that was asked gave nothing, as a sentence.</summary>
    public string Absence(byte unit, ModbusResult result) => result.Fault == ModbusFault.Timeout
        ? $"Unit {unit} on {target.Bus.Where} does not answer within {deadline.TotalMilliseconds:0} ms. Is it supplied, is {unit} its number? \"energypilot scan {target.Name}\" shows who answers."
        : $"Unit {unit} on {target.Bus.Where}: {Words(result)}. Is it supplied, is {unit} its number? \"energypilot scan {target.Name}\" shows who answers.";

    /// <summary>How a request ended, in words.</summary>
    public static string Words(ModbusResult result) => result.Fault switch
    {
        ModbusFault.None => "good",
        ModbusFault.Timeout => "no answer",
        ModbusFault.Exception => result.Code switch
        {
            ModbusExceptionCode.IllegalFunction => "refused: function not known (exception 1)",
            ModbusExceptionCode.IllegalDataAddress => "refused: no such register (exception 2)",
            ModbusExceptionCode.IllegalDataValue => "refused: value or count not accepted (exception 3)",
            ModbusExceptionCode.ServerDeviceFailure => "the device failed (exception 4)",
            ModbusExceptionCode.ServerDeviceBusy or ModbusExceptionCode.Acknowledge => "the device is busy (exception 5 or 6)",
            ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond => $"no answer behind the gateway (exception {(int)result.Code})",
            _ => $"refused (exception {(int)result.Code})",
        },
        ModbusFault.NotTaken => "confirmed, but reads back something else",
        ModbusFault.BadChecksum => "damaged answer: wrong speed or parity, noise, or two devices with one number",
        _ => $"damaged or foreign answer ({result.Fault})",
    };

    public static bool IsAbsent(ModbusResult result) => result.Fault == ModbusFault.Timeout
        || result is { Fault: ModbusFault.Exception, Code: ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond };

    public static ModbusAddress Address(byte unit, RegisterSelector where) => new(unit, ModbusBus.Space(where.Space), where.Address);

    public static int Length(RegisterSelector where) => where.Space is RegisterSpace.Coil or RegisterSpace.DiscreteInput ? 1 : where.Encoding.Format.Words();

    /// <summary>The unit number of a site's address or of --unit.</summary>
    public static byte Unit(Target target, string text) =>
        byte.TryParse(text, out var unit) && (target.Bus.Place is NetworkPlace { Carrying: Carrying.Plain } || unit is >= 1 and <= 247)
            ? unit
            : throw VerbTrouble.Asked($"--unit takes the number of a unit from 1 to 247 (over TCP also 0 and 255), not '{text}'.");

    public ValueTask DisposeAsync() => wire.DisposeAsync();
}
