using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>Where a new exception meets one that stands already: the same zone, the same day, the same hours.</summary>
/// <param name="Other">What stands there.</param>
/// <param name="Day">The first day on which they meet.</param>
/// <param name="Zones">The zones that both want.</param>
public sealed record UseClash(Occasion Other, DateOnly Day, ImmutableArray<ZoneId> Zones)
{
    private const int Most = 20;

    /// <summary>At most twenty, the soonest first.</summary>
    public static ImmutableArray<UseClash> Of(Site site, Occasion use, IEnumerable<Occasion> standing)
    {
        var found = ImmutableArray.CreateBuilder<UseClash>();
        foreach (var other in standing)
        {
            var shared = Shared(site, use, other);
            if (shared.IsEmpty || !use.HoursOfDay.Any(h => other.HoursOfDay.Any(o => h.From < o.To && o.From < h.To))) continue;
            if (Meeting(site, use, other) is { } day) found.Add(new UseClash(other, day, shared));
        }

        return [.. found.OrderBy(c => c.Day).Take(Most)];
    }

    private static ImmutableArray<ZoneId> Shared(Site site, Occasion use, Occasion other) =>
        [.. site.Zones.Select(z => z.Id).Where(z => (use.Zones.IsEmpty || use.Zones.Contains(z)) && (other.Zones.IsEmpty || other.Zones.Contains(z)))];

    private static DateOnly? Meeting(Site site, Occasion use, Occasion other)
    {
        var last = use.Last < other.Last ? use.Last : other.Last;
        for (var day = use.First > other.First ? use.First : other.First; day <= last; day = day.AddDays(1))
            if (use.IsOn(day, site.Calendar) && other.IsOn(day, site.Calendar)) return day;
        return null;
    }
}
