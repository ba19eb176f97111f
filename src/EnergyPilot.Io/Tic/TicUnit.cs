namespace EnergyPilot.Io.Tic;

/// <summary>What the number of a label counts.</summary>
public enum TicUnit
{
    /// <summary>Active energy, Wh.</summary>
    WattHours,

    /// <summary>Reactive energy, varh.</summary>
    VoltAmpereReactiveHours,

    /// <summary>Active power, W.</summary>
    Watts,

    /// <summary>Apparent power, VA.</summary>
    VoltAmperes,

    /// <summary>Current, A.</summary>
    Amperes,

    /// <summary>Voltage, V.</summary>
    Volts,

    /// <summary>A span of time, min.</summary>
    Minutes,

    /// <summary>A number out of a list, such as that of the tariff.</summary>
    Number,
}
