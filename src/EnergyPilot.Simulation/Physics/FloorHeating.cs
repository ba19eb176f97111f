namespace EnergyPilot.Simulation.Physics;

/// <summary>One heated screed per zone: water to slab along the pipe, slab to room by the characteristic of EN 1264-2.</summary>
internal sealed class FloorHeating : IWaterEmitter
{
    // Our nominal point: 40 °C in, 35 °C out, 20 °C room.
    private const double NominalFlowC = 40.0;
    private const double NominalRoomC = 20.0;
    private const double NominalDrop = 5.0;

    // EN 1264-2, basic characteristic: q = 8.92·(floor - room)^1.1 W/m².
    private const double CharacteristicWPerM2 = 8.92;
    private const double Exponent = 1.1;

    /// <summary>What a floor of 29 °C gives, the limit of EN 1264 where people stay.</summary>
    public const double MostWPerM2 = 100.0;

    // Half to the room's surfaces: of 10.8 W/m²K (EN 1264-5) some 5.5 are radiation.
    private const double RadiativeShare = 0.5;

    private readonly ZoneValves valves;
    private readonly double[] slabC;
    private readonly double[] capacityJPerK;
    private readonly double[] emissionWPerKn;
    private readonly double[] pipeWPerK;
    private readonly double[] nominalFlowWPerK;
    private readonly double[] heatJ;

    public FloorHeating(SchoolParameters school, ZoneValves valves)
    {
        this.valves = valves;
        var count = school.Zones.Count;
        (slabC, capacityJPerK, emissionWPerKn) = (new double[count], new double[count], new double[count]);
        (pipeWPerK, nominalFlowWPerK, heatJ) = (new double[count], new double[count], new double[count]);
        slabC.AsSpan().Fill(school.InitialTemperatureC);
        for (var zone = 0; zone < count; zone++)
            if (school.Circuits[school.Zones[zone].Circuit].Emitter == Core.Sites.Emitter.Floor && school.Zones[zone].RadiatorNominalW > 0.0)
                Lay(zone, school.Zones[zone], school.FloorCapacityJPerM2K);
    }

    public double NominalDropK => NominalDrop;

    public double StoredJ(double referenceC)
    {
        var stored = 0.0;
        for (var zone = 0; zone < slabC.Length; zone++)
            stored += capacityJPerK[zone] * (slabC[zone] - referenceC);
        return stored;
    }

    /// <summary>Fastest relative change of a slab, 1/s, 65 K above the room.</summary>
    public double FastestRate()
    {
        var fastest = 0.0;
        for (var zone = 0; zone < slabC.Length; zone++)
            if (capacityJPerK[zone] > 0.0)
                fastest = Math.Max(fastest, (pipeWPerK[zone] + emissionWPerKn[zone] * Exponent * Math.Pow(65.0, Exponent - 1.0)) / capacityJPerK[zone]);
        return fastest;
    }

    public double HeatJ(int zone) => heatJ[zone];

    public double SlabC(int zone) => slabC[zone];

    public double FlowWPerK(int zone) => valves.Opening(zone) * nominalFlowWPerK[zone];

    /// <summary>The slab is a wall of one temperature along the pipe: the water approaches it exponentially.</summary>
    public double ReturnC(int zone, double inletC)
    {
        var flow = FlowWPerK(zone);
        return flow > 0.0 ? slabC[zone] + (inletC - slabC[zone]) * Math.Exp(-pipeWPerK[zone] / flow) : slabC[zone];
    }

    public void Step(int zone, double seconds, double flowWPerK, double inletC, Rooms rooms)
    {
        if (capacityJPerK[zone] <= 0.0)
            return;
        var waterW = flowWPerK > 0.0 ? flowWPerK * (inletC - ReturnC(zone, inletC)) : 0.0;
        var excessK = slabC[zone] - rooms.AirC[zone];
        var emissionW = emissionWPerKn[zone] * excessK * Math.Pow(Math.Abs(excessK), Exponent - 1.0);
        slabC[zone] += (waterW - emissionW) * seconds / capacityJPerK[zone];
        heatJ[zone] += emissionW * seconds;
        rooms.HeatByEmitter(zone, emissionW, RadiativeShare);
    }

    /// <summary>The pipe is as long as the nominal point needs: in it the slab emits the nominal power, and the water gives it.</summary>
    private void Lay(int zone, ZoneParameters facts, double capacityJPerM2K)
    {
        capacityJPerK[zone] = capacityJPerM2K * facts.FloorAreaM2;
        emissionWPerKn[zone] = CharacteristicWPerM2 * facts.FloorAreaM2;
        nominalFlowWPerK[zone] = facts.RadiatorNominalW / NominalDrop;
        var nominalSlabC = NominalRoomC + Math.Pow(facts.RadiatorNominalW / emissionWPerKn[zone], 1.0 / Exponent);
        pipeWPerK[zone] = -Math.Log(1.0 - NominalDrop / (NominalFlowC - nominalSlabC)) * nominalFlowWPerK[zone];
    }
}
