namespace EnergyPilot.Io.Modbus;

/// <summary>How a request ended. Only when <see cref="IsGood"/> were the caller's values touched.</summary>
/// <param name="Fault"><see cref="ModbusFault.None"/> or what went wrong.</param>
/// <param name="Code">The device's reason when <paramref name="Fault"/> is <see cref="ModbusFault.Exception"/>.</param>
public readonly record struct ModbusResult(ModbusFault Fault, ModbusExceptionCode Code)
{
    /// <summary>The request was done.</summary>
    public static ModbusResult Good => default;

    /// <summary>Whether the request was done.</summary>
    public bool IsGood => Fault == ModbusFault.None;

    /// <summary>Whether the device asks to be asked again.</summary>
    internal bool AsksForPatience =>
        Fault == ModbusFault.Exception && Code is ModbusExceptionCode.Acknowledge or ModbusExceptionCode.ServerDeviceBusy;

    /// <summary>The request failed on the way.</summary>
    public static ModbusResult Failed(ModbusFault fault) => new(fault, ModbusExceptionCode.None);

    /// <summary>The device refused the request.</summary>
    public static ModbusResult Refused(ModbusExceptionCode code) => new(ModbusFault.Exception, code);
}
