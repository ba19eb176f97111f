using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EnergyPilot.Core.Schedules;

/// <summary>Days without lessons. Beyond <paramref name="SchoolKnownUntil"/> nobody has published them yet: those days count as school days, because a heated empty school costs money and a cold full one costs trust.</summary>
/// <param name="Holidays">In order of their first day.</param>
/// <param name="SchoolKnownUntil">Last day for which school holidays are known.</param>
/// <param name="PublicKnownUntil">Last day for which public holidays are known.</param>
public sealed record HolidayCalendar(ImmutableArray<Holiday> Holidays, DateOnly SchoolKnownUntil, DateOnly PublicKnownUntil)
{
    public static readonly HolidayCalendar None = new([], DateOnly.MaxValue, DateOnly.MaxValue);

    private FrozenDictionary<DateOnly, Holiday>? byDay;

    /// <summary>The holiday that this day falls in, public before school; null on a school day.</summary>
    public Holiday? On(DateOnly day) => (byDay ??= ByDay()).GetValueOrDefault(day);

    private FrozenDictionary<DateOnly, Holiday> ByDay()
    {
        var days = new Dictionary<DateOnly, Holiday>();
        foreach (var holiday in Holidays.OrderBy(h => h.Kind))
            for (var day = holiday.First; day <= holiday.Last; day = day.AddDays(1))
                days[day] = holiday;
        return days.ToFrozenDictionary();
    }
}

/// <summary>One holiday, both days included.</summary>
public sealed record Holiday(DateOnly First, DateOnly Last, HolidayKind Kind, string Name);

/// <summary>Whether only the school rests, or everybody.</summary>
public enum HolidayKind { School, Public }
