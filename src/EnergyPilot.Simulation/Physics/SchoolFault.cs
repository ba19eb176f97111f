namespace EnergyPilot.Simulation.Physics;

public enum SchoolFaultKind
{
    /// <summary>The zone valve stays where it is.</summary>
    StuckValve,

    /// <summary>A window of the zone stays open.</summary>
    WindowJammedOpen,

    /// <summary>The burner is locked out: it stops and does not start.</summary>
    BoilerRefusesToStart,
}

/// <summary>Something that can break in the building itself; broken sensors and buses belong to the devices, not to the physics.</summary>
public readonly record struct SchoolFault
{
    private SchoolFault(SchoolFaultKind kind, int zone) => (Kind, Zone) = (kind, zone);

    public static SchoolFault BoilerRefusesToStart { get; } = new(SchoolFaultKind.BoilerRefusesToStart, 0);

    public SchoolFaultKind Kind { get; }

    /// <summary>The zone concerned; 0 for the boiler, which has none.</summary>
    public int Zone { get; }

    public static SchoolFault StuckValve(int zone) => new(SchoolFaultKind.StuckValve, zone);

    public static SchoolFault WindowJammedOpen(int zone) => new(SchoolFaultKind.WindowJammedOpen, zone);
}
