namespace EnergyPilot.Io.MBus;

/// <summary>Which of a quantity's values a record holds (bits 4 and 5 of the DIF).</summary>
public enum MBusFunction
{
    /// <summary>The value now, or at the time of storage.</summary>
    Instantaneous,

    /// <summary>The greatest value of a period.</summary>
    Maximum,

    /// <summary>The smallest value of a period.</summary>
    Minimum,

    /// <summary>The value while the meter was in error: not to be trusted.</summary>
    ErrorState,
}
