namespace EnergyPilot.Simulation.Physics;

/// <summary>The compressor of a heat pump: electricity and heat of the outdoor air become heat of the water.</summary>
internal sealed class Compressor(HeatPumpParameters parameters) : IHeatMaker
{
    // Its own limiter stands this far above the warmest set-point.
    private const double LimiterAboveK = 5.0;

    private readonly RunCycle cycle = new(new Thresholds(
        parameters.OnBelowK, parameters.OffAboveK, parameters.MinimumOn.TotalSeconds, parameters.MinimumOff.TotalSeconds, parameters.HighestSupplyC + LimiterAboveK));
    private readonly PowerRegulation regulation = new(parameters);

    public bool IsRunning => cycle.IsOn;

    public int Starts => cycle.Starts;

    public double InputJ { get; private set; }

    public double InputW { get; private set; }

    public double ElectricityJ { get; private set; }

    public double ElectricityW => InputW + parameters.StandbyW;

    public double Make(double seconds, in SourceState state, EnergyLedger ledger)
    {
        var possible = state with { SetpointC = Math.Min(state.SetpointC, parameters.HighestSupplyC) };
        if (cycle.Decide(seconds, possible))
            LoseStart(ledger);
        var mostW = Math.Max(parameters.MinimumW, parameters.CapacityW(state.OutdoorC));
        var heatW = IsRunning ? regulation.PowerW(seconds, possible.SetpointC - state.FlowC, parameters.MinimumW, mostW) : 0.0;
        InputW = heatW / parameters.Cop(state.FlowC, state.OutdoorC);
        var electricJ = InputW * seconds;
        InputJ += electricJ;
        ElectricityJ += ElectricityW * seconds;
        ledger.ElectricJ += electricJ;
        ledger.AmbientJ += heatW * seconds - electricJ;
        return heatW;
    }

    private void LoseStart(EnergyLedger ledger)
    {
        regulation.Restart(parameters.MinimumW);
        var lostJ = parameters.StartLossWh * 3600.0;
        InputJ += lostJ;
        ElectricityJ += lostJ;
        ledger.ElectricJ += lostJ;
        ledger.FlueJ += lostJ;
    }
}
