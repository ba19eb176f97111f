using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Keeps what stands still from sticking: on Monday at ten each pump that has not run for a week runs for a minute, and at noon of the same day
/// each zone valve that has not moved for a week is driven once to its other end, one after another, while no heat is made.
/// </summary>
internal static class Exercise
{
    private static readonly TimeSpan Still = TimeSpan.FromDays(7), PumpTime = TimeSpan.FromHours(10), ValveTime = TimeSpan.FromHours(12);
    private static readonly TimeSpan PumpRun = TimeSpan.FromMinutes(1), ValveStroke = TimeSpan.FromMinutes(5);

    /// <summary>Whether this pump's weekly minute is now.</summary>
    public static bool IsPumpTurn(Situation now, CircuitMemory memory) => IsTurn(now, PumpTime, PumpRun) && now.Since(memory.LastDemand) >= Still;

    /// <summary>Whether this zone's valve shall move now, although nothing asks for it.</summary>
    public static bool IsValveTurn(Situation now, ZoneStep step)
    {
        var index = now.Site.Zones.IndexOf(step.Zone);
        return (now.Memory.Boiler.Released <= 0 || now.Site.Boiler.Release.IsEmpty) && step.Demand.Heat.Value <= 0
            && IsTurn(now, ValveTime + index * ValveStroke, ValveStroke)
            && (now.Since(step.Loop.ValveSince) >= Still || (step.Loop.Valve > 0 && now.Since(step.Loop.ValveSince) < ValveStroke));
    }

    private static bool IsTurn(Situation now, TimeSpan from, TimeSpan length)
    {
        var local = now.Site.Local(now.At);
        return local.DayOfWeek == DayOfWeek.Monday && local.TimeOfDay >= from && local.TimeOfDay < from + length;
    }
}
