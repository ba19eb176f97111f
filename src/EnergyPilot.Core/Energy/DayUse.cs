using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Energy;

/// <summary>What an hour of the school was for. Every instant is exactly one of them.</summary>
public enum Occupied
{
    /// <summary>At least one zone is in use, by programme, calendar and exceptions.</summary>
    InUse,

    /// <summary>Nobody is there on a day that is neither weekend nor holiday: nights, a free Wednesday; also the early morning in which rooms warm up.</summary>
    Night,

    /// <summary>Nobody is there on a Saturday or Sunday outside holidays.</summary>
    Weekend,

    /// <summary>Nobody is there on a school or public holiday, weekends within them included, or on a day on which the whole school is shut.</summary>
    Holiday,
}

/// <summary>How a day of the school is used, hour by hour.</summary>
/// <param name="Empty">What its hours are while nobody is there.</param>
/// <param name="InUse">The share of each hour in which at least one zone is in use.</param>
public sealed record DayUse(Occupied Empty, double[] InUse)
{
    /// <summary>A day of lessons: neither weekend nor holiday, and somebody comes. An event on a Saturday makes none.</summary>
    public bool IsSchoolDay => Empty == Occupied.Night && Array.Exists(InUse, share => share > 0);

    public static DayUse Of(Site site, LocalDay day)
    {
        var inUse = new bool[(int)Math.Ceiling((day.End - day.Start).TotalMinutes)];
        foreach (var zone in site.Zones)
            foreach (var stretch in DayHours.Of(site, zone, day.Day))
                if (stretch.Mode == Mode.Comfort) inUse.AsSpan(Minutes(day, stretch.From)..Minutes(day, stretch.To)).Fill(true);
        return new DayUse(EmptyOf(site, day.Day), [.. Enumerable.Range(0, day.Count).Select(Share)]);

        double Share(int hour)
        {
            var minutes = inUse.AsSpan(Minutes(day, day.Hour(hour))..Minutes(day, day.Hour(hour + 1)));
            return minutes.IsEmpty ? 0 : (double)minutes.Count(true) / minutes.Length;
        }
    }

    private static int Minutes(LocalDay day, DateTimeOffset at) =>
        (int)Math.Round(((at < day.Start ? day.Start : at > day.End ? day.End : at) - day.Start).TotalMinutes);

    private static Occupied EmptyOf(Site site, DateOnly day) =>
        site.Calendar.On(day) is not null || site.Exceptions.Any(e => e.Kind == OccasionKind.Closed && e.Zones.IsEmpty && e.Hours.IsEmpty && e.IsOn(day, site.Calendar)) ? Occupied.Holiday
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Occupied.Weekend
        : Occupied.Night;
}
