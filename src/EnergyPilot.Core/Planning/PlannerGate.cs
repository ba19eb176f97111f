using System.Collections.Immutable;

namespace EnergyPilot.Core.Planning;

/// <summary>What the planner may do.</summary>
public enum PlannerRole
{
    /// <summary>It plans beside the rules and reports.</summary>
    Shadow,

    /// <summary>It commands, through the supervisor.</summary>
    Commanding,

    /// <summary>It commanded within the last week and gave the building back to the rules.</summary>
    HandedBack,
}

/// <summary>Why the planner has its role.</summary>
public enum PlannerRoleReason
{
    /// <summary>Nothing here that rules do not do as well, and nobody asked for it.</summary>
    NotWanted,

    /// <summary>Too few days with accepted models.</summary>
    StillLearning,

    /// <summary>Its predictions miss what is measured.</summary>
    PredictionsMiss,

    /// <summary>Rooms had to be rescued from its plans.</summary>
    RoomsRescued,

    /// <summary>Its models and predictions have proven good.</summary>
    Proven,
}

/// <summary>Whether the planner shall command when it may.</summary>
public enum PlannerWish
{
    /// <summary>Where it can gain: a heat pump, a varying price, a limit on power.</summary>
    WhereItGains,

    /// <summary>Staff switched it on.</summary>
    On,

    /// <summary>Staff switched it off.</summary>
    Off,
}

/// <summary>How the planner did on one day; worst zone of the plant where there are several.</summary>
/// <param name="Day">Local.</param>
/// <param name="IdentificationAccepted">All its models were accepted ones.</param>
/// <param name="Rmse">Of the operative or sensed temperature over 24 h predicted at the day's beginning [K]; not a number when nothing could be scored.</param>
/// <param name="Rescues">How often the supervisor had to heat a room that the planner left cold.</param>
/// <param name="Commanded">Whether it commanded on that day.</param>
public readonly record struct PlannerDay(DateOnly Day, bool IdentificationAccepted, double Rmse, int Rescues, bool Commanded);

/// <summary>The role and why.</summary>
public readonly record struct PlannerStanding(PlannerRole Role, PlannerRoleReason Reason);

/// <summary>
/// Decides whether the planner commands: it must have shown, day by day and in shadow first, that its predictions hold.
/// A slightly wrong model costs comfort at once, so it hands back by itself and earns its place again.
/// </summary>
public static class PlannerGate
{
    /// <summary>Days with accepted models before it may command.</summary>
    public const int DaysOfLearning = 14;

    /// <summary>Days looked back, how many of them must be good, and what is good [K].</summary>
    public const int Window = 7, GoodDays = 5;
    public const double GoodRmse = 0.6;

    /// <summary>So many rescues within the window end its command.</summary>
    public const int TooManyRescues = 3;

    /// <summary>The standing on a day, from the days before it; order and gaps of the history do not matter.</summary>
    /// <param name="gains">Whether this plant at these prices is one where planning gains (<see cref="PlannerGains"/>).</param>
    public static PlannerStanding Of(PlannerWish wish, PlannerGains gains, ImmutableArray<PlannerDay> history, DateOnly today)
    {
        var last = history.Where(d => d.Day < today && d.Day >= today.AddDays(-Window)).ToArray();
        var reason =
            wish == PlannerWish.Off || (wish == PlannerWish.WhereItGains && gains == PlannerGains.Nothing) ? PlannerRoleReason.NotWanted
            : last.Sum(d => Math.Max(d.Rescues, 0)) >= TooManyRescues ? PlannerRoleReason.RoomsRescued
            : history.Count(d => d.Day < today && d.IdentificationAccepted) < DaysOfLearning ? PlannerRoleReason.StillLearning
            : last.Count(d => d.Rmse <= GoodRmse) < GoodDays ? PlannerRoleReason.PredictionsMiss
            : PlannerRoleReason.Proven;
        return new PlannerStanding(Role(reason, last), reason);
    }

    private static PlannerRole Role(PlannerRoleReason reason, PlannerDay[] last) => reason switch
    {
        PlannerRoleReason.Proven => PlannerRole.Commanding,
        PlannerRoleReason.NotWanted => PlannerRole.Shadow,
        _ => last.Any(d => d.Commanded) ? PlannerRole.HandedBack : PlannerRole.Shadow,
    };
}
