namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// A substation of district heating: a heat exchanger whose primary valve holds the supply temperature. It delivers up to
/// <see cref="NominalW"/> whatever has been subscribed: a contract is counted, not built of steel.
/// </summary>
public sealed record DistrictHeatingParameters : IHeatSourceParameters
{
    public double NominalW { get; init; } = 50_000.0;

    /// <summary>A valve closes to nothing.</summary>
    public double MinimumW => 0.0;

    /// <summary>Plates, pipes and some 40 litres of secondary water.</summary>
    public double WaterCapacityJPerK { get; init; } = 200_000.0;

    public double JacketLossWPerK { get; init; } = 6.0;

    public double RegulationS { get; init; } = 50.0;

    /// <summary>The safety thermostat of the secondary side.</summary>
    public double LimitC { get; init; } = 85.0;

    /// <summary>Regulator and valve motor.</summary>
    public double StandbyW { get; init; } = 5.0;

    public double GasKWhPerM3 => 0.0;

    IHeatMaker IHeatSourceParameters.Maker() => new Exchanger(this);
}
