namespace EnergyPilot.Io.Gpio;

/// <summary>What holds an input when its contact is open.</summary>
public enum GpioBias
{
    /// <summary>Left as the board and its device tree set it.</summary>
    AsIs,

    /// <summary>Resistor to the supply.</summary>
    PullUp,

    /// <summary>Resistor to ground.</summary>
    PullDown,

    /// <summary>Nothing: the circuit outside decides.</summary>
    Disabled,
}
