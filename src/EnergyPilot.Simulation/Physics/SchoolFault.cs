namespace EnergyPilot.Simulation.Physics;

public enum SchoolFaultKind
{
    /// <summary>The zone valve stays where it is.</summary>
    StuckValve,

    /// <summary>A window of the zone stays open.</summary>
    WindowJammedOpen,

    /// <summary>The heat source is locked out: it stops and does not start.</summary>
    BoilerRefusesToStart,

    /// <summary>The sensors of two zones were wired to each other's terminals.</summary>
    SwappedSensors,

    /// <summary>The zone's sensor shows too much, or too little.</summary>
    SensorOffset,

    /// <summary>The zone's sensor shows the same value for ever.</summary>
    StuckSensor,
}

/// <summary>Something that can break in the building itself; silent devices and disturbed buses are not physics.</summary>
public readonly record struct SchoolFault
{
    private SchoolFault(SchoolFaultKind kind, int zone) => (Kind, Zone) = (kind, zone);

    public static SchoolFault BoilerRefusesToStart { get; } = new(SchoolFaultKind.BoilerRefusesToStart, 0);

    public SchoolFaultKind Kind { get; }

    /// <summary>The zone concerned; 0 for the boiler, which has none.</summary>
    public int Zone { get; }

    /// <summary>The second of two swapped zones.</summary>
    public int Other { get; private init; }

    /// <summary>What a sensor with an offset shows too much.</summary>
    public double OffsetK { get; private init; }

    public static SchoolFault StuckValve(int zone) => new(SchoolFaultKind.StuckValve, zone);

    public static SchoolFault WindowJammedOpen(int zone) => new(SchoolFaultKind.WindowJammedOpen, zone);

    public static SchoolFault SwappedSensors(int zone, int other) => new(SchoolFaultKind.SwappedSensors, zone) { Other = other };

    public static SchoolFault SensorOffset(int zone, double offsetK) => new(SchoolFaultKind.SensorOffset, zone) { OffsetK = offsetK };

    public static SchoolFault StuckSensor(int zone) => new(SchoolFaultKind.StuckSensor, zone);
}
