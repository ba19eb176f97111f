using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Schedules;

/// <summary>What exceptions say of hours in which nobody is there.</summary>
internal static class Occasions
{
    /// <summary>How warm the closed days that fall on an instant keep a zone: the most specific of those that say so; null where none does.</summary>
    public static Celsius? RestSetpoint(Site site, Zone zone, DateTimeOffset at)
    {
        if (!HasAny(site)) return null;
        var day = DateOnly.FromDateTime(site.Local(at));
        Occasion? found = null;
        foreach (var occasion in site.Exceptions)
            if (Says(occasion) && occasion.FallsOn(day, zone.Id, site.Calendar) && (found is null || occasion.Rank.CompareTo(found.Rank) >= 0)) found = occasion;
        return found?.Setpoint is { } wish ? Celsius.Max(wish.Within(site.Control.LowestSetpoint, site.Control.HighestSetpoint), zone.Setpoints.Frost) : null;
    }

    /// <summary>Whether any closed day of a site says how warm it is kept.</summary>
    public static bool HasAny(Site site)
    {
        foreach (var occasion in site.Exceptions)
            if (Says(occasion)) return true;
        return false;
    }

    private static bool Says(Occasion occasion) => occasion is { Kind: OccasionKind.Closed, Setpoint: { } wish } && double.IsFinite(wish.Degrees);
}
