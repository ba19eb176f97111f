using System.Globalization;

namespace EnergyPilot.Core.Energy;

/// <summary>How long a period of an account is.</summary>
public enum PeriodLength { Day, Week, Month, Year }

/// <summary>A day, an ISO week (Monday to Sunday), a month or a calendar year on the school's clocks.</summary>
/// <param name="Length">Which of them.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day, included.</param>
public sealed record EnergyPeriod(PeriodLength Length, DateOnly First, DateOnly Last)
{
    /// <summary>Years beyond these are nobody's history.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1), Latest = new(2199, 12, 31);

    /// <summary>The period of this length that a day falls in; a day outside the known years is brought into them.</summary>
    public static EnergyPeriod Of(PeriodLength length, DateOnly day)
    {
        if (day < Earliest) day = Earliest;
        if (day > Latest) day = Latest;
        switch (length)
        {
            case PeriodLength.Week:
                var monday = day.AddDays(-((int)day.DayOfWeek + 6) % 7);
                return new(length, monday, monday.AddDays(6));
            case PeriodLength.Month:
                var first = new DateOnly(day.Year, day.Month, 1);
                return new(length, first, first.AddMonths(1).AddDays(-1));
            case PeriodLength.Year:
                return new(length, new DateOnly(day.Year, 1, 1), new DateOnly(day.Year, 12, 31));
            default:
                return new(PeriodLength.Day, day, day);
        }
    }

    public EnergyPeriod Previous => Of(Length, First.AddDays(-1));

    public EnergyPeriod Next => Of(Length, Last.AddDays(1));

    /// <summary>
    /// The same period of the year before. A day is compared with the same day of the week, 52 weeks before, because schools live by weeks;
    /// an ISO week with the week of the same number, the 53rd with the 52nd where that year has none.
    /// </summary>
    public EnergyPeriod LastYear => Length switch
    {
        PeriodLength.Day => Of(Length, First.AddDays(-364)),
        PeriodLength.Week => Of(Length, WeekBefore()),
        _ => Of(Length, First.AddYears(-1)),
    };

    /// <summary>ISO 8601 number of the week of its first day.</summary>
    public int Week => ISOWeek.GetWeekOfYear(First.ToDateTime(TimeOnly.MinValue));

    public IEnumerable<DateOnly> Days => Enumerable.Range(First.DayNumber, Last.DayNumber - First.DayNumber + 1).Select(DateOnly.FromDayNumber);

    /// <summary>The place of a day within the period, the same for days of two periods that are compared; a 29 February has no counterpart in most years.</summary>
    internal int Place(DateOnly day) => Length == PeriodLength.Year ? 100 * day.Month + day.Day : day.DayNumber - First.DayNumber;

    private DateOnly WeekBefore()
    {
        var year = ISOWeek.GetYear(First.ToDateTime(TimeOnly.MinValue)) - 1;
        return DateOnly.FromDateTime(ISOWeek.ToDateTime(year, Math.Min(Week, ISOWeek.GetWeeksInYear(year)), DayOfWeek.Monday));
    }
}
