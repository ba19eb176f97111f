namespace EnergyPilot.Io.Tic;

/// <summary>The state of a Linky's cut-off device (Enedis-NOI-CPT_54E, STGE bits 1 to 3).</summary>
public enum TicCutOff
{
    /// <summary>The supply is on.</summary>
    Closed = 0,

    /// <summary>Opened by too much power.</summary>
    OpenOnPower = 1,

    /// <summary>Opened by too high a voltage.</summary>
    OpenOnVoltage = 2,

    /// <summary>Opened to shed load.</summary>
    OpenOnShedding = 3,

    /// <summary>Opened by order of the grid.</summary>
    OpenOnOrder = 4,

    /// <summary>Opened by heat, at a current above what it can switch.</summary>
    OpenOnHeatHighCurrent = 5,

    /// <summary>Opened by heat, at a current that it can switch.</summary>
    OpenOnHeatLowCurrent = 6,
}
