namespace EnergyPilot.Io.Gpio;

/// <summary>How an input is wired.</summary>
/// <param name="Polarity">Which voltage is active.</param>
/// <param name="Bias">What holds it when the contact is open.</param>
/// <param name="Debounce">A change counts once it has lasted this long; zero for none. An S0 pulse lasts at least 30 ms (DIN 43864).</param>
public readonly record struct GpioInput(GpioPolarity Polarity, GpioBias Bias, TimeSpan Debounce);
