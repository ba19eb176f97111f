namespace EnergyPilot.Io.Serial;

/// <summary>The logical level of the RTS line.</summary>
public enum RtsLevel
{
    /// <summary>Set.</summary>
    High,

    /// <summary>Cleared.</summary>
    Low,
}
