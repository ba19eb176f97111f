using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Schedules;

/// <summary>
/// A dated exception from the programme: an event, a letting, days on which the school is shut. Where several hold for a zone
/// at the same time, the most specific wins: one that names zones beats one for all, a single date beats a weekly series,
/// hours beat whole days, the later first day beats the earlier, and what was written later beats what stood before.
/// </summary>
/// <param name="Kind">Whether it brings people or sends them home.</param>
/// <param name="First">Its first day, in the school's local time; of a weekly one also its day of the week.</param>
/// <param name="Last">Its last day, included.</param>
public sealed record Occasion(OccasionKind Kind, DateOnly First, DateOnly Last)
{
    public Rhythm Rhythm { get; init; } = Rhythm.EveryDay;

    /// <summary>The hours of each of its days, in order, never overlapping; none for whole days.</summary>
    public ImmutableArray<Interval> Hours { get; init; } = [];

    /// <summary>Where; none for the whole school.</summary>
    public ImmutableArray<ZoneId> Zones { get; init; } = [];

    /// <summary>
    /// How warm the zones shall be; without it as warm as they usually are in use. On closed days: how warm they are kept although nobody comes,
    /// also where a holiday empties them already; without it as the length of the absence says.
    /// </summary>
    public Celsius? Setpoint { get; init; }

    /// <summary>What people call it: "Kermesse". May be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether a weekly one goes on in school holidays; on public ones it never does. A single date always holds.</summary>
    public HolidayUse OnHolidays { get; init; } = HolidayUse.Empty;

    /// <summary>What it makes of its hours: all day when it names none.</summary>
    internal ImmutableArray<Interval> HoursOfDay => Hours.IsEmpty ? AllDay : Hours;

    private static readonly ImmutableArray<Interval> AllDay = [new Interval(TimeSpan.Zero, TimeSpan.FromDays(1), Mode.Comfort)];

    /// <summary>Whether it holds for this zone on this day.</summary>
    internal bool FallsOn(DateOnly day, ZoneId zone, HolidayCalendar calendar) => (Zones.IsEmpty || Zones.Contains(zone)) && IsOn(day, calendar);

    /// <summary>Whether it holds on this day, wherever it does.</summary>
    public bool IsOn(DateOnly day, HolidayCalendar calendar) =>
        First <= day && day <= Last && (Rhythm == Rhythm.EveryDay || (day.DayOfWeek == First.DayOfWeek && !RestsOn(day, calendar)));

    /// <summary>How specific it is: of two, the greater wins.</summary>
    internal (int Zones, int Rhythm, int Hours, DateOnly First) Rank =>
        (Zones.IsEmpty ? 0 : 1, Rhythm == Rhythm.EveryWeek ? 0 : 1, Hours.IsEmpty ? 0 : 1, First);

    private bool RestsOn(DateOnly day, HolidayCalendar calendar) => calendar.On(day) is { } holiday
        && (holiday.Kind == HolidayKind.Public || OnHolidays == HolidayUse.Empty);
}

/// <summary>What an exception from the programme is.</summary>
public enum OccasionKind
{
    /// <summary>The school's own: a fair, an open day, parents' evening.</summary>
    Event,

    /// <summary>Somebody else's use of the rooms: a club, a polling station.</summary>
    Letting,

    /// <summary>Nobody comes although the programme says so: a bridge day, a strike.</summary>
    Closed,
}

/// <summary>On which of its days an exception holds.</summary>
public enum Rhythm { EveryDay, EveryWeek }
