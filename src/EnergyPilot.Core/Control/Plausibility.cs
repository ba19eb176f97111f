using EnergyPilot.Core.Points;

namespace EnergyPilot.Core.Control;

/// <summary>What the air of a room cannot do: change by more than five kelvins in ten minutes.</summary>
internal static class Plausibility
{
    private const double MostInTenMinutes = 5;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public static Reading Judged(Situation now, Reading room, WindowMemory window)
    {
        if (!room.IsReliable || now.Since(window.Tick) > Remembered) return room;
        var before = double.IsFinite(window.TenBefore) ? window.TenBefore : double.IsFinite(window.FiveBefore) ? window.FiveBefore : window.Room;
        return Math.Abs(room.Value - before) > MostInTenMinutes ? room with { Reliability = Reliability.UnreliableOther } : room;
    }
}
