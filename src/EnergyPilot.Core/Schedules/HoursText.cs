using System.Collections.Immutable;
using System.Globalization;

namespace EnergyPilot.Core.Schedules;

/// <summary>Hours as they are written in forms and site files.</summary>
public static class HoursText
{
    /// <summary>"08:30-12:00, 13:30-16:30".</summary>
    public static string Of(ImmutableArray<Interval> hours) => string.Join(", ", hours.Select(h => $"{Of(h.From)}-{Of(h.To)}"));

    /// <summary>A time of day: "08:30".</summary>
    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
