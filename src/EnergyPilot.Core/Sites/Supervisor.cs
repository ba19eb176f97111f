using System.Collections.Immutable;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Sites;

/// <summary>What the supervisor of a building (BMS) may see of the gateway over Modbus TCP, and whether it may wish.</summary>
/// <param name="Address">The gateway's own IP address that is listened on; 0.0.0.0 for all.</param>
/// <param name="Port">The TCP port; 0 for any that is free.</param>
/// <param name="Unit">The unit number that the gateway answers to.</param>
/// <param name="Writes">What it may write.</param>
/// <param name="Hold">How long a wish holds after it was last written: a supervisor that dies must not leave it for ever.</param>
/// <param name="Registers">What stands where, by address.</param>
public sealed record Supervisor(string Address, int Port, byte Unit, SupervisorWrites Writes, TimeSpan Hold, ImmutableArray<SupervisedPoint> Registers)
{
    /// <summary>Nobody listens.</summary>
    public static readonly Supervisor None = new("", 0, 1, SupervisorWrites.None, TimeSpan.FromMinutes(30), []);

    /// <summary>The last address that a value may stand at; what is said of its quality stands <see cref="QualityAfter"/> further.</summary>
    public const ushort LastAddress = QualityAfter - RegistersPerValue;

    /// <summary>A value is an IEEE 754 single, high word first.</summary>
    public const int RegistersPerValue = 2;

    /// <summary>Distance from a value to its quality: the number of its reliability (0 for good), then its age in seconds.</summary>
    public const int QualityAfter = 10_000;

    /// <summary>Whether there is anything to see.</summary>
    public bool IsOffered => !Registers.IsEmpty;
}

/// <summary>A point that a supervisor sees.</summary>
/// <param name="Address">0-based address on the wire of the first of its two registers, the same for holding and input registers.</param>
/// <param name="What">What stands there.</param>
/// <param name="Of">The zone or circuit that it is said of; else empty.</param>
/// <param name="Point">Its name: of a device's point, or one that the control makes ("zone/cp.setpoint").</param>
public sealed record SupervisedPoint(ushort Address, SupervisedValue What, string Of, PointId Point);

/// <summary>What a supervisor may see.</summary>
public enum SupervisedValue
{
    /// <summary>A point of a device, in the canonical unit of its quantity.</summary>
    DevicePoint,

    /// <summary>What the sensors of a zone say together [°C].</summary>
    ZoneTemperature,

    /// <summary>How warm a zone shall be now [°C]; the only thing that can be written.</summary>
    ZoneSetpoint,

    /// <summary>How much of its radiators' power a zone asks for [%].</summary>
    ZoneHeat,

    /// <summary>How warm a circuit's water shall be [°C].</summary>
    CircuitSetpoint,

    /// <summary>How many alarms stand.</summary>
    Alarms,
}

/// <summary>What a supervisor may write.</summary>
public enum SupervisorWrites
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Setpoints of zones, as the staff's overrides by hand: with their limits, and with an end.</summary>
    Operator,
}
