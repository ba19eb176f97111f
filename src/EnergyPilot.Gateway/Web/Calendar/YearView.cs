using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>A school year from September to August: what each of its days is.</summary>
internal sealed record YearView(int Year, ImmutableArray<DateOnly> Months, IReadOnlyDictionary<DateOnly, DayView> Days, ImmutableArray<Holiday> Holidays)
{
    private const int FirstMonth = 9;

    // Calendars of schools do not reach further, and nobody needs the year 1.
    private const int Earliest = 2015, Latest = 2098;

    /// <summary>The school year that a day is in, by the year in which it begins.</summary>
    public static int YearOf(DateOnly day) => day.Month >= FirstMonth ? day.Year : day.Year - 1;

    public DateOnly First => Months[0];

    public DateOnly Last => Months[^1].AddMonths(1).AddDays(-1);

    public static YearView Of(Site site, int year)
    {
        year = Math.Clamp(year, Earliest, Latest);
        ImmutableArray<DateOnly> months = [.. Enumerable.Range(0, 12).Select(i => new DateOnly(year, FirstMonth, 1).AddMonths(i))];
        var (first, last) = (months[0], months[^1].AddMonths(1).AddDays(-1));
        var uses = UsesByDay(site, first, last);
        var days = new Dictionary<DateOnly, DayView>();
        for (var day = first; day <= last; day = day.AddDays(1))
            if (new DayView(site.Calendar.On(day), uses.TryGetValue(day, out var on) ? [.. on] : []) is var view && (view.Holiday is not null || !view.Uses.IsEmpty)) days[day] = view;
        return new YearView(year, months, days, [.. site.Calendar.Holidays.Where(h => h.First <= last && h.Last >= first)]);
    }

    private static Dictionary<DateOnly, List<Occasion>> UsesByDay(Site site, DateOnly first, DateOnly last)
    {
        var uses = new Dictionary<DateOnly, List<Occasion>>();
        foreach (var use in site.Exceptions)
            foreach (var day in OccasionSeries.DaysOf(use, site.Calendar))
            {
                if (day < first || day > last) continue;
                if (!uses.TryGetValue(day, out var on)) uses[day] = on = [];
                on.Add(use);
            }

        return uses;
    }
}

/// <summary>A day of it.</summary>
internal sealed record DayView(Holiday? Holiday, ImmutableArray<Occasion> Uses)
{
    public bool IsClosed => Uses.Any(u => u.Kind == OccasionKind.Closed);

    public bool HasEvent => Uses.Any(u => u.Kind != OccasionKind.Closed);
}
