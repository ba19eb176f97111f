namespace EnergyPilot.Simulation.Physics;

public enum CircuitKind
{
    /// <summary>The circuit gets the boiler's flow temperature.</summary>
    Direct,

    /// <summary>A three-way valve mixes boiler flow with the circuit's own return.</summary>
    Mixed,
}

/// <summary>A pump with its pipes and the zones that name it.</summary>
public sealed record CircuitParameters
{
    public required string Name { get; init; }

    public CircuitKind Kind { get; init; }

    /// <summary>What its zones are heated by. An electric circuit has no water: pump and mixing valve do nothing.</summary>
    public Core.Sites.Emitter Emitter { get; init; }

    public double PumpW { get; init; } = 150.0;

    public double PipeLossWPerK { get; init; } = 20.0;

    /// <summary>About 40 litres of water and 40 kg of steel: 100 m of DN 25.</summary>
    public double PipeCapacityJPerK { get; init; } = 200_000.0;

    /// <summary>Time of the mixing valve from closed to open.</summary>
    public TimeSpan MixingStroke { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What all radiators of the school have in common; their size is in <see cref="ZoneParameters.RadiatorNominalW"/>.</summary>
public sealed record RadiatorParameters
{
    /// <summary>EN 442-1 characteristic exponent of ordinary panel and column radiators.</summary>
    public double Exponent { get; init; } = 1.3;

    public double CapacityJPerKPerKilowatt { get; init; } = 40_000.0;

    /// <summary>Share of the emission that goes to the fast mass instead of the air.</summary>
    public double RadiativeShare { get; init; } = 0.35;

    public TimeSpan ValveStroke { get; init; } = TimeSpan.FromMinutes(3);
}
