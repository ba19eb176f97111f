using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Comfort;

/// <summary>What the votes of a room come to.</summary>
public enum ComfortVerdict
{
    /// <summary>Nobody has voted lately.</summary>
    NoVotes,

    /// <summary>Too few moments or days to say anything.</summary>
    TooFew,

    /// <summary>The room was often far from its target: another setpoint would not have helped.</summary>
    NotReached,

    /// <summary>Some are cold while others are warm: no setpoint pleases both.</summary>
    Divided,

    /// <summary>Most are content.</summary>
    Content,

    /// <summary>Too cold for most, and the setpoint may be raised.</summary>
    Raise,

    /// <summary>Too warm for most.</summary>
    Lower,

    /// <summary>Too cold for most, but warmer than this may not be heated.</summary>
    LegalLimit,

    /// <summary>As much has been given as votes can ask for.</summary>
    FarEnough,
}

/// <summary>What the votes of a room suggest.</summary>
/// <param name="Shift">By how much, in half degrees; 0 unless the verdict is to raise or to lower.</param>
/// <param name="Setpoint">What the comfort setpoint would then be.</param>
/// <param name="Neutral">At which temperature people there would feel neither cold nor warm, as far as the votes tell; not a number when they are too few.</param>
/// <param name="Counts">What it is made of.</param>
public sealed record ComfortSuggestion(ComfortVerdict Verdict, Kelvin Shift, Celsius Setpoint, Celsius Neutral, VoteCounts Counts)
{
    /// <summary>Whether there is something to apply.</summary>
    public bool IsChange => Verdict is ComfortVerdict.Raise or ComfortVerdict.Lower;
}

/// <summary>The votes that a suggestion looked at.</summary>
/// <param name="Votes">All of them in hours of use at the present setpoint.</param>
/// <param name="Moments">Quarters of an hour in which somebody voted while the room was near its target; each counts once, however many voted.</param>
/// <param name="Days">Days on which these lie.</param>
/// <param name="Missed">Quarters of an hour in which the room was not near its target, or nobody could say.</param>
/// <param name="Cold">The share of moments that were too cold, days weighted alike.</param>
/// <param name="Warm">The share that were too warm.</param>
public sealed record VoteCounts(int Votes, int Moments, int Days, int Missed, Share Cold, Share Warm);

/// <summary>What bounds a suggestion.</summary>
/// <param name="Comfort">The comfort setpoint now.</param>
/// <param name="Given">By how much votes have shifted it before.</param>
/// <param name="Lowest">The lowest that it may be.</param>
/// <param name="Highest">The highest that it may be, by the law and the site.</param>
public sealed record SetpointBounds(Celsius Comfort, Kelvin Given, Celsius Lowest, Celsius Highest);
