using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>How far back a zone's history is shown.</summary>
public enum HistoryRange { Day, Week, Month, Season }

/// <summary>A stretch of time in steps: short ones from the samples, long ones from quarters, hours and days, so that no season needs its million samples.</summary>
/// <param name="From">The beginning of the first step.</param>
/// <param name="Row">How far apart the rows of the table stand.</param>
internal sealed record HistorySpan(DateTimeOffset From, DateTimeOffset To, Resolution Resolution, TimeSpan Step, TimeSpan Row)
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5), Quarter = TimeSpan.FromMinutes(15), Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    // Heating begins in September at the earliest in our climate; before, the season is the one that ended in spring.
    private const int SeasonBegins = 9;

    public static HistorySpan Of(HistoryRange range, Site site, DateTimeOffset now) => range switch
    {
        HistoryRange.Week => new(now.AddDays(-7), now, Resolution.Quarter, Quarter, TimeSpan.FromHours(3)),
        HistoryRange.Month => new(now.AddDays(-30), now, Resolution.Hour, Hour, TimeSpan.FromHours(12)),
        HistoryRange.Season => new(SeasonOf(site, now), now, Resolution.Day, Day, Day),
        _ => Last(24, now),
    };

    public static HistorySpan Last(int hours, DateTimeOffset now) => hours <= 48
        ? new(now.AddHours(-hours), now, Resolution.Raw, FiveMinutes, Hour)
        : new(now.AddHours(-hours), now, Resolution.Quarter, Quarter, TimeSpan.FromHours(3));

    /// <summary>The beginnings of its steps, in seconds since 1970, on full steps of UTC.</summary>
    public List<long> Times()
    {
        var step = (long)Step.TotalSeconds;
        var last = To.ToUnixTimeSeconds() / step * step;
        var count = (int)Math.Max((To - From) / Step, 1);
        return [.. Enumerable.Range(0, count).Select(i => last - (count - 1 - i) * step)];
    }

    private static DateTimeOffset SeasonOf(Site site, DateTimeOffset now)
    {
        var local = site.Local(now);
        return site.Instant(new DateTime(local.Month >= SeasonBegins ? local.Year : local.Year - 1, SeasonBegins, 1));
    }
}
