using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Learning;

/// <summary>One zone's lesson: its model is found anew every evening, when the day's heating is over and before the next one's begins.</summary>
internal static class Lesson
{
    /// <summary>What a lesson looks at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(21);

    private static readonly TimeSpan Evening = TimeSpan.FromHours(19);

    /// <summary>Whether this evening's lesson is still to come; also after a clock that went back.</summary>
    public static bool IsDue(Site site, Learned before, DateTimeOffset at)
    {
        var local = site.Local(at);
        return local.TimeOfDay >= Evening && (before.LastAttempt < site.Instant(local.Date + Evening) || before.LastAttempt > at);
    }

    public static Learned Of(Site site, IQuarterBook book, ZoneId zone, Learned before, DateTimeOffset at) =>
        before.After(Identification.Of(book.Since(zone, at - Window), before.Prior, before.Model, site.TimeZone), at);
}
