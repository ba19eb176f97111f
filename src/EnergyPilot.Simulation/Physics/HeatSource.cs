namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// What heats the water of the circuits, with that water: a boiler, a substation of district heating or a heat pump. The gateway only
/// sets <see cref="Release"/> and <see cref="SetpointC"/>; everything else is the source's own regulation.
/// </summary>
public sealed class HeatSource
{
    // Without flow the return pipe cools towards the boiler room.
    private const double IdleReturnS = 7200.0;

    private readonly IHeatSourceParameters parameters;
    private readonly IHeatMaker maker;
    private readonly double plantRoomC;
    private readonly HourlyPeak peak = new();
    private double producedW;
    private double producedJ;
    private double drawnW;
    private double flowWPerK;
    private double heatJ;

    internal HeatSource(IHeatSourceParameters parameters, double plantRoomC, double initialC)
    {
        this.parameters = parameters;
        this.plantRoomC = plantRoomC;
        maker = parameters.Maker();
        FlowTemperatureC = ReturnTemperatureC = initialC;
    }

    /// <summary>Heat demand contact: the source may run only while set.</summary>
    public bool Release { get; set; }

    public double SetpointC { get; set; } = 70.0;

    public double FlowTemperatureC { get; private set; }

    public double ReturnTemperatureC { get; private set; }

    /// <summary>The burner burns, the compressor runs, the substation's valve is open.</summary>
    public bool IsRunning => maker.IsRunning;

    /// <summary>Heat being made over nominal power, 0 when off.</summary>
    public double Modulation => maker.IsRunning ? producedW / parameters.NominalW : 0.0;

    public bool LockedOut { get; internal set; }

    public int Starts => maker.Starts;

    /// <summary>What the school buys for the heat, cumulative: gas on its gross calorific value, heat of the network, or electricity of the heat pump.</summary>
    public double InputKWh => maker.InputJ / EnergyLedger.JoulesPerKWh;

    /// <summary>The same now.</summary>
    public double InputW => maker.InputW;

    /// <summary>Gas, on the gross calorific value; 0 where none is burnt.</summary>
    public double GasKWh => parameters.GasKWhPerM3 > 0.0 ? InputKWh : 0.0;

    public double GasM3 => parameters.GasKWhPerM3 > 0.0 ? InputKWh / parameters.GasKWhPerM3 : 0.0;

    /// <summary>Index of the heat meter behind the source; like EN 1434 meters it does not count backwards.</summary>
    public double HeatKWh => heatJ / EnergyLedger.JoulesPerKWh;

    public double HeatW => Math.Max(0.0, drawnW);

    /// <summary>Heat that the source makes now; of district heating what the network's meter sees.</summary>
    public double PowerW => producedW;

    /// <summary>Mean of the heat made over the last 60 minutes: what a subscribed power is compared with.</summary>
    public double HourlyMeanW => peak.MeanW;

    /// <summary>The highest such mean since the start.</summary>
    public double PeakW => peak.HighestW;

    public double FlowLitresPerHour => flowWPerK / Water.HeatCapacityWhPerLitreK;

    /// <summary>Everything electric about the source: fan, regulation, and the compressor of a heat pump.</summary>
    public double ElectricityKWh => maker.ElectricityJ / EnergyLedger.JoulesPerKWh;

    public double ElectricityW => maker.ElectricityW;

    internal double StoredJ(double referenceC) => parameters.WaterCapacityJPerK * (FlowTemperatureC - referenceC);

    internal double FastestRate(double fullFlowWPerK) =>
        (fullFlowWPerK + parameters.JacketLossWPerK) / parameters.WaterCapacityJPerK + 1.0 / parameters.RegulationS;

    /// <summary>The source decides and makes heat for one step; it reaches the water in <see cref="Settle"/>.</summary>
    internal void Produce(double seconds, double outdoorC, EnergyLedger ledger) => producedW = maker.Make(
        seconds,
        new SourceState(FlowTemperatureC, flowWPerK > 0.0 ? ReturnTemperatureC : FlowTemperatureC, SetpointC, outdoorC, Release, LockedOut),
        ledger);

    /// <summary>The water takes the heat and gives what circuits and jacket drew.</summary>
    internal void Settle(double seconds, in PrimaryFlow circuits, EnergyLedger ledger)
    {
        var jacketW = parameters.JacketLossWPerK * (FlowTemperatureC - plantRoomC);
        FlowTemperatureC += (producedW - circuits.DrawnW - jacketW) * seconds / parameters.WaterCapacityJPerK;
        flowWPerK = circuits.FlowWPerK;
        drawnW = circuits.DrawnW;
        ReturnTemperatureC = flowWPerK > 0.0
            ? circuits.ReturnWeightedW / flowWPerK
            : ReturnTemperatureC + (plantRoomC - ReturnTemperatureC) * seconds / IdleReturnS;
        heatJ += Math.Max(0.0, drawnW) * seconds;
        producedJ += producedW * seconds;
        ledger.PlantHeatJ += drawnW * seconds;
        ledger.JacketJ += jacketW * seconds;
    }

    /// <summary>Called after each whole minute.</summary>
    internal void Minute() => peak.Minute(producedJ);
}

/// <summary>What the circuits together took from the source in one step.</summary>
internal readonly record struct PrimaryFlow(double FlowWPerK, double DrawnW, double ReturnWeightedW);
