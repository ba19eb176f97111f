using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// When heat would start for a use that lies days or weeks ahead, on what a zone has learned: the room is left as the use before it ends, cools down in
/// weather as cold as given, and starts as late as its model allows, never before the earliest start. What it cannot know (weather then, sun, windows) it leaves out.
/// </summary>
/// <param name="At">The instant; the use itself where the room is still warm, or where nobody may heat before.</param>
/// <param name="IsWarmAnyway">Whether the room is still warm from the use before.</param>
public readonly record struct UseStart(DateTimeOffset At, bool IsWarmAnyway)
{
    // After so long a room is as cold as it may get; looking further back costs time and changes nothing.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static UseStart Of(Site site, Zone zone, DateTimeOffset use, Knowledge known, Celsius outdoor)
    {
        var before = site.PeriodOf(zone, use.AddSeconds(-1));
        if (before.Mode == Mode.Comfort || site.Circuits.FirstOrDefault(c => c.Id == zone.Circuit) is not { } circuit) return new(use, true);
        var gap = use - before.LastUse < Longest ? use - before.LastUse : Longest;
        var (begin, comfort) = (use - gap, site.PeriodOf(zone, use).ComfortOf(zone));
        var model = known.Zones.TryGetValue(zone.Id, out var learned) ? learned.Model : ZoneModel.Prior;
        var warm = zone.Setpoints.Comfort.Degrees;
        var ahead = new HeatingAhead(
            model, new ZoneState(warm, warm, warm), _ => new ZoneDrive { Outdoor = outdoor.Degrees }, hours => before.RestOf(zone, site, begin.AddHours(hours)).Degrees,
            WarmUps.Supply(site, circuit, outdoor, comfort).Degrees, comfort.Degrees, Estimation.Response(circuit.Emitter));
        var (needed, earliest) = (begin + Arrivals.Start(ahead, _ => outdoor.Degrees, gap), WarmUps.Earliest(site, zone, use));
        return new(needed < earliest ? earliest : needed, needed >= use);
    }
}
