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

    /// <summary>Its air, as judged now.</summary>
    public AirMemory Air { get; private init; } = AirMemory.None;

    /// <summary>The floor that its humidity asks for [°C]; not-a-number where nobody ever measured it.</summary>
    public double MouldFloor { get; private init; } = double.NaN;

    /// <summary>Whether windows were shut just now: what was expected before of the next use no longer holds.</summary>
    public bool HasJustAired { get; private init; }

    /// <summary>What is believed of its masses; after airing its air is what the sensor says.</summary>
    public ZoneState StateOr(double room) => HasJustAired && Room.IsReliable ? Estimate.StateOr(room) with { Air = Room.Value } : Estimate.StateOr(room);

    public static ZoneSense Of(Situation now, Zone zone, int index)
    {
        var before = now.Memory.Of(zone.Id);
        var room = Plausibility.Judged(now, now.Snapshot.MeanAir(zone.Points.Temperature), before.Window);
        var window = Windows.Of(now, zone, room, before);
        var presence = Presence.Of(now, zone, before.Presence);
        var (estimate, closed) = Estimation.Of(now, zone, room, before with { Window = window, Presence = presence });
        var air = Control.Air.Of(now, zone, room, window, presence, before.Air);
        var sense = new ZoneSense(zone, before, room, window, presence, estimate, closed, before.Start)
        {
            Slot = index % 60, Air = air, MouldFloor = Mould.Floor(now, zone, room, before.MouldFloor),
            HasJustAired = (before.Air.IsAiring && !air.IsAiring) || (before.Window.Seen == WindowSeen.ByContact && !window.IsOpen),
        };
        return sense with { Start = WarmUps.Expected(now, sense) };
    }
}
