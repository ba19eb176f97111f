using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>What other calendars make of a day.</summary>
public enum DayFate { DayOff, SchoolDay }

/// <summary>Days in a row that other calendars would make days off, or school days again.</summary>
/// <param name="First">The first day on which somebody usually comes.</param>
/// <param name="Last">The last one, included.</param>
/// <param name="Days">How many days on which somebody usually comes; the weekends between are not counted.</param>
/// <param name="Becomes">What they become.</param>
/// <param name="Holiday">The holiday that they get, or that they were.</param>
public sealed record HolidayChange(DateOnly First, DateOnly Last, int Days, DayFate Becomes, Holiday Holiday)
{
    /// <summary>What changes for a school with other calendars between two days, both included, in order. Days on which nobody comes anyway change nothing.</summary>
    public static ImmutableArray<HolidayChange> Between(Site before, HolidayCalendar after, DateOnly first, DateOnly last)
    {
        var changed = before with { Calendar = after };
        List<HolidayChange> found = [];
        var isInRow = false;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (before.Zones.All(z => z.Programme.On(day.DayOfWeek).Intervals.IsEmpty)) continue;
            var change = (Rest(before, day), Rest(changed, day)) switch
            {
                (null, { } holiday) => new HolidayChange(day, day, 1, DayFate.DayOff, holiday),
                ({ } holiday, null) => new HolidayChange(day, day, 1, DayFate.SchoolDay, holiday),
                _ => null,
            };
            if (change is not null && isInRow && found[^1].Becomes == change.Becomes && found[^1].Holiday == change.Holiday) found[^1] = found[^1] with { Last = day, Days = found[^1].Days + 1 };
            else if (change is not null) found.Add(change);
            isInRow = change is not null;
        }

        return [.. found];
    }

    // What empties the programme of any zone that is used on such a weekday.
    private static Holiday? Rest(Site site, DateOnly day) =>
        site.Zones.Where(z => !z.Programme.On(day.DayOfWeek).Intervals.IsEmpty).Select(z => DayHours.Rests(site, z.Programme, day)).FirstOrDefault(h => h is not null);
}
