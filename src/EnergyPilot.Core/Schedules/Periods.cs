using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>Works out, from a week programme and the calendar, whether a zone is in use at an instant, and if not, for how long it is empty.</summary>
public static class Periods
{
    // Nothing is planned further than this: a use that lies more than a year off is none.
    private const int FarthestDays = 400;

    public static Period At(Site site, WeekProgramme programme, DateTimeOffset at)
    {
        var now = new Place(DateOnly.FromDateTime(site.Local(at)), at);
        foreach (var stretch in Stretches(site, programme, now.Day))
        {
            if (at < stretch.From || at >= stretch.To) continue;
            return stretch.Mode == Mode.Comfort
                ? new Period(stretch.From, stretch.To, Mode.Comfort, PeriodCause.InUse, stretch.From, stretch.From, "")
                : Named(site, programme, now, stretch);
        }

        return Empty(site, programme, now);
    }

    private static Period Named(Site site, WeekProgramme programme, Place now, Stretch stretch) => new(
        stretch.From, stretch.To, stretch.Mode, PeriodCause.Programme,
        LastEnd(site, programme, now, UseOnly).At, NextStart(site, programme, now, UseOnly).At, "");

    private static Period Empty(Site site, WeekProgramme programme, Place now)
    {
        var (lastUse, lastDay) = LastEnd(site, programme, now, UseOnly);
        var (nextUse, nextDay) = NextStart(site, programme, now, UseOnly);
        var (from, until) = (LastEnd(site, programme, now, AnyMode).At, NextStart(site, programme, now, AnyMode).At);
        if (IsFarthest(now, lastDay) || IsFarthest(now, nextDay)) (from, until) = WithinDay(site, now.Day, from, until);
        var absence = nextUse - lastUse;
        if (absence <= site.Control.ShortBreak)
            return new Period(from, until, Mode.Comfort, PeriodCause.Break, lastUse, nextUse, "");

        var mode = absence >= site.Control.LongAbsence ? Mode.Absence : Mode.Reduced;
        var holiday = HolidayBetween(site, programme, lastDay, nextDay);
        var cause = holiday is not null ? PeriodCause.Holiday : mode == Mode.Absence ? PeriodCause.LongAbsence : PeriodCause.Empty;
        return new Period(from, until, mode, cause, lastUse, nextUse, holiday?.Name ?? "");
    }

    private static bool IsFarthest(Place now, DateOnly day) => Math.Abs(day.DayNumber - now.Day.DayNumber) == FarthestDays;

    // The horizon moves on every day: a period that ends there holds for its day only, or the zone would warm up for a use that never comes.
    private static (DateTimeOffset From, DateTimeOffset Until) WithinDay(Site site, DateOnly day, DateTimeOffset from, DateTimeOffset until)
    {
        var (midnight, next) = (Instant(site, day, TimeSpan.Zero), Instant(site, day.AddDays(1), TimeSpan.Zero));
        return (from > midnight ? from : midnight, until < next ? until : next);
    }

    // Only a holiday that takes lessons away explains an absence: Sunday's does not.
    private static Holiday? HolidayBetween(Site site, WeekProgramme programme, DateOnly last, DateOnly next)
    {
        for (var day = last; day <= next; day = day.AddDays(1))
            if (programme.On(day.DayOfWeek).Intervals.Any(i => i.Mode == Mode.Comfort) && Rests(site, programme, day) is { } holiday)
                return holiday;
        return null;
    }

    private static (DateTimeOffset At, DateOnly Day) LastEnd(Site site, WeekProgramme programme, Place now, Func<Stretch, bool> counts)
    {
        for (var day = now.Day; day > now.Day.AddDays(-FarthestDays); day = day.AddDays(-1))
            foreach (var stretch in Stretches(site, programme, day).Reverse())
                if (counts(stretch) && stretch.To <= now.At)
                    return (stretch.To, day);

        return (Instant(site, now.Day.AddDays(-FarthestDays), TimeSpan.Zero), now.Day.AddDays(-FarthestDays));
    }

    private static (DateTimeOffset At, DateOnly Day) NextStart(Site site, WeekProgramme programme, Place now, Func<Stretch, bool> counts)
    {
        for (var day = now.Day; day < now.Day.AddDays(FarthestDays); day = day.AddDays(1))
            foreach (var stretch in Stretches(site, programme, day))
                if (counts(stretch) && stretch.From > now.At)
                    return (stretch.From, day);

        return (Instant(site, now.Day.AddDays(FarthestDays), TimeSpan.Zero), now.Day.AddDays(FarthestDays));
    }

    // What the spring change swallows whole is not a use.
    private static IEnumerable<Stretch> Stretches(Site site, WeekProgramme programme, DateOnly day) => Rests(site, programme, day) is not null
        ? []
        : programme.On(day.DayOfWeek).Intervals
            .Select(i => new Stretch(Instant(site, day, i.From), Instant(site, day, i.To), i.Mode))
            .Where(s => s.From < s.To);

    private static Holiday? Rests(Site site, WeekProgramme programme, DateOnly day) => site.Calendar.On(day) switch
    {
        { Kind: HolidayKind.School } when programme.OnHolidays == HolidayUse.AsUsual => null,
        var holiday => holiday,
    };

    // In spring every time that the clocks skip is the instant of the change, so that hours never end before they begin.
    private static DateTimeOffset Instant(Site site, DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        while (site.TimeZone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return site.Instant(local);
    }

    private static bool UseOnly(Stretch stretch) => stretch.Mode == Mode.Comfort;

    private static bool AnyMode(Stretch stretch) => true;

    private readonly record struct Place(DateOnly Day, DateTimeOffset At);

    /// <summary>Hours of one day as instants, because in two nights of the year the clocks show a time twice or never.</summary>
    private readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, Mode Mode);
}
