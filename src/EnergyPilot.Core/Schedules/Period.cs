using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Schedules;

/// <summary>A stretch of time in which a zone's programme stays the same: in use, or empty between two uses.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end.</param>
/// <param name="Mode">Comfort in use; else what the programme or the length of the absence says.</param>
/// <param name="Cause">Why it is so.</param>
/// <param name="LastUse">When the zone was last in use before this period.</param>
/// <param name="NextUse">When it is next in use; equal to <paramref name="From"/> while it is.</param>
/// <param name="HolidayName">The holiday that empties it; empty when none does.</param>
public sealed record Period(
    DateTimeOffset From, DateTimeOffset Until, Mode Mode, PeriodCause Cause,
    DateTimeOffset LastUse, DateTimeOffset NextUse, string HolidayName)
{
    /// <summary>The exception that makes it: the event that brings people, or what sends them home. None in an ordinary period.</summary>
    public Occasion? Occasion { get; init; }

    /// <summary>How warm an exception wishes the zone in this use, or, while it is empty, in the next one; none when it shall be as warm as usual.</summary>
    public Celsius? UseSetpoint { get; init; }

    /// <summary>Whether people are expected, by the programme or by an exception; lunch does not count.</summary>
    public bool IsInUse => Cause is PeriodCause.InUse or PeriodCause.Event;

    /// <summary>How warm a zone is kept at an instant of this period while nobody is there: as its mode says, or as the closed days that fall on it say.</summary>
    public Celsius RestOf(Zone zone, Site site, DateTimeOffset at) => Occasions.RestSetpoint(site, zone, at) ?? zone.Setpoints.Of(Mode);

    /// <summary>How warm this zone shall be in this use, or in the next one while it is empty.</summary>
    public Celsius ComfortOf(Zone zone) => UseSetpoint ?? zone.Setpoints.Comfort;
}

/// <summary>Why a period has its mode.</summary>
public enum PeriodCause
{
    InUse,

    /// <summary>Between two uses that lie too close for a set-back: lunch.</summary>
    Break,
    Empty,
    LongAbsence,
    Holiday,

    /// <summary>The programme names this mode itself.</summary>
    Programme,

    /// <summary>In use because an exception says so.</summary>
    Event,

    /// <summary>Empty because an exception says so.</summary>
    Closed,
}
