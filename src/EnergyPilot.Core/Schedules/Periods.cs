using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>Works out, from a week programme and the calendar, whether a zone is in use at an instant, and if not, for how long it is empty.</summary>
public static class Periods
{
    // Nothing is planned further than this: longer than the summer holidays, short enough to count.
    private const int FarthestDays = 120;

    public static Period At(Site site, WeekProgramme programme, DateTimeOffset at)
    {
        var local = site.Local(at);
        var now = new Place(DateOnly.FromDateTime(local), local.TimeOfDay);
        foreach (var interval in Intervals(site, programme, now.Day))
        {
            if (now.Time < interval.From || now.Time >= interval.To) continue;
            return interval.Mode == Mode.Comfort
                ? InUse(site, now.Day, interval)
                : Named(site, programme, now, interval);
        }

        return Empty(site, programme, now);
    }

    private static Period InUse(Site site, DateOnly day, Interval interval)
    {
        var from = Instant(site, day, interval.From);
        return new Period(from, Instant(site, day, interval.To), Mode.Comfort, PeriodCause.InUse, from, from, "");
    }

    private static Period Named(Site site, WeekProgramme programme, Place now, Interval interval) => new(
        Instant(site, now.Day, interval.From), Instant(site, now.Day, interval.To), interval.Mode, PeriodCause.Programme,
        LastEnd(site, programme, now, UseOnly).At, NextStart(site, programme, now, UseOnly).At, "");

    private static Period Empty(Site site, WeekProgramme programme, Place now)
    {
        var (lastUse, lastDay) = LastEnd(site, programme, now, UseOnly);
        var (nextUse, nextDay) = NextStart(site, programme, now, UseOnly);
        var from = LastEnd(site, programme, now, AnyMode).At;
        var until = NextStart(site, programme, now, AnyMode).At;
        var absence = nextUse - lastUse;
        if (absence <= site.Control.ShortBreak)
            return new Period(from, until, Mode.Comfort, PeriodCause.Break, lastUse, nextUse, "");

        var mode = absence >= site.Control.LongAbsence ? Mode.Absence : Mode.Reduced;
        var holiday = HolidayBetween(site, programme, lastDay, nextDay);
        var cause = holiday is not null ? PeriodCause.Holiday : mode == Mode.Absence ? PeriodCause.LongAbsence : PeriodCause.Empty;
        return new Period(from, until, mode, cause, lastUse, nextUse, holiday?.Name ?? "");
    }

    // Only a holiday that takes lessons away explains an absence: Sunday's does not.
    private static Holiday? HolidayBetween(Site site, WeekProgramme programme, DateOnly last, DateOnly next)
    {
        for (var day = last; day <= next; day = day.AddDays(1))
            if (programme.On(day.DayOfWeek).Intervals.Any(i => i.Mode == Mode.Comfort) && Rests(site, programme, day) is { } holiday)
                return holiday;
        return null;
    }

    private static (DateTimeOffset At, DateOnly Day) LastEnd(Site site, WeekProgramme programme, Place now, Func<Interval, bool> counts)
    {
        for (var back = 0; back <= FarthestDays; back++)
        {
            var day = now.Day.AddDays(-back);
            var intervals = Intervals(site, programme, day);
            for (var i = intervals.Length - 1; i >= 0; i--)
                if (counts(intervals[i]) && (back > 0 || intervals[i].To <= now.Time))
                    return (Instant(site, day, intervals[i].To), day);
        }

        return (Instant(site, now.Day.AddDays(-FarthestDays), TimeSpan.Zero), now.Day.AddDays(-FarthestDays));
    }

    private static (DateTimeOffset At, DateOnly Day) NextStart(Site site, WeekProgramme programme, Place now, Func<Interval, bool> counts)
    {
        for (var ahead = 0; ahead <= FarthestDays; ahead++)
        {
            var day = now.Day.AddDays(ahead);
            foreach (var interval in Intervals(site, programme, day))
                if (counts(interval) && (ahead > 0 || interval.From > now.Time))
                    return (Instant(site, day, interval.From), day);
        }

        return (Instant(site, now.Day.AddDays(FarthestDays), TimeSpan.Zero), now.Day.AddDays(FarthestDays));
    }

    private static ImmutableArray<Interval> Intervals(Site site, WeekProgramme programme, DateOnly day) =>
        Rests(site, programme, day) is null ? programme.On(day.DayOfWeek).Intervals : [];

    private static Holiday? Rests(Site site, WeekProgramme programme, DateOnly day) => site.Calendar.On(day) switch
    {
        { Kind: HolidayKind.School } when programme.OnHolidays == HolidayUse.AsUsual => null,
        var holiday => holiday,
    };

    private static DateTimeOffset Instant(Site site, DateOnly day, TimeSpan time) =>
        site.Instant(day.ToDateTime(TimeOnly.MinValue) + time);

    private static bool UseOnly(Interval interval) => interval.Mode == Mode.Comfort;

    private static bool AnyMode(Interval interval) => true;

    private readonly record struct Place(DateOnly Day, TimeSpan Time);
}
