using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Whether a window is open: its contact says so; without one, a room that cools faster than its model can explain.
/// A contact knows; a falling temperature only suspects, and is believed for half an hour at most.
/// </summary>
internal static class Windows
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5), Believed = TimeSpan.FromMinutes(30), AtLeast = TimeSpan.FromMinutes(10);

    // Nothing but a new event counts so soon after one: the room is still falling from the last.
    private static readonly TimeSpan Quarantine = TimeSpan.FromMinutes(75);
    private const double Fall = 0.45, FasterThanModel = 0.3, Recovers = 0.1;

    public static WindowMemory Of(Situation now, Zone zone, Reading room, ZoneMemory before)
    {
        var window = Ticked(now, room, before.Window);
        if (zone.Points.Window.Any(p => now.Snapshot.Of(p).IsReliable)) return ByContact(now, zone, window);
        if (window.Seen == WindowSeen.ByContact) window = Shut(window);
        if (!room.IsReliable) return Shut(window);
        return window.Tick == now.At ? ByTemperature(now, zone, window, before.Estimate) : window;
    }

    // What is not believed leaves the last temperature standing that was, or it would be believed the next time.
    private static WindowMemory Ticked(Situation now, Reading room, WindowMemory window)
    {
        if (!room.IsReliable) return window with { FiveBefore = double.NaN, TenBefore = double.NaN };
        if (now.Since(window.Tick) < FiveMinutes) return window;

        // After a gap the old temperatures are of another time.
        return now.Since(window.Tick) < 2 * FiveMinutes
            ? window with { Tick = now.At, Room = room.Value, FiveBefore = window.Room, TenBefore = window.FiveBefore }
            : window with { Tick = now.At, Room = room.Value, FiveBefore = double.NaN, TenBefore = double.NaN };
    }

    private static WindowMemory ByContact(Situation now, Zone zone, WindowMemory before) =>
        !now.Snapshot.Any(zone.Points.Window) ? Shut(before)
        : before.Seen == WindowSeen.ByContact ? before
        : before with { OpenSince = now.At, Seen = WindowSeen.ByContact };

    private static WindowMemory ByTemperature(Situation now, Zone zone, WindowMemory window, ZoneEstimate estimate)
    {
        if (window.IsOpen)
        {
            var open = now.Since(window.OpenSince);
            var recovers = open >= AtLeast && window.Room - window.FiveBefore >= Recovers;
            return recovers || open >= Believed ? Shut(window) : window;
        }

        var fall = window.TenBefore - window.Room;
        var isSudden = fall >= Fall && fall >= FasterThanModel + Explained(now, zone, window.TenBefore, estimate);
        return isSudden && now.Since(window.SuspectedFrom) >= Quarantine
            ? window with { OpenSince = now.At, Seen = WindowSeen.ByFallingTemperature, PausedFrom = now.At, SuspectedFrom = now.At }
            : window;
    }

    // Free cooling of the air over ten minutes as the model has it: radiators that have just been shut let a room fall quickly too.
    private static double Explained(Situation now, Zone zone, double room, ZoneEstimate estimate)
    {
        var model = now.ModelOf(zone);
        var rate = model.AirToFast * (room - estimate.Fast(room)) + model.AirToOutdoor * (room - now.Weather.Now.Degrees);
        return Math.Max(0, rate / 6);
    }

    private static WindowMemory Shut(WindowMemory window) => window with { OpenSince = DateTimeOffset.MaxValue, Seen = WindowSeen.Not };
}
