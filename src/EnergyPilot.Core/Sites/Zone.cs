using System.Collections.Immutable;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>The name of a zone within its site.</summary>
public readonly record struct ZoneId(string Name)
{
    public override string ToString() => Name;
}

/// <summary>The name of a heating circuit within its site.</summary>
public readonly record struct CircuitId(string Name)
{
    public override string ToString() => Name;
}

/// <summary>A room or group of rooms that is heated as one.</summary>
public sealed record Zone
{
    public required ZoneId Id { get; init; }

    /// <summary>What people call it: "Classe 1 (CP)".</summary>
    public required string Name { get; init; }
    public required ZoneUse Use { get; init; }
    public required SquareMetres FloorArea { get; init; }
    public required Metres Height { get; init; }
    public required CircuitId Circuit { get; init; }
    public required WeekProgramme Programme { get; init; }

    /// <summary>The site's setpoints with this zone's own changes.</summary>
    public required Setpoints Setpoints { get; init; }
    /// <summary>No warm-up begins before this time on the day of the use, on the school's clocks; none when it starts as early as it needs.</summary>
    public TimeSpan? EarliestStart { get; init; }

    /// <summary>Up to what the law allows heating it; the ledger keeps it to that.</summary>
    public LegalLimits Limits { get; init; } = LegalLimits.Ordinary;
    /// <summary>Kept at least so warm in long absences against mould, where nobody measures how humid it is; nothing where the site file itself says how cold it may get.</summary>
    public Celsius? DryFloor { get; init; }
    public required ZonePoints Points { get; init; }
    public required ZoneFabric Fabric { get; init; }

    public double VolumeM3 => FloorArea.Value * Height.Value;
}

/// <summary>What a zone is for.</summary>
public enum ZoneUse { Classroom, Canteen, Gym, StaffRoom, Office, Corridor, Library, Sanitary, Other }

/// <summary>The points of a zone by role; each role may have none, one or several.</summary>
public sealed record ZonePoints(
    ImmutableArray<PointId> Temperature,
    ImmutableArray<PointId> Presence,
    ImmutableArray<PointId> Co2,
    ImmutableArray<PointId> Window,
    ImmutableArray<PointId> Valve)
{
    /// <summary>Thermostats and radiator valves with a regulation of their own, which take a room setpoint.</summary>
    public ImmutableArray<PointId> Thermostat { get; init; } = [];

    /// <summary>Relative humidity of the room's air.</summary>
    public ImmutableArray<PointId> Humidity { get; init; } = [];
}

/// <summary>What the zone is made of, for the simulation, and as weight for demands.</summary>
/// <param name="RadiatorPower">Nominal at 75/65/20 (EN 442); of floor heating at 40/35/20, of electric panels what they draw.</param>
/// <param name="Facades">Outer walls with windows.</param>
/// <param name="Neighbours">Zones on the other side of an inner wall, with that wall's conductance [W/K].</param>
/// <param name="Persons">How many people are there when it is in use.</param>
public sealed record ZoneFabric(
    Watts RadiatorPower, ImmutableArray<Facade> Facades, ImmutableArray<Neighbour> Neighbours, int Persons);

/// <summary>An outer wall: the direction it faces (0 north, 90 east, 180 south, 270 west) and the area of its windows.</summary>
public sealed record Facade(double AzimuthDegrees, SquareMetres WindowArea);

/// <summary>An inner wall to another zone and its conductance [W/K].</summary>
public sealed record Neighbour(ZoneId Zone, double ConductanceWPerK);

/// <summary>The building as a whole, for the simulation.</summary>
/// <param name="Transmittance">Heat loss of the envelope per floor area [W/(m²·K)], air change not included.</param>
/// <param name="AirChangesPerHour">Infiltration with windows shut [1/h].</param>
public sealed record BuildingFabric(double Transmittance, double AirChangesPerHour);

/// <summary>How warm a zone shall be, per mode. French legal defaults: R.241-26 (19 °C in use), R.241-27 (16 °C when empty for 24 to 48 h, 8 °C beyond).</summary>
/// <param name="Comfort">While in use.</param>
/// <param name="Reduced">Empty for less than 48 h (nights, Wednesday afternoons).</param>
/// <param name="Absence">Empty for 48 h or more (weekends, holidays).</param>
/// <param name="Frost">Below this, heat at any price; lower than every other.</param>
public sealed record Setpoints(Celsius Comfort, Celsius Reduced, Celsius Absence, Celsius Frost)
{
    public static readonly Setpoints Legal = new(new(19), new(16), new(8), new(6));

    /// <summary>How warm a zone is kept in this mode.</summary>
    public Celsius Of(Mode mode) => mode switch
    {
        Mode.Comfort => Comfort,
        Mode.Reduced => Reduced,
        Mode.Absence => Absence,
        _ => Frost,
    };
}
