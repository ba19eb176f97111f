using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>The hours of one zone on one day: its programme, unless a holiday takes it away, with the exceptions laid over it.</summary>
internal static class DayHours
{
    /// <summary>In order, never overlapping, as instants: in two nights of the year the clocks show a time twice or never.</summary>
    public static ImmutableArray<Stretch> Of(Site site, Zone zone, DateOnly day)
    {
        var hours = Rests(site, zone.Programme, day) is null ? [.. zone.Programme.On(day.DayOfWeek).Intervals.Select(i => new Hours(i.From, i.To, i.Mode, null))] : new List<Hours>();
        foreach (var occasion in On(site, zone, day)) Lay(occasion, hours);

        // What the spring change swallows whole is not a use.
        return [.. hours.Select(h => new Stretch(At(site, day, h.From), At(site, day, h.To), h.Mode, h.By)).Where(s => s.From < s.To)];
    }

    /// <summary>The holiday that empties a day of this programme; null when it is an ordinary one.</summary>
    public static Holiday? Rests(Site site, WeekProgramme programme, DateOnly day) => site.Calendar.On(day) switch
    {
        { Kind: HolidayKind.School } when programme.OnHolidays == HolidayUse.AsUsual => null,
        var holiday => holiday,
    };

    /// <summary>What takes a use of the programme away between two instants: a holiday, or a day on which the school is shut.</summary>
    public static (Holiday? Holiday, Occasion? Closed) Taken(Site site, Zone zone, DateOnly day, DateTimeOffset from, DateTimeOffset until)
    {
        foreach (var interval in zone.Programme.On(day.DayOfWeek).Intervals)
        {
            if (interval.Mode != Mode.Comfort || At(site, day, interval.To) <= from || At(site, day, interval.From) >= until) continue;
            if (Rests(site, zone.Programme, day) is { } holiday) return (holiday, null);
            foreach (var occasion in On(site, zone, day).Reverse())
                if (occasion.Kind == OccasionKind.Closed && occasion.HoursOfDay.Any(h => h.From < interval.To && interval.From < h.To)) return (null, occasion);
        }

        return (null, null);
    }

    public static DateTimeOffset At(Site site, DateOnly day, TimeSpan time) => site.Instant(day.ToDateTime(TimeOnly.MinValue) + time);

    // The most specific last, so that it covers the others; the sort keeps the order of the file between equals.
    private static IEnumerable<Occasion> On(Site site, Zone zone, DateOnly day) => site.Exceptions.IsEmpty
        ? []
        : site.Exceptions.Where(e => e.FallsOn(day, zone.Id, site.Calendar)).OrderBy(e => e.Rank);

    private static void Lay(Occasion occasion, List<Hours> hours)
    {
        foreach (var interval in occasion.HoursOfDay)
        {
            List<Hours> left = [.. hours.SelectMany(h => Without(h, interval))];
            if (occasion.Kind != OccasionKind.Closed) left.Add(new Hours(interval.From, interval.To, Mode.Comfort, occasion));
            hours.Clear();
            hours.AddRange(left.OrderBy(h => h.From));
        }
    }

    private static IEnumerable<Hours> Without(Hours hours, Interval cut)
    {
        if (hours.From < cut.From) yield return hours with { To = hours.To < cut.From ? hours.To : cut.From };
        if (hours.To > cut.To) yield return hours with { From = hours.From > cut.To ? hours.From : cut.To };
    }

    private readonly record struct Hours(TimeSpan From, TimeSpan To, Mode Mode, Occasion? By);
}

/// <summary>Hours of one day as instants, and the exception that made them, if one did.</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, Mode Mode, Occasion? By);
