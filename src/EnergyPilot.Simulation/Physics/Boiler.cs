namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// The boiler with its water and its own regulation. The gateway only sets <see cref="Release"/> and <see cref="SetpointC"/>;
/// hysteresis, minimum times and the limiter are the boiler's.
/// </summary>
public sealed class Boiler
{
    // The burner's PI regulation: a proportional action that would correct the water in 100 s, and a slower integral one.
    private const double ProportionalS = 100.0;
    private const double IntegralS = 300.0;
    private const double LimiterResetK = 5.0;

    // Without flow the return pipe cools towards the boiler room.
    private const double IdleReturnS = 7200.0;

    private readonly BoilerParameters parameters;
    private readonly double plantRoomC;
    private double secondsSinceSwitch;
    private double integralW;
    private double burnerW;
    private double drawnW;
    private double flowWPerK;
    private double gasJ;
    private double heatJ;
    private double electricityJ;
    private bool overLimit;

    internal Boiler(BoilerParameters parameters, double plantRoomC, double initialC)
    {
        this.parameters = parameters;
        this.plantRoomC = plantRoomC;
        FlowTemperatureC = ReturnTemperatureC = initialC;
        secondsSinceSwitch = parameters.MinimumOff.TotalSeconds;
    }

    /// <summary>Heat demand contact: the burner may run only while set.</summary>
    public bool Release { get; set; }

    public double SetpointC { get; set; } = 70.0;

    public double FlowTemperatureC { get; private set; }

    public double ReturnTemperatureC { get; private set; }

    public bool BurnerOn { get; private set; }

    /// <summary>Burner output over nominal output, 0 when off.</summary>
    public double Modulation => BurnerOn ? burnerW / parameters.NominalW : 0.0;

    public bool LockedOut { get; internal set; }

    public int Starts { get; private set; }

    /// <summary>Cumulative, on the gross calorific value.</summary>
    public double GasKWh => gasJ / EnergyLedger.JoulesPerKWh;

    public double GasM3 => GasKWh / parameters.GasKWhPerM3;

    /// <summary>Index of the heat meter behind the boiler; like EN 1434 meters it does not count backwards.</summary>
    public double HeatKWh => heatJ / EnergyLedger.JoulesPerKWh;

    public double HeatW => Math.Max(0.0, drawnW);

    public double FlowLitresPerHour => flowWPerK / Water.HeatCapacityWhPerLitreK;

    public double ElectricityKWh => electricityJ / EnergyLedger.JoulesPerKWh;

    internal double StoredJ(double referenceC) => parameters.WaterCapacityJPerK * (FlowTemperatureC - referenceC);

    internal double FastestRate(double fullFlowWPerK) => (fullFlowWPerK + parameters.JacketLossWPerK) / parameters.WaterCapacityJPerK + 1.0 / ProportionalS;

    /// <summary>Efficiency on the gross calorific value; condensation begins below a return of 56 °C and is complete at 30 °C.</summary>
    public static double Efficiency(double returnC)
    {
        var x = Math.Clamp((56.0 - returnC) / 26.0, 0.0, 1.0);
        return 0.875 + 0.095 * (3.0 * x * x - 2.0 * x * x * x);
    }

    /// <summary>The burner decides and burns for one step; the heat reaches the water in <see cref="Settle"/>.</summary>
    internal void Burn(double seconds, EnergyLedger ledger)
    {
        secondsSinceSwitch += seconds;
        overLimit = FlowTemperatureC > parameters.LimitC || (overLimit && FlowTemperatureC > parameters.LimitC - LimiterResetK);
        if (BurnerOn && MustStop())
            Stop();
        else if (!BurnerOn && MayStart())
            Start(ledger);
        burnerW = BurnerOn ? Modulate(seconds) : 0.0;
        var fuelJ = burnerW / Efficiency(flowWPerK > 0.0 ? ReturnTemperatureC : FlowTemperatureC) * seconds;
        gasJ += fuelJ;
        ledger.FuelJ += fuelJ;
        ledger.FlueJ += fuelJ - burnerW * seconds;
        electricityJ += (parameters.StandbyW + (BurnerOn ? parameters.FanW : 0.0)) * seconds;
    }

    /// <summary>The water takes the burner's heat and gives what circuits and jacket drew.</summary>
    internal void Settle(double seconds, in PrimaryFlow circuits, EnergyLedger ledger)
    {
        var jacketW = parameters.JacketLossWPerK * (FlowTemperatureC - plantRoomC);
        FlowTemperatureC += (burnerW - circuits.DrawnW - jacketW) * seconds / parameters.WaterCapacityJPerK;
        flowWPerK = circuits.FlowWPerK;
        drawnW = circuits.DrawnW;
        ReturnTemperatureC = flowWPerK > 0.0
            ? circuits.ReturnWeightedW / flowWPerK
            : ReturnTemperatureC + (plantRoomC - ReturnTemperatureC) * seconds / IdleReturnS;
        heatJ += Math.Max(0.0, drawnW) * seconds;
        ledger.PlantHeatJ += drawnW * seconds;
        ledger.JacketJ += jacketW * seconds;
    }

    private bool MustStop() => LockedOut || overLimit
        || (secondsSinceSwitch >= parameters.MinimumOn.TotalSeconds && (!Release || FlowTemperatureC > SetpointC + parameters.OffAboveK));

    private bool MayStart() => Release && !LockedOut && !overLimit
        && secondsSinceSwitch >= parameters.MinimumOff.TotalSeconds && FlowTemperatureC < SetpointC - parameters.OnBelowK;

    private void Start(EnergyLedger ledger)
    {
        (BurnerOn, secondsSinceSwitch) = (true, 0.0);
        Starts++;
        integralW = parameters.MinimumW;
        var lostJ = parameters.StartLossWh * 3600.0;
        gasJ += lostJ;
        ledger.FuelJ += lostJ;
        ledger.FlueJ += lostJ;
    }

    private void Stop() => (BurnerOn, secondsSinceSwitch) = (false, 0.0);

    private double Modulate(double seconds)
    {
        var proportionalW = parameters.WaterCapacityJPerK / ProportionalS * (SetpointC - FlowTemperatureC);
        var wishedW = proportionalW + integralW;
        var possibleW = Math.Clamp(wishedW, parameters.MinimumW, parameters.NominalW);
        // No wind-up: a saturated burner only integrates back into its range.
        if (wishedW == possibleW || (wishedW - possibleW) * proportionalW < 0.0)
            integralW = Math.Clamp(integralW + proportionalW * seconds / IntegralS, 0.0, parameters.NominalW);
        return possibleW;
    }
}

/// <summary>What the circuits together took from the boiler in one step.</summary>
internal readonly record struct PrimaryFlow(double FlowWPerK, double DrawnW, double ReturnWeightedW);
