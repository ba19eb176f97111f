using System.Collections.Immutable;

namespace EnergyPilot.Core.Schedules;

/// <summary>When a zone is used in an ordinary week, in the school's local time. Outside its intervals a zone is empty, and how cold it may get follows from how long.</summary>
/// <param name="Id">Its name in the site file.</param>
/// <param name="Days">Seven plans, Monday first.</param>
/// <param name="OnHolidays">Whether the programme also holds in school holidays (a caretaker's office may).</param>
public sealed record WeekProgramme(string Id, ImmutableArray<DayPlan> Days, HolidayUse OnHolidays)
{
    public DayPlan On(DayOfWeek day) => Days[((int)day + 6) % 7];
}

/// <summary>What a programme does in school holidays; public holidays are always empty.</summary>
public enum HolidayUse { Empty, AsUsual }

/// <summary>The intervals of one day, in order, never overlapping.</summary>
public sealed record DayPlan(ImmutableArray<Interval> Intervals);

/// <summary>From (included) to (not included) within one day; to may be 24:00, written as <see cref="TimeSpan"/> of 24 h.</summary>
public sealed record Interval(TimeSpan From, TimeSpan To, Mode Mode);

/// <summary>How a zone is heated.</summary>
public enum Mode
{
    /// <summary>In use: the comfort setpoint.</summary>
    Comfort,

    /// <summary>Empty for a short time.</summary>
    Reduced,

    /// <summary>Empty for 48 h or more.</summary>
    Absence,

    /// <summary>Only protected from frost.</summary>
    Frost,
}
