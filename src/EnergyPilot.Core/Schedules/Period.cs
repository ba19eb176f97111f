namespace EnergyPilot.Core.Schedules;

/// <summary>A stretch of time in which a zone's programme stays the same: in use, or empty between two uses.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end; a year later when no use is in sight.</param>
/// <param name="Mode">Comfort in use; else what the programme or the length of the absence says.</param>
/// <param name="Cause">Why it is so.</param>
/// <param name="NextUse">When the zone is next in use; equal to <paramref name="From"/> while it is.</param>
/// <param name="HolidayName">The holiday that empties it; empty when none does.</param>
public sealed record Period(
    DateTimeOffset From, DateTimeOffset Until, Mode Mode, PeriodCause Cause, DateTimeOffset NextUse, string HolidayName)
{
    /// <summary>Nothing worked out yet.</summary>
    public static readonly Period Unknown = new(
        DateTimeOffset.MinValue, DateTimeOffset.MinValue, Mode.Reduced, PeriodCause.Empty, DateTimeOffset.MinValue, "");

    public bool HoldsAt(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>Why a period has its mode.</summary>
public enum PeriodCause { InUse, Empty, LongAbsence, Holiday, Programme }
