namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The reason a device gives for refusing a request (Modbus Application Protocol V1.1b3, chapter 7).
/// Devices also send codes outside this list: the number is then kept as it came.
/// </summary>
public enum ModbusExceptionCode
{
    /// <summary>No exception.</summary>
    None = 0,

    /// <summary>The device does not know this function.</summary>
    IllegalFunction = 1,

    /// <summary>The device has no such address.</summary>
    IllegalDataAddress = 2,

    /// <summary>The device does not accept this value or count.</summary>
    IllegalDataValue = 3,

    /// <summary>The device failed while doing what was asked.</summary>
    ServerDeviceFailure = 4,

    /// <summary>Accepted, needs long: ask again.</summary>
    Acknowledge = 5,

    /// <summary>Busy: ask again.</summary>
    ServerDeviceBusy = 6,

    /// <summary>Program function refused (older devices).</summary>
    NegativeAcknowledge = 7,

    /// <summary>Parity error in the device's extended memory.</summary>
    MemoryParityError = 8,

    /// <summary>The gateway has no path to the device.</summary>
    GatewayPathUnavailable = 10,

    /// <summary>The device behind the gateway did not answer.</summary>
    GatewayTargetFailedToRespond = 11,
}
