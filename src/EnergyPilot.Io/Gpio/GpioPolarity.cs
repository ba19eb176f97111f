namespace EnergyPilot.Io.Gpio;

/// <summary>Which voltage means active.</summary>
public enum GpioPolarity
{
    /// <summary>A high voltage is active.</summary>
    ActiveHigh,

    /// <summary>A low voltage is active: a contact to ground with a pull-up, most relay boards.</summary>
    ActiveLow,
}
