namespace EnergyPilot.Io.Kernel;

/// <summary>What a sensor file said.</summary>
/// <param name="Value">In the kernel's unit for this kind of file; 0 when there is a fault.</param>
/// <param name="Fault"><see cref="SensorFault.None"/> or what is wrong.</param>
public readonly record struct SensorValue(double Value, SensorFault Fault)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsGood => Fault == SensorFault.None;

    /// <summary>No value, for the given reason.</summary>
    public static SensorValue Failed(SensorFault fault) => new(0, fault);
}
