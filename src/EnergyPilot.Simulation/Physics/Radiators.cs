namespace EnergyPilot.Simulation.Physics;

/// <summary>One radiator per zone as two water-and-steel nodes in series.</summary>
internal sealed class Radiators : IWaterEmitter
{
    // EN 442: the nominal point is 75 °C in, 65 °C out, 20 °C room.
    private const double NominalFlowC = 75.0;
    private const double NominalReturnC = 65.0;
    private const double NominalRoomC = 20.0;
    private const double NominalDrop = NominalFlowC - NominalReturnC;

    private readonly RadiatorParameters parameters;
    private readonly ZoneValves valves;
    private readonly double[] firstC;
    private readonly double[] secondC;
    private readonly double[] nodeCapacityJPerK;
    private readonly double[] emissionWPerKn;
    private readonly double[] nominalFlowWPerK;
    private readonly double[] heatJ;

    public Radiators(SchoolParameters school, ZoneValves valves)
    {
        (parameters, this.valves) = (school.Radiators, valves);
        var count = school.Zones.Count;
        var nodeFactor = NodeFactor(parameters.Exponent);
        (firstC, secondC, heatJ) = (new double[count], new double[count], new double[count]);
        (nodeCapacityJPerK, emissionWPerKn, nominalFlowWPerK) = (new double[count], new double[count], new double[count]);
        for (var zone = 0; zone < count; zone++)
        {
            var nominalW = school.Circuits[school.Zones[zone].Circuit].Emitter == Core.Sites.Emitter.Radiators ? school.Zones[zone].RadiatorNominalW : 0.0;
            nodeCapacityJPerK[zone] = 0.5 * parameters.CapacityJPerKPerKilowatt * nominalW / 1000.0;
            emissionWPerKn[zone] = nodeFactor * nominalW;
            nominalFlowWPerK[zone] = nominalW / NominalDrop;
            firstC[zone] = secondC[zone] = school.InitialTemperatureC;
        }
    }

    public double NominalDropK => NominalDrop;

    public ReadOnlySpan<double> FirstC => firstC;

    public ReadOnlySpan<double> SecondC => secondC;

    public bool IsFitted(int zone) => nodeCapacityJPerK[zone] > 0.0;

    public double ReturnC(int zone, double inletC) => secondC[zone];

    public double FlowWPerK(int zone) => valves.Opening(zone) * nominalFlowWPerK[zone];

    public double HeatJ(int zone) => heatJ[zone];

    public double StoredJ(double referenceC)
    {
        var stored = 0.0;
        for (var zone = 0; zone < firstC.Length; zone++)
            stored += nodeCapacityJPerK[zone] * (firstC[zone] + secondC[zone] - 2.0 * referenceC);
        return stored;
    }

    /// <summary>Fastest relative change of a node, 1/s, at full flow and 65 K above the room.</summary>
    public double FastestRate()
    {
        var fastest = 0.0;
        for (var zone = 0; zone < firstC.Length; zone++)
        {
            var slope = emissionWPerKn[zone] * parameters.Exponent * Math.Pow(65.0, parameters.Exponent - 1.0);
            if (nodeCapacityJPerK[zone] > 0.0)
                fastest = Math.Max(fastest, (nominalFlowWPerK[zone] + slope) / nodeCapacityJPerK[zone]);
        }
        return fastest;
    }

    public void Step(int zone, double seconds, double flowWPerK, double inletC, Rooms rooms)
    {
        if (nodeCapacityJPerK[zone] <= 0.0)
            return;
        var roomC = rooms.AirC[zone];
        var firstW = Emission(zone, firstC[zone] - roomC);
        var secondW = Emission(zone, secondC[zone] - roomC);
        var perNode = seconds / nodeCapacityJPerK[zone];
        var passedW = flowWPerK * (firstC[zone] - secondC[zone]);
        firstC[zone] += (flowWPerK * (inletC - firstC[zone]) - firstW) * perNode;
        secondC[zone] += (passedW - secondW) * perNode;
        heatJ[zone] += (firstW + secondW) * seconds;
        rooms.HeatByEmitter(zone, firstW + secondW, parameters.RadiativeShare);
    }

    /// <summary>
    /// W/K^n of one node per nominal watt, such that two well-mixed nodes in series, fed with 75 °C, emit the nominal
    /// power at exactly 65 °C return into 20 °C. Balances of both nodes at the nominal flow give the first node's temperature.
    /// </summary>
    private static double NodeFactor(double exponent)
    {
        var (low, high) = (NominalReturnC, NominalFlowC);
        for (var i = 0; i < 60; i++)
        {
            var first = 0.5 * (low + high);
            var emissionRatio = Math.Pow((first - NominalRoomC) / (NominalReturnC - NominalRoomC), exponent);
            if (emissionRatio * (first - NominalReturnC) < NominalFlowC - first)
                low = first;
            else
                high = first;
        }
        return (low - NominalReturnC) / NominalDrop / Math.Pow(NominalReturnC - NominalRoomC, exponent);
    }

    private double Emission(int zone, double excessK) =>
        emissionWPerKn[zone] * excessK * Math.Pow(Math.Abs(excessK), parameters.Exponent - 1.0);
}
