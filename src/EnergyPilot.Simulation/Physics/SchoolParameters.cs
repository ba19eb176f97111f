using EnergyPilot.Core.Sky;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Simulation.Physics;

/// <summary>Heat flow between the air of two neighbouring zones, through the wall and its doors.</summary>
public sealed record WallParameters(int ZoneA, int ZoneB, double UaWPerK);

/// <summary>A whole school: everything the physics needs to know about building and plant.</summary>
public sealed record SchoolParameters
{
    public required IReadOnlyList<ZoneParameters> Zones { get; init; }

    public IReadOnlyList<WallParameters> Walls { get; init; } = [];

    public required IReadOnlyList<CircuitParameters> Circuits { get; init; }

    public RadiatorParameters Radiators { get; init; } = new();

    /// <summary>The heat source, whichever kind it is.</summary>
    public IHeatSourceParameters Boiler { get; init; } = new BoilerParameters();

    /// <summary>Heated floors: 65 mm of cement screed, 2000 kg/m³ of 1 kJ/kg·K.</summary>
    public double FloorCapacityJPerM2K { get; init; } = 130_000.0;

    /// <summary>Lille.</summary>
    public Place Place { get; init; } = new(50.63, 3.06);

    /// <summary>Temperature of the unheated boiler room and pipe ducts, where pipes and jacket lose their heat.</summary>
    public double PlantRoomTemperatureC { get; init; } = 15.0;

    /// <summary>Every mass and all water at the start.</summary>
    public double InitialTemperatureC { get; init; } = 18.0;

    /// <summary>Seed of the sensor noise; people have their own in <see cref="PupilPlanParameters"/>.</summary>
    public ulong Seed { get; init; } = 1;
}
