using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Any school with any snapshot, knowledge and past, and what the pilot decided.</summary>
internal sealed record Case(int Seed, Site Site, Snapshot Snapshot, Memory Memory, Decision Decision)
{
    public static Case Of(int seed)
    {
        var chance = new Random(seed);
        var site = RandomSite.Of(chance);
        var at = RandomWorld.At(chance);
        var (snapshot, memory) = (RandomWorld.Snapshot(chance, site, at), RandomWorld.Memory(chance, site, at));
        return new Case(seed, site, snapshot, memory, Pilot.Decide(site, snapshot, memory));
    }

    public DateTimeOffset At => Snapshot.At;

    public IEnumerable<ZoneView> Zones => Views(Site, Decision);

    /// <summary>The same case, somewhat changed and decided anew.</summary>
    public Case But(Snapshot snapshot, Memory memory) => this with { Snapshot = snapshot, Memory = memory, Decision = Pilot.Decide(Site, snapshot, memory) };

    /// <summary>With the readings of some points put in place of its own.</summary>
    public Snapshot Saying(IEnumerable<PointId> points, Func<PointId, double> value) =>
        Snapshot with { Readings = new Dictionary<PointId, Reading>(Snapshot.Readings.Concat(points.Distinct().Select(p => KeyValuePair.Create(p, Reading.Good(value(p), At)))).GroupBy(p => p.Key).Select(g => g.Last())) };

    /// <summary>Zone by zone what was decided.</summary>
    public static IEnumerable<ZoneView> Views(Site site, Decision decision) => site.Zones.Select((zone, i) =>
        new ZoneView(zone, site.Circuits.Single(c => c.Id == zone.Circuit), decision.Targets[i], decision.Demands[i], decision));
}

/// <summary>A zone, and what was decided for it.</summary>
internal sealed record ZoneView(Zone Zone, Circuit Circuit, ZoneTarget Target, ZoneDemand Demand, Decision Decision)
{
    public bool IsFreezing => Demand.Room.IsReliable && Demand.Room.Value < Zone.Setpoints.Frost.Degrees;

    public bool IsElectric => Circuit.Emitter == Emitter.Electric;

    public ZoneMemory Memory => Decision.Memory.Zones[Zone.Id];

    /// <summary>What people there are to have, whatever somebody lowered their target to.</summary>
    public double Comfort(Site site) => Target.Priority == Priority.Schedule ? site.PeriodOf(Zone, Decision.At).ComfortOf(Zone).Degrees : Target.Setpoint.Degrees;
}
