namespace EnergyPilot.Simulation.Physics;

/// <summary>Electric panels or convectors: what they draw becomes heat of the room with a short delay.</summary>
internal sealed class Panels
{
    // The metal of a convector, between some minutes for a fan heater and a quarter of an hour for a panel.
    private const double DelayS = 300.0;

    private readonly ZoneValves relays;
    private readonly int[] zones;
    private readonly double[] nominalW;
    private readonly double[] storedJ;
    private readonly double[] heatJ;
    private readonly double radiativeShare;

    public Panels(SchoolParameters school, ZoneValves relays)
    {
        this.relays = relays;
        radiativeShare = school.Radiators.RadiativeShare;
        zones = [.. Enumerable.Range(0, school.Zones.Count).Where(zone => school.Circuits[school.Zones[zone].Circuit].Emitter == Core.Sites.Emitter.Electric)];
        nominalW = [.. school.Zones.Select(zone => zone.RadiatorNominalW)];
        (storedJ, heatJ) = (new double[nominalW.Length], new double[nominalW.Length]);
    }

    public double PowerW { get; private set; }

    public double ElectricityJ { get; private set; }

    public double StoredJ
    {
        get
        {
            var stored = 0.0;
            foreach (var zone in zones)
                stored += storedJ[zone];
            return stored;
        }
    }

    public double FastestRate() => zones.Length > 0 ? 1.0 / DelayS : 0.0;

    public double HeatJ(int zone) => heatJ[zone];

    public void Step(double seconds, Rooms rooms, EnergyLedger ledger)
    {
        PowerW = 0.0;
        foreach (var zone in zones)
        {
            var drawnW = relays.Opening(zone) * nominalW[zone];
            var emissionW = storedJ[zone] / DelayS;
            storedJ[zone] += (drawnW - emissionW) * seconds;
            heatJ[zone] += emissionW * seconds;
            rooms.HeatByEmitter(zone, emissionW, radiativeShare);
            PowerW += drawnW;
        }
        ElectricityJ += PowerW * seconds;
        ledger.ElectricJ += PowerW * seconds;
    }
}
