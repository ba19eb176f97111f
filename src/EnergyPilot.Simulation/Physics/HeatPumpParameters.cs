namespace EnergyPilot.Simulation.Physics;

/// <summary>An air-to-water heat pump with a modulating compressor and a buffer, without a heating rod.</summary>
public sealed record HeatPumpParameters : IHeatSourceParameters
{
    private const double KelvinAtZero = 273.15;
    private const double RatedOutdoorC = 7.0;

    public double NominalW { get; init; } = 24_000.0;

    public double MinimumW { get; init; } = 8_000.0;

    /// <summary>The heat pump with 300 litres of buffer.</summary>
    public double WaterCapacityJPerK { get; init; } = 1_250_000.0;

    public double JacketLossWPerK { get; init; } = 6.0;

    public double RegulationS { get; init; } = 100.0;

    /// <summary>Share of the Carnot efficiency that is reached, defrosting and fan included.</summary>
    public double CarnotShare { get; init; } = 0.45;

    /// <summary>Temperature differences of evaporator and condenser together.</summary>
    public double ApproachK { get; init; } = 10.0;

    public double HighestCop { get; init; } = 5.5;

    /// <summary>What the capacity gains per kelvin above 7 °C outside, and loses below.</summary>
    public double CapacityPerK { get; init; } = 0.02;

    /// <summary>The warmest set-point it accepts.</summary>
    public double HighestSupplyC { get; init; } = 55.0;

    public double OnBelowK { get; init; } = 5.0;

    public double OffAboveK { get; init; } = 2.0;

    public TimeSpan MinimumOn { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan MinimumOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Electricity of each start that heats nothing: pressures build up, the refrigerant warms.</summary>
    public double StartLossWh { get; init; } = 100.0;

    public double StandbyW { get; init; } = 15.0;

    public double GasKWhPerM3 => 0.0;

    /// <summary>Heat over electricity: a share of Carnot's between the supply and the outdoor air, capped.</summary>
    public double Cop(double supplyC, double outdoorC) =>
        Math.Min(HighestCop, CarnotShare * (supplyC + KelvinAtZero) / Math.Max(1.0, supplyC - outdoorC + ApproachK));

    /// <summary>Largest heating power in this weather.</summary>
    public double CapacityW(double outdoorC) => NominalW * Math.Clamp(1.0 + CapacityPerK * (outdoorC - RatedOutdoorC), 0.5, 1.2);

    IHeatMaker IHeatSourceParameters.Maker() => new Compressor(this);
}
