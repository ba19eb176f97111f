using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Schedules;

/// <summary>Weeks and calendars as no school would write them: any hours on a grid of 15 min, all modes, nights in two parts.</summary>
internal static class RandomProgramme
{
    private const int Quarters = 96;

    public static WeekProgramme Of(Random chance) => new(
        "any", [.. Enumerable.Range(0, 7).Select(_ => new DayPlan(chance.Next(4) == 0 ? [] : Day(chance)))], chance.Next(2) == 0 ? HolidayUse.Empty : HolidayUse.AsUsual);

    /// <summary>Holidays of up to ten weeks around this day; some overlap, some are public.</summary>
    public static HolidayCalendar Calendar(Random chance, DateOnly around)
    {
        var holidays = Enumerable.Range(0, chance.Next(5)).Select(i =>
        {
            var first = around.AddDays(chance.Next(-200, 200));
            return new Holiday(first, first.AddDays(chance.Next(3) == 0 ? 0 : chance.Next(70)), chance.Next(2) == 0 ? HolidayKind.School : HolidayKind.Public, $"holiday {i}");
        });
        return new HolidayCalendar([.. holidays.OrderBy(h => h.First)], DateOnly.MaxValue, DateOnly.MaxValue);
    }

    /// <summary>Events, lettings and closures around this day; most are of this zone.</summary>
    public static ImmutableArray<Occasion> Exceptions(Random chance, DateOnly around, ZoneId zone) => [.. Enumerable.Range(0, chance.Next(5)).Select(i =>
    {
        var first = around.AddDays(chance.Next(-20, 20));
        return new Occasion(Enum.GetValues<OccasionKind>()[chance.Next(3)], first, first.AddDays(chance.Next(3) == 0 ? chance.Next(60) : 0))
        {
            Rhythm = chance.Next(3) == 0 ? Rhythm.EveryWeek : Rhythm.EveryDay, OnHolidays = chance.Next(2) == 0 ? HolidayUse.Empty : HolidayUse.AsUsual, Note = $"exception {i}",
            Hours = chance.Next(4) == 0 ? [] : Day(chance), Zones = chance.Next(4) == 0 ? [new ZoneId("gym")] : chance.Next(2) == 0 ? [zone] : [],
            Setpoint = chance.Next(3) == 0 ? new(chance.Next(5, 23)) : null,
        };
    })];

    private static ImmutableArray<Interval> Day(Random chance)
    {
        var times = Enumerable.Range(0, 2 * chance.Next(1, 4)).Select(_ => chance.Next(Quarters + 1)).Distinct().Order().ToArray();
        return [.. times.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new Interval(Clock(pair[0]), Clock(pair[1]), AnyMode(chance)))];
    }

    private static Mode AnyMode(Random chance) => chance.Next(2) == 0 ? Mode.Comfort : Enum.GetValues<Mode>()[chance.Next(4)];

    private static TimeSpan Clock(int quarters) => TimeSpan.FromMinutes(15 * quarters);
}
