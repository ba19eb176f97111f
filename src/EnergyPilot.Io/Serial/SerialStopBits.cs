namespace EnergyPilot.Io.Serial;

/// <summary>How long the line rests after each character.</summary>
public enum SerialStopBits
{
    /// <summary>One bit.</summary>
    One,

    /// <summary>Two bits.</summary>
    Two,
}
