using System.Collections.Immutable;

namespace EnergyPilot.Core.Schedules;

/// <summary>
/// Days of the same use written with few exceptions: weekly where they come every week, from–to where they follow one another, else one by one.
/// A weekly exception may rest on holidays, so that a series that leaves them out stays one.
/// </summary>
public static class OccasionSeries
{
    // Two Mondays are two dates; three are a habit.
    private const int FewestWeeks = 3, LongestDays = 800;

    /// <summary>Exceptions that hold on exactly these days, but for public holidays within a weekly one: there it rests always.</summary>
    /// <param name="use">What takes place, with its hours; its own days are not looked at.</param>
    /// <param name="days">When; in any order.</param>
    /// <param name="calendar">The school's holidays.</param>
    public static ImmutableArray<Occasion> Of(Occasion use, IEnumerable<DateOnly> days, HolidayCalendar calendar)
    {
        var sorted = days.Distinct().Order().ToList();
        var weekly = Weekly(use, sorted, calendar);
        var inARow = Runs(use, sorted);
        return inARow.Length < weekly.Length ? inARow : weekly;
    }

    /// <summary>The days on which an exception holds.</summary>
    public static IEnumerable<DateOnly> DaysOf(Occasion use, HolidayCalendar calendar)
    {
        for (var day = use.First; day <= use.Last; day = day.AddDays(1))
            if (use.IsOn(day, calendar)) yield return day;
    }

    private static ImmutableArray<Occasion> Runs(Occasion use, List<DateOnly> days)
    {
        var runs = ImmutableArray.CreateBuilder<Occasion>();
        foreach (var day in days)
            if (runs.Count > 0 && runs[^1].Last.AddDays(1) == day) runs[^1] = runs[^1] with { Last = day };
            else runs.Add(use with { First = day, Last = day, Rhythm = Rhythm.EveryDay });
        return runs.ToImmutable();
    }

    private static ImmutableArray<Occasion> Weekly(Occasion use, List<DateOnly> days, HolidayCalendar calendar)
    {
        var (series, single) = (ImmutableArray.CreateBuilder<Occasion>(), new List<DateOnly>());
        foreach (var weekday in days.GroupBy(d => d.DayOfWeek))
            foreach (var run in Regular([.. weekday], calendar))
            {
                if (run.Count < FewestWeeks) single.AddRange(run);
                else series.Add(use with { First = run[0], Last = run[^1], Rhythm = Rhythm.EveryWeek, OnHolidays = run.Any(d => IsSchoolHoliday(d, calendar)) ? HolidayUse.AsUsual : HolidayUse.Empty });
            }

        return [.. series.OrderBy(o => o.First), .. Runs(use, [.. single.Order()])];
    }

    // A gap is none where a weekly exception rests by itself; one that holds in school holidays rests on public ones only.
    private static IEnumerable<List<DateOnly>> Regular(List<DateOnly> days, HolidayCalendar calendar)
    {
        var run = new List<DateOnly>();
        foreach (var day in days)
        {
            if (run.Count > 0 && !(day.DayNumber - run[0].DayNumber <= LongestDays && GoesOn(run, day, calendar)))
            {
                yield return run;
                run = [];
            }

            run.Add(day);
        }

        if (run.Count > 0) yield return run;
    }

    private static bool GoesOn(List<DateOnly> run, DateOnly day, HolidayCalendar calendar)
    {
        var inHolidays = IsSchoolHoliday(day, calendar) || run.Any(d => IsSchoolHoliday(d, calendar));
        for (var between = run[0].AddDays(7); between < day; between = between.AddDays(7))
            if (!run.Contains(between) && !(calendar.On(between) is { } holiday && (holiday.Kind == HolidayKind.Public || !inHolidays))) return false;
        return true;
    }

    private static bool IsSchoolHoliday(DateOnly day, HolidayCalendar calendar) => calendar.On(day) is { Kind: HolidayKind.School };
}
