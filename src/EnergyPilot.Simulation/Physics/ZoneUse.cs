namespace EnergyPilot.Simulation.Physics;

/// <summary>How a zone is used in one minute.</summary>
public readonly record struct ZoneUse
{
    public float Pupils { get; init; }

    public float Adults { get; init; }

    /// <summary>Share of the installed lights that burns, 0 or 1.</summary>
    public float Lights { get; init; }

    /// <summary>Through windows that people opened.</summary>
    public float AirChangesPerHour { get; init; }

    public float People => Pupils + Adults;
}
