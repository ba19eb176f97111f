namespace EnergyPilot.Simulation.Physics;

/// <summary>How a heat source makes its heat: a burner, a heat exchanger or a compressor.</summary>
internal interface IHeatMaker
{
    bool IsRunning { get; }

    int Starts { get; }

    /// <summary>What is bought for the heat.</summary>
    double InputJ { get; }

    double InputW { get; }

    /// <summary>Everything electric, standby included.</summary>
    double ElectricityJ { get; }

    double ElectricityW { get; }

    /// <summary>The heat that goes into the water in this step, in W; where it comes from is booked.</summary>
    double Make(double seconds, in SourceState state, EnergyLedger ledger);
}

/// <summary>What a source sees at the beginning of a step.</summary>
/// <param name="BackC">The return; without flow the water itself.</param>
internal readonly record struct SourceState(double FlowC, double BackC, double SetpointC, double OutdoorC, bool Release, bool LockedOut);

/// <summary>What all heat sources have in common: <see cref="BoilerParameters"/>, <see cref="DistrictHeatingParameters"/>, <see cref="HeatPumpParameters"/>.</summary>
public interface IHeatSourceParameters
{
    /// <summary>Largest heating power; of a heat pump at 7 °C outside.</summary>
    double NominalW { get; }

    double MinimumW { get; }

    double WaterCapacityJPerK { get; }

    double JacketLossWPerK { get; }

    /// <summary>Time in which the proportional part of its regulation would correct the water.</summary>
    double RegulationS { get; }

    /// <summary>Gross calorific value; 0 for a source that burns nothing.</summary>
    double GasKWhPerM3 { get; }

    internal IHeatMaker Maker();
}
