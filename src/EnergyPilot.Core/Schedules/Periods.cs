using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Schedules;

/// <summary>Works out, from a zone's week programme, the calendar and the exceptions, whether it is in use at an instant, and if not, for how long it is empty.</summary>
public static class Periods
{
    // Nothing is planned further than this: a use that lies more than a year off is none.
    private const int FarthestDays = 400;

    public static Period At(Site site, Zone zone, DateTimeOffset at)
    {
        var now = new Place(site, zone, DateOnly.FromDateTime(site.Local(at)), at);
        foreach (var stretch in now.Stretches(now.Day))
        {
            if (at < stretch.From || at >= stretch.To) continue;
            return stretch.Mode == Mode.Comfort ? InUse(stretch, site) : Named(now, stretch);
        }

        return Empty(now);
    }

    private static Period InUse(Stretch stretch, Site site) => new(
        stretch.From, stretch.To, Mode.Comfort, stretch.By is null ? PeriodCause.InUse : PeriodCause.Event, stretch.From, stretch.From, "")
    {
        Occasion = stretch.By, UseSetpoint = Wished(stretch, site),
    };

    private static Period Named(Place now, Stretch stretch)
    {
        var next = NextStart(now, UseOnly);
        return new Period(stretch.From, stretch.To, stretch.Mode, PeriodCause.Programme, LastEnd(now, UseOnly).At, next.At, "") { UseSetpoint = Wished(next.Use, now.Site) };
    }

    private static Period Empty(Place now)
    {
        var (lastUse, lastDay) = LastEnd(now, UseOnly);
        var (nextUse, nextDay, next) = NextStart(now, UseOnly);
        var (from, until) = (LastEnd(now, AnyMode).At, NextStart(now, AnyMode).At);
        if (IsFarthest(now, lastDay) || IsFarthest(now, nextDay)) (from, until) = WithinDay(now, from, until);
        var absence = nextUse - lastUse;
        if (absence <= now.Site.Control.ShortBreak)
            return new Period(from, until, Mode.Comfort, PeriodCause.Break, lastUse, nextUse, "") { UseSetpoint = Wished(next, now.Site) };

        var mode = absence >= now.Site.Control.LongAbsence ? Mode.Absence : Mode.Reduced;
        var (holiday, closed) = TakenBetween(now, (lastUse, lastDay), (nextUse, nextDay));
        var cause = holiday is not null ? PeriodCause.Holiday : closed is not null ? PeriodCause.Closed : mode == Mode.Absence ? PeriodCause.LongAbsence : PeriodCause.Empty;
        return new Period(from, until, mode, cause, lastUse, nextUse, holiday?.Name ?? "") { Occasion = closed, UseSetpoint = Wished(next, now.Site) };
    }

    // Whoever added the exception, a page or a file: nobody may set a zone warmer or colder than the site allows.
    private static Celsius? Wished(Stretch use, Site site) =>
        use.By?.Setpoint is { } wish && double.IsFinite(wish.Degrees) ? wish.Within(site.Control.LowestSetpoint, site.Control.HighestSetpoint) : null;

    private static bool IsFarthest(Place now, DateOnly day) => Math.Abs(day.DayNumber - now.Day.DayNumber) == FarthestDays;

    // The horizon moves on every day: a period that ends there holds for its day only, or the zone would warm up for a use that never comes.
    private static (DateTimeOffset From, DateTimeOffset Until) WithinDay(Place now, DateTimeOffset from, DateTimeOffset until)
    {
        var (midnight, next) = (now.Midnight(0), now.Midnight(1));
        return (from > midnight ? from : midnight, until < next ? until : next);
    }

    // Only what takes lessons away explains an absence: a holiday on a Sunday does not.
    private static (Holiday? Holiday, Occasion? Closed) TakenBetween(Place now, (DateTimeOffset At, DateOnly Day) last, (DateTimeOffset At, DateOnly Day) next)
    {
        for (var day = last.Day; day <= next.Day; day = day.AddDays(1))
            if (DayHours.Taken(now.Site, now.Zone, day, last.At, next.At) is var taken && taken != (null, null)) return taken;
        return (null, null);
    }

    private static (DateTimeOffset At, DateOnly Day) LastEnd(Place now, Func<Stretch, bool> counts)
    {
        for (var day = now.Day; day > now.Day.AddDays(-FarthestDays); day = day.AddDays(-1))
            foreach (var stretch in now.Stretches(day).Reverse())
                if (counts(stretch) && stretch.To <= now.At)
                    return (stretch.To, day);

        return (now.Midnight(-FarthestDays), now.Day.AddDays(-FarthestDays));
    }

    private static (DateTimeOffset At, DateOnly Day, Stretch Use) NextStart(Place now, Func<Stretch, bool> counts)
    {
        for (var day = now.Day; day < now.Day.AddDays(FarthestDays); day = day.AddDays(1))
            foreach (var stretch in now.Stretches(day))
                if (counts(stretch) && stretch.From > now.At)
                    return (stretch.From, day, stretch);

        return (now.Midnight(FarthestDays), now.Day.AddDays(FarthestDays), default);
    }

    private static bool UseOnly(Stretch stretch) => stretch.Mode == Mode.Comfort;

    private static bool AnyMode(Stretch stretch) => true;

    private readonly record struct Place(Site Site, Zone Zone, DateOnly Day, DateTimeOffset At)
    {
        public ImmutableArray<Stretch> Stretches(DateOnly day) => DayHours.Of(Site, Zone, day);

        public DateTimeOffset Midnight(int daysOn) => DayHours.At(Site, Day.AddDays(daysOn), TimeSpan.Zero);
    }
}
