namespace EnergyPilot.Io.Gpio;

/// <summary>The logical state of a line: what it means, not its voltage (see <see cref="GpioPolarity"/>).</summary>
public enum GpioLevel
{
    /// <summary>Contact open, relay released.</summary>
    Inactive,

    /// <summary>Contact closed, relay pulled.</summary>
    Active,
}
