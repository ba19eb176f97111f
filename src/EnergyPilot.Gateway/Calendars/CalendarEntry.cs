using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Gateway.Calendars;

/// <summary>One entry of an iCalendar file with all days on which it takes place, on the school's clocks.</summary>
/// <param name="Uid">What it is called in its calendar.</param>
/// <param name="Title">SUMMARY.</param>
/// <param name="Place">LOCATION.</param>
internal sealed record CalendarEntry(string Uid, string Title, string Place)
{
    /// <summary>CATEGORIES: our own files say there what kind of use it is.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Its days with hours; what goes on past midnight is there twice.</summary>
    public ImmutableArray<CalendarHours> Hours { get; init; } = [];

    /// <summary>Its days without hours.</summary>
    public ImmutableArray<DateOnly> WholeDays { get; init; } = [];

    /// <summary>The setpoint that our own files carry; not-a-number in those of others.</summary>
    public double SetpointC { get; init; } = double.NaN;
}

/// <summary>A day and its hours.</summary>
internal readonly record struct CalendarHours(DateOnly Day, Interval Hours);

/// <summary>What is wrong with a file, or an entry in it.</summary>
internal enum CalendarFault
{
    None,

    /// <summary>More than a megabyte.</summary>
    TooLarge,

    /// <summary>Not an iCalendar file.</summary>
    Unreadable,

    /// <summary>More entries than are looked at.</summary>
    TooMany,

    /// <summary>The file is not there, or may not be read.</summary>
    Missing,
}

/// <summary>An iCalendar file as far as it matters.</summary>
/// <param name="LeftOut">Entries whose days are not known here, and why.</param>
internal sealed record CalendarFile(CalendarFault Fault, ImmutableArray<CalendarEntry> Entries, ImmutableArray<LeftOut> LeftOut)
{
    public static CalendarFile Wrong(CalendarFault fault) => new(fault, [], []);
}
