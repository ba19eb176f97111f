using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Learning;

/// <summary>
/// The forecast of those who have none: tomorrow's weather is yesterday's, and it begins at today's. Simulated seasons showed no difference
/// between this and a perfect forecast.
/// </summary>
internal static class Yesterday
{
    private const int HoursAhead = 48, HoursPerDay = 24;
    private const double Fading = 6;      // h, until yesterday counts more than now

    /// <summary>An outlook whose unknown outdoor temperatures are filled in; as it was when there is no yesterday.</summary>
    public static Outlook Into(Outlook known, IQuarterBook book, Site site, DateTimeOffset at)
    {
        var from = new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        if (double.IsFinite(known.At(from).Outdoor) && double.IsFinite(known.At(from.AddHours(HoursPerDay)).Outdoor)) return known;
        var day = Hours(book, site, from);
        var now = day[HoursPerDay - 1];
        if (!day.All(double.IsFinite)) return known;
        return new Outlook(from,
        [
            .. Enumerable.Range(0, HoursAhead).Select(h => known.At(from.AddHours(h)) is var hour && double.IsFinite(hour.Outdoor)
                ? hour
                : hour with { Outdoor = day[h % HoursPerDay] + (now - day[0]) * Math.Exp(-h / Fading) }),
        ]);
    }

    // Means of the last day's hours, the oldest first.
    private static double[] Hours(IQuarterBook book, Site site, DateTimeOffset from)
    {
        var (sums, counts) = (new double[HoursPerDay], new int[HoursPerDay]);
        foreach (var quarter in book.Since(site.Zones[0].Id, from.AddHours(-HoursPerDay)))
        {
            var hour = (int)Math.Floor((quarter.End.AddSeconds(-1) - from).TotalHours) + HoursPerDay;
            if (hour is < 0 or >= HoursPerDay || !double.IsFinite(quarter.Drive.Outdoor)) continue;
            (sums[hour], counts[hour]) = (sums[hour] + quarter.Drive.Outdoor, counts[hour] + 1);
        }

        return [.. sums.Select((sum, h) => counts[h] > 0 ? sum / counts[h] : double.NaN)];
    }
}
