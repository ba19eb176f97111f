namespace EnergyPilot.Io.Tic;

/// <summary>
/// The legal time of metropolitan France from 2000 on: summer time from the last Sunday of March to the last of October,
/// changing at 01:00 UTC (directive 2000/84/EC). Meters know no time zone files, and neither need we.
/// </summary>
internal static class ParisTime
{
    public static readonly TimeSpan Winter = TimeSpan.FromHours(1);
    public static readonly TimeSpan Summer = TimeSpan.FromHours(2);

    public static TimeSpan OffsetAt(DateTimeOffset at) =>
        at >= Change(at.UtcDateTime.Year, 3) && at < Change(at.UtcDateTime.Year, 10) ? Summer : Winter;

    /// <summary>The doubled hour in October is taken as its first pass, summer time.</summary>
    public static TimeSpan OffsetOfLocal(DateTime local) => OffsetAt(new DateTimeOffset(local, Summer)) == Summer ? Summer : Winter;

    private static DateTimeOffset Change(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
