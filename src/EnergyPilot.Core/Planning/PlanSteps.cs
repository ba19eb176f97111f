using System.Collections.Immutable;

namespace EnergyPilot.Core.Planning;

/// <summary>How finely the future is seen: half hours first, because the first one is done, then coarser. Whole half hours each.</summary>
public static class PlanSteps
{
    /// <summary>
    /// 24 × ½ h, 16 × 1 h, 8 × 2 h: 44 h with 48 steps. A cold heavy building climbs for up to 40 h, so what lies further on cannot yet want heat:
    /// seen from Friday evening, Monday morning is out of sight and nothing is lost by that. Each plan brings it half an hour nearer and sees it finer.
    /// </summary>
    public static readonly ImmutableArray<TimeSpan> Default = Cut((24, 0.5), (16, 1), (8, 2));

    /// <summary>Groups of steps of the same length, in hours.</summary>
    public static ImmutableArray<TimeSpan> Cut(params ReadOnlySpan<(int Count, double Hours)> groups)
    {
        var steps = ImmutableArray.CreateBuilder<TimeSpan>();
        foreach (var (count, hours) in groups)
            for (var i = 0; i < count; i++) steps.Add(TimeSpan.FromHours(hours));
        return steps.ToImmutable();
    }
}
