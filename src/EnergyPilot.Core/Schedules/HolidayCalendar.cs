using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EnergyPilot.Core.Schedules;

/// <summary>Days without lessons. Beyond <paramref name="SchoolKnownUntil"/> nobody has published them yet: those days count as school days, because a heated empty school costs money and a cold full one costs trust.</summary>
/// <param name="Holidays">In order of their first day.</param>
/// <param name="SchoolKnownUntil">Last day for which school holidays are known.</param>
/// <param name="PublicKnownUntil">Last day for which public holidays are known.</param>
public sealed record HolidayCalendar(ImmutableArray<Holiday> Holidays, DateOnly SchoolKnownUntil, DateOnly PublicKnownUntil)
{
    /// <summary>The files that it was read from.</summary>
    public ImmutableArray<HolidaySource> Sources { get; init; } = [];

    public static readonly HolidayCalendar None = new([], DateOnly.MaxValue, DateOnly.MaxValue);

    // Worked out once. A changed copy of a calendar takes the field along, but not its contents.
    private WorkedOut? workedOut;

    /// <summary>The holiday that this day falls in, public before school; null on a school day.</summary>
    public Holiday? On(DateOnly day)
    {
        if (workedOut is not { } known || known.Source != Holidays) workedOut = known = new WorkedOut(Holidays);
        return known.ByDay.GetValueOrDefault(day);
    }

    private sealed class WorkedOut(ImmutableArray<Holiday> holidays)
    {
        public ImmutableArray<Holiday> Source => holidays;

        public FrozenDictionary<DateOnly, Holiday> ByDay { get; } = Days(holidays);

        private static FrozenDictionary<DateOnly, Holiday> Days(ImmutableArray<Holiday> holidays)
        {
            var days = new Dictionary<DateOnly, Holiday>();
            foreach (var holiday in holidays.OrderBy(h => h.Kind))
                for (var day = holiday.First; day <= holiday.Last; day = day.AddDays(1))
                    days[day] = holiday;
            return days.ToFrozenDictionary();
        }
    }
}

/// <summary>One holiday, both days included.</summary>
public sealed record Holiday(DateOnly First, DateOnly Last, HolidayKind Kind, string Name);

/// <summary>Whether only the school rests, or everybody.</summary>
public enum HolidayKind { School, Public }
