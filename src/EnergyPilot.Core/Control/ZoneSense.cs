using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>What one cycle knows of a zone before it decides anything.</summary>
/// <param name="Before">What the last cycle left.</param>
/// <param name="Room">What its sensors say.</param>
/// <param name="Closed">The quarter of an hour that has just ended, if one has.</param>
/// <param name="Start">Its next warm-up, as expected now.</param>
internal sealed record ZoneSense(
    Zone Zone, ZoneMemory Before, Reading Room, WindowMemory Window, Presence Presence, ZoneEstimate Estimate, Quarter? Closed, WarmUpMemory Start)
{
    /// <summary>The minute of each hour in which this zone's slow sums are done: not all zones in one cycle.</summary>
    public int Slot { get; private init; }

    public static ZoneSense Of(Situation now, Zone zone, int index)
    {
        var before = now.Memory.Of(zone.Id);
        var room = Plausibility.Judged(now, now.Snapshot.MeanAir(zone.Points.Temperature), before.Window);
        var window = Windows.Of(now, zone, room, before);
        var presence = Presence.Of(now, zone, before.Presence);
        var (estimate, closed) = Estimation.Of(now, zone, room, before with { Window = window, Presence = presence });
        return new ZoneSense(zone, before, room, window, presence, estimate, closed, WarmUps.Expected(now, zone, room, before.Start, estimate)) { Slot = index % 60 };
    }
}
