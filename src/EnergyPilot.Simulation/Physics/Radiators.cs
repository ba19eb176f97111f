namespace EnergyPilot.Simulation.Physics;

/// <summary>One radiator per zone as two water-and-steel nodes in series, with its zone valve.</summary>
internal sealed class Radiators
{
    // EN 442: the nominal point is 75 °C in, 65 °C out, 20 °C room.
    private const double NominalFlowC = 75.0;
    private const double NominalReturnC = 65.0;
    private const double NominalRoomC = 20.0;
    public const double NominalDropK = NominalFlowC - NominalReturnC;

    private readonly RadiatorParameters parameters;
    private readonly double[] firstC;
    private readonly double[] secondC;
    private readonly double[] nodeCapacityJPerK;
    private readonly double[] emissionWPerKn;
    private readonly double[] nominalFlowWPerK;
    private readonly double[] position;
    private readonly double[] heatJ;

    public Radiators(SchoolParameters school)
    {
        parameters = school.Radiators;
        var count = school.Zones.Count;
        var nodeFactor = NodeFactor(parameters.Exponent);
        (firstC, secondC, position, heatJ) = (new double[count], new double[count], new double[count], new double[count]);
        (nodeCapacityJPerK, emissionWPerKn, nominalFlowWPerK) = (new double[count], new double[count], new double[count]);
        Command = new double[count];
        Stuck = new bool[count];
        for (var zone = 0; zone < count; zone++)
        {
            var nominalW = school.Zones[zone].RadiatorNominalW;
            nodeCapacityJPerK[zone] = 0.5 * parameters.CapacityJPerKPerKilowatt * nominalW / 1000.0;
            emissionWPerKn[zone] = nodeFactor * nominalW;
            nominalFlowWPerK[zone] = nominalW / NominalDropK;
            firstC[zone] = secondC[zone] = school.InitialTemperatureC;
        }
    }

    public double[] Command { get; }

    public bool[] Stuck { get; }

    public ReadOnlySpan<double> Position => position;

    public ReadOnlySpan<double> FirstC => firstC;

    public ReadOnlySpan<double> SecondC => secondC;

    public double ReturnC(int zone) => secondC[zone];

    public double FlowWPerK(int zone) => position[zone] * nominalFlowWPerK[zone];

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

    public void MoveValves(double seconds)
    {
        var reach = seconds / parameters.ValveStroke.TotalSeconds;
        for (var zone = 0; zone < position.Length; zone++)
            if (!Stuck[zone])
                position[zone] += Math.Clamp(Math.Clamp(Command[zone], 0.0, 1.0) - position[zone], -reach, reach);
    }

    /// <summary>Water of <paramref name="inletC"/> flows through the zone's radiator; its emission is booked into the room.</summary>
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
        rooms.HeatByRadiator(zone, firstW + secondW, parameters.RadiativeShare);
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
        return (low - NominalReturnC) / NominalDropK / Math.Pow(NominalReturnC - NominalRoomC, exponent);
    }

    private double Emission(int zone, double excessK) =>
        emissionWPerKn[zone] * excessK * Math.Pow(Math.Abs(excessK), parameters.Exponent - 1.0);
}
