namespace EnergyPilot.Io.Gpio;

/// <summary>What a voltmeter shows on a line, whatever it means.</summary>
public enum GpioVoltage
{
    /// <summary>Ground.</summary>
    Low,

    /// <summary>Supply.</summary>
    High,
}
