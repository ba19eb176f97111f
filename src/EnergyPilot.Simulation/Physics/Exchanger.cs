namespace EnergyPilot.Simulation.Physics;

/// <summary>The heat exchanger of a substation with its primary valve: heat bought is heat delivered, starting costs nothing.</summary>
internal sealed class Exchanger(DistrictHeatingParameters parameters) : IHeatMaker
{
    private readonly PowerRegulation regulation = new(parameters);

    public bool IsRunning => InputW > 0.0;

    public int Starts { get; private set; }

    public double InputJ { get; private set; }

    public double InputW { get; private set; }

    public double ElectricityJ { get; private set; }

    public double ElectricityW => parameters.StandbyW;

    public double Make(double seconds, in SourceState state, EnergyLedger ledger)
    {
        var wasRunning = IsRunning;
        if (state.Release && !state.LockedOut && state.FlowC < parameters.LimitC)
        {
            InputW = regulation.PowerW(seconds, state.SetpointC - state.FlowC, 0.0, parameters.NominalW);
        }
        else
        {
            InputW = 0.0;
            regulation.Restart(0.0);
        }
        if (IsRunning && !wasRunning)
            Starts++;
        InputJ += InputW * seconds;
        ledger.NetworkJ += InputW * seconds;
        ElectricityJ += ElectricityW * seconds;
        return InputW;
    }
}
