namespace EnergyPilot.Simulation.Physics;

/// <summary>A heating circuit: pump, pipes and, if mixed, its three-way valve. Zone flows are independent of each other.</summary>
public sealed class Circuit
{
    private readonly CircuitParameters parameters;
    private readonly double plantRoomC;
    private readonly int[] zones;
    private readonly IWaterEmitter emitter;
    private double flowWPerK;
    private double powerW;
    private double heatJ;
    private double pumpJ;

    internal Circuit(CircuitParameters parameters, SchoolParameters school, IWaterEmitter emitter, int index)
    {
        this.parameters = parameters;
        this.emitter = emitter;
        plantRoomC = school.PlantRoomTemperatureC;
        zones = parameters.Emitter == Core.Sites.Emitter.Electric ? [] : [.. Enumerable.Range(0, school.Zones.Count).Where(zone => school.Zones[zone].Circuit == index)];
        SupplyTemperatureC = ReturnTemperatureC = school.InitialTemperatureC;
        MixingPosition = parameters.Kind == CircuitKind.Direct ? 1.0 : 0.0;
    }

    public string Name => parameters.Name;

    public bool PumpOn { get; set; }

    /// <summary>0 recirculates, 1 takes boiler water only; a direct circuit has no valve and ignores it.</summary>
    public double MixingCommand { get; set; }

    public double MixingPosition { get; private set; }

    /// <summary>Temperature of the supply pipe at the manifold.</summary>
    public double SupplyTemperatureC { get; private set; }

    /// <summary>Mixed return of the zones; the last one while nothing flows.</summary>
    public double ReturnTemperatureC { get; private set; }

    public double FlowLitresPerHour => flowWPerK / Water.HeatCapacityWhPerLitreK;

    public double HeatW => Math.Max(0.0, powerW);

    /// <summary>Index of the circuit's heat meter; it does not count backwards.</summary>
    public double HeatKWh => heatJ / EnergyLedger.JoulesPerKWh;

    public double PumpElectricityKWh => pumpJ / EnergyLedger.JoulesPerKWh;

    internal double StoredJ(double referenceC) => parameters.PipeCapacityJPerK * (SupplyTemperatureC - referenceC);

    internal double FastestRate(SchoolParameters school) =>
        (FullFlowWPerK(school) + parameters.PipeLossWPerK) / parameters.PipeCapacityJPerK;

    internal double FullFlowWPerK(SchoolParameters school) => zones.Sum(zone => school.Zones[zone].RadiatorNominalW) / emitter.NominalDropK;

    /// <summary>
    /// One step: mixes the supply, fills pipe and emitters from the temperatures at the step's start, and says what the
    /// source has to give: m·flow·(boiler - return), which is also what pipe and emitters receive together.
    /// </summary>
    internal PrimaryFlow Step(double seconds, double boilerC, Rooms rooms, EnergyLedger ledger)
    {
        if (parameters.Emitter == Core.Sites.Emitter.Electric)
            return default;
        MoveMixingValve(seconds);
        MeasureReturn();
        var mixedC = MixingPosition * boilerC + (1.0 - MixingPosition) * ReturnTemperatureC;
        var pipeLossW = parameters.PipeLossWPerK * (SupplyTemperatureC - plantRoomC);
        foreach (var zone in zones)
            emitter.Step(zone, seconds, PumpOn ? emitter.FlowWPerK(zone) : 0.0, SupplyTemperatureC, rooms);
        SupplyTemperatureC += (flowWPerK * (mixedC - SupplyTemperatureC) - pipeLossW) * seconds / parameters.PipeCapacityJPerK;
        var primaryWPerK = MixingPosition * flowWPerK;
        powerW = primaryWPerK * (boilerC - ReturnTemperatureC);
        Count(seconds, pipeLossW, ledger);
        return new PrimaryFlow(primaryWPerK, powerW, primaryWPerK * ReturnTemperatureC);
    }

    private void MoveMixingValve(double seconds)
    {
        if (parameters.Kind == CircuitKind.Direct)
            return;
        var reach = seconds / parameters.MixingStroke.TotalSeconds;
        MixingPosition += Math.Clamp(Math.Clamp(MixingCommand, 0.0, 1.0) - MixingPosition, -reach, reach);
    }

    private void MeasureReturn()
    {
        var (flow, weighted) = (0.0, 0.0);
        if (PumpOn)
            foreach (var zone in zones)
            {
                var zoneFlow = emitter.FlowWPerK(zone);
                flow += zoneFlow;
                weighted += zoneFlow * emitter.ReturnC(zone, SupplyTemperatureC);
            }
        flowWPerK = flow;
        if (flow > 0.0)
            ReturnTemperatureC = weighted / flow;
    }

    private void Count(double seconds, double pipeLossW, EnergyLedger ledger)
    {
        heatJ += Math.Max(0.0, powerW) * seconds;
        pumpJ += PumpOn ? parameters.PumpW * seconds : 0.0;
        ledger.PipeJ += pipeLossW * seconds;
    }
}
