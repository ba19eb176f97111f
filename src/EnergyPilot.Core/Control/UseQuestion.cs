using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>A question to staff: people were in a zone outside its hours; shall these hours be heated?</summary>
/// <param name="Zone">Where.</param>
/// <param name="Since">When the visit began that raised it; with the zone it names the question.</param>
/// <param name="Seen">When people were last seen there.</param>
/// <param name="Day">The day of that visit on the school's clocks.</param>
/// <param name="Hours">The hours that are proposed, on quarters of an hour: those of all visits that are alike.</param>
/// <param name="Times">On how many days of the last four weeks people were there on this day of the week at this time.</param>
public sealed record UseQuestion(ZoneId Zone, DateTimeOffset Since, DateTimeOffset Seen, DateOnly Day, Interval Hours, int Times)
{
    // School years end in July; a club that goes on is asked for again in autumn, one that does not costs nothing.
    private const int LastMonth = 7, LastDay = 31, AtLeastDays = 28;

    /// <summary>The use that a yes adds: every week on this day, in lessons' weeks, until the school year ends.</summary>
    public Occasion Weekly => new(OccasionKind.Event, Day, YearEnd) { Rhythm = Rhythm.EveryWeek, Hours = [Hours], Zones = [Zone] };

    /// <summary>The use of this one day.</summary>
    public Occasion Once => new(OccasionKind.Event, Day, Day) { Hours = [Hours], Zones = [Zone] };

    private DateOnly YearEnd => new DateOnly(Day.Year, LastMonth, LastDay) is var end && end.DayNumber - Day.DayNumber >= AtLeastDays ? end : end.AddYears(1);

    /// <summary>Two visits are alike when they fall on the same day of the week and share some time of day.</summary>
    internal bool IsLike(DateOnly day, Interval hours) => Day.DayOfWeek == day.DayOfWeek && Overlaps(Hours, hours);

    internal static bool Overlaps(Interval one, Interval other) => one.From < other.To && other.From < one.To;
}

/// <summary>What staff say to a <see cref="UseQuestion"/>.</summary>
public enum UseReply
{
    /// <summary>Add it every week.</summary>
    EveryWeek,

    /// <summary>Heat this one day.</summary>
    OnlyThisDay,

    /// <summary>These hours are not to be heated; nobody is asked for them again for four weeks.</summary>
    No,
}

/// <summary>An answer that was given.</summary>
/// <param name="Zone">The zone that was asked about.</param>
/// <param name="Reply">What was said.</param>
/// <param name="Day">The day of the visit that raised the question.</param>
/// <param name="Hours">The hours that were proposed.</param>
/// <param name="Who">Who answered.</param>
/// <param name="At">When.</param>
public sealed record UseAnswer(ZoneId Zone, UseReply Reply, DateOnly Day, Interval Hours, string Who, DateTimeOffset At);
