namespace EnergyPilot.Io.MBus;

/// <summary>What a step of a scan met.</summary>
public enum MBusScanOutcome
{
    /// <summary>Nobody.</summary>
    Silence,

    /// <summary>One meter.</summary>
    Meter,

    /// <summary>Several meters at once, or noise. In a search by identity it goes on with narrower questions; at eight digits, meters share one number.</summary>
    Collision,

    /// <summary>The line was lost; the scan ends.</summary>
    LineLost,
}
