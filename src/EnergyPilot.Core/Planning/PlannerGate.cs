using System.Collections.Immutable;

namespace EnergyPilot.Core.Planning;

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
