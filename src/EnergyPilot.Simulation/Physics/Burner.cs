namespace EnergyPilot.Simulation.Physics;

/// <summary>The burner of a modulating condensing gas boiler.</summary>
internal sealed class Burner(BoilerParameters parameters) : IHeatMaker
{
    private readonly RunCycle cycle = new(new Thresholds(
        parameters.OnBelowK, parameters.OffAboveK, parameters.MinimumOn.TotalSeconds, parameters.MinimumOff.TotalSeconds, parameters.LimitC));
    private readonly PowerRegulation regulation = new(parameters);

    public bool IsRunning => cycle.IsOn;

    public int Starts => cycle.Starts;

    public double InputJ { get; private set; }

    public double InputW { get; private set; }

    public double ElectricityJ { get; private set; }

    public double ElectricityW => parameters.StandbyW + (IsRunning ? parameters.FanW : 0.0);

    public double Make(double seconds, in SourceState state, EnergyLedger ledger)
    {
        if (cycle.Decide(seconds, state))
            LoseStart(ledger);
        var burnerW = IsRunning ? regulation.PowerW(seconds, state.SetpointC - state.FlowC, parameters.MinimumW, parameters.NominalW) : 0.0;
        InputW = burnerW / BoilerParameters.Efficiency(state.BackC);
        var fuelJ = InputW * seconds;
        InputJ += fuelJ;
        ledger.FuelJ += fuelJ;
        ledger.FlueJ += fuelJ - burnerW * seconds;
        ElectricityJ += ElectricityW * seconds;
        return burnerW;
    }

    private void LoseStart(EnergyLedger ledger)
    {
        regulation.Restart(parameters.MinimumW);
        var lostJ = parameters.StartLossWh * 3600.0;
        InputJ += lostJ;
        ledger.FuelJ += lostJ;
        ledger.FlueJ += lostJ;
    }
}
