namespace EnergyPilot.Io.Gpio;

/// <summary>How an output is wired, and where it rests.</summary>
/// <param name="Polarity">Which voltage is active.</param>
/// <param name="Safe">The level from the moment of opening, and again when the board is closed.</param>
public readonly record struct GpioOutput(GpioPolarity Polarity, GpioLevel Safe);
