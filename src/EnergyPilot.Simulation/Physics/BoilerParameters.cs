namespace EnergyPilot.Simulation.Physics;

/// <summary>A modulating condensing gas boiler with its own thermostat.</summary>
public sealed record BoilerParameters : IHeatSourceParameters
{
    public double NominalW { get; init; } = 50_000.0;

    public double MinimumW { get; init; } = 10_000.0;

    public double WaterCapacityJPerK { get; init; } = 400_000.0;

    public double JacketLossWPerK { get; init; } = 6.0;

    public double RegulationS { get; init; } = 100.0;

    /// <summary>The burner stops this far above the set-point.</summary>
    public double OffAboveK { get; init; } = 6.0;

    /// <summary>The burner may start this far below the set-point.</summary>
    public double OnBelowK { get; init; } = 4.0;

    public TimeSpan MinimumOn { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan MinimumOff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gas burnt for nothing at each start: purge, ignition, cold combustion chamber.</summary>
    public double StartLossWh { get; init; } = 60.0;

    /// <summary>The boiler's own limiter: above it the burner stops whatever anybody wishes.</summary>
    public double LimitC { get; init; } = 85.0;

    /// <summary>Natural gas type H in France, gross calorific value per normal cubic metre (10.7 to 12.8 by region).</summary>
    public double GasKWhPerM3 { get; init; } = 11.2;

    public double FanW { get; init; } = 60.0;

    public double StandbyW { get; init; } = 5.0;

    /// <summary>Efficiency on the gross calorific value; condensation begins below a return of 56 °C and is complete at 30 °C.</summary>
    public static double Efficiency(double returnC)
    {
        var x = Math.Clamp((56.0 - returnC) / 26.0, 0.0, 1.0);
        return 0.875 + 0.095 * (3.0 * x * x - 2.0 * x * x * x);
    }

    IHeatMaker IHeatSourceParameters.Maker() => new Burner(this);
}
