using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Control;

/// <summary>Somebody was in a zone outside its hours.</summary>
/// <param name="From">Since when; the end of the last use for those who stayed.</param>
/// <param name="Until">When they were last seen.</param>
public sealed record Stay(DateTimeOffset From, DateTimeOffset Until);

/// <summary>The stays of a zone in the last weeks. What recurs should stand in the programme; staff are asked.</summary>
internal static class Stays
{
    /// <summary>How far back stays are compared with each other.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(28);

    /// <summary>Who goes out for so long and returns is the same stay.</summary>
    public static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);
    private const int Most = 40;

    public static ImmutableArray<Stay> Next(Situation now, ZoneSense sense)
    {
        var before = Kept(now, sense.Before.Stays);
        var period = now.Site.PeriodOf(sense.Zone, now.At);
        if (!People.AreOutsideHours(now, sense, period)) return before;

        var since = sense.Presence.Since > period.From ? sense.Presence.Since : period.From;
        // Presence outlasts the last movement; the hours that are proposed shall not.
        var seen = sense.Presence.MotionAt >= since && sense.Presence.MotionAt <= now.At ? sense.Presence.MotionAt : now.At;
        if (before is [.., var last] && now.Since(last.Until) <= LongestBreak)
            return seen - last.Until < Noted ? before : before.SetItem(before.Length - 1, last with { Until = seen });
        return before.Add(new Stay(since, seen));
    }

    // Also what a clock that jumped wrote into the future; the same array while nothing of it is old.
    private static ImmutableArray<Stay> Kept(Situation now, ImmutableArray<Stay> stays)
    {
        if (stays.IsDefaultOrEmpty) return [];
        var isWhole = stays.Length <= Most && stays.All(v => IsKept(now, v));
        return isWhole ? stays : [.. stays.Where(v => IsKept(now, v)).TakeLast(Most)];
    }

    private static bool IsKept(Situation now, Stay stay) => stay.From <= stay.Until && stay.Until <= now.At && now.Since(stay.Until) <= Remembered;
}
