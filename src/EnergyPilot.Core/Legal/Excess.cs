using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Legal;

/// <summary>A time in which a zone was heated although it was warmer than the law allows heating to, and why.</summary>
/// <param name="Cause">Why; with <paramref name="By"/> and <paramref name="Note"/> it tells one excess from another.</param>
/// <param name="Limit">What the law allowed then.</param>
/// <param name="By">Who wished it, when it was by hand; else empty.</param>
/// <param name="Note">In whose or what words: the override's note, the letting's name; may be empty.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ended; pauses of up to half an hour count as part of it.</param>
/// <param name="Above">Time without those pauses, and by how much the zone was warmer than the limit.</param>
/// <param name="HighestMillikelvin">By how much it was at most; 0 when nobody could see.</param>
/// <param name="HeatMilliseconds">How long heat was given, as time of full heat.</param>
public sealed record Excess(
    ExcessCause Cause, Celsius Limit, string By, string Note, DateTimeOffset From, DateTimeOffset Until,
    TimedSum Above, long HighestMillikelvin, long HeatMilliseconds)
{
    // A radiator's pulse cycle: what pauses no longer than that goes on.
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    public Kelvin Highest => new(HighestMillikelvin / 1000.0);

    internal bool GoesOnWith(Excess later) =>
        Cause == later.Cause && Limit == later.Limit && By == later.By && Note == later.Note && later.From - Until <= LongestPause;

    internal Excess Then(Excess later) => this with
    {
        Until = later.Until, Above = Above + later.Above, HighestMillikelvin = Math.Max(HighestMillikelvin, later.HighestMillikelvin),
        HeatMilliseconds = HeatMilliseconds + later.HeatMilliseconds,
    };
}

/// <summary>Why a zone was heated above the legal limit.</summary>
public enum ExcessCause
{
    /// <summary>Somebody set it so, by name, until a stated end.</summary>
    ByHand,

    /// <summary>It warmed up to be warm at the beginning of a use.</summary>
    WarmUp,

    /// <summary>An event of the school.</summary>
    Event,

    /// <summary>The rooms were let.</summary>
    Letting,

    /// <summary>People were there outside the timetable.</summary>
    Visitors,

    /// <summary>Protected from frost.</summary>
    FrostGuard,

    /// <summary>Its sensor was lost: it followed others, and nobody knows how warm it was.</summary>
    SensorLost,

    /// <summary>Its setpoint itself lies above the limit.</summary>
    Setpoint,

    /// <summary>Kept a little warmer so that its walls stay dry.</summary>
    MouldGuard,

    /// <summary>The setpoint keeps to the limit, and yet some heat was given above it.</summary>
    Overshoot,
}
