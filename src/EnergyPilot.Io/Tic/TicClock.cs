namespace EnergyPilot.Io.Tic;

/// <summary>How far a meter trusts its clock.</summary>
public enum TicClock
{
    /// <summary>Set by the network.</summary>
    Good,

    /// <summary>Running by itself ("horloge en mode dégradé"): the season letter is in lower case.</summary>
    Degraded,

    /// <summary>No season letter, as in announcements of peak days: legal time by the calendar.</summary>
    Unstated,
}
