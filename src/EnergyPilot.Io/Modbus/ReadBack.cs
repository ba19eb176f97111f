namespace EnergyPilot.Io.Modbus;

/// <summary>How a write is known to be done.</summary>
public enum ReadBack
{
    /// <summary>The device's confirmation is believed: what is written cannot be read.</summary>
    None,

    /// <summary>What was written is read again and must be the same.</summary>
    Compare,
}
