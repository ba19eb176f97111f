using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Schedules;

/// <summary>The hours of a day with their modes, as forms show and site files keep them: "06:00-07:00 reduced, 08:30-12:00".</summary>
public static class DayText
{
    /// <summary>The mode that a word means.</summary>
    public static bool TryMode(string word, out Mode mode) => Words<Mode>.TryFind(word, out mode);

    public static string Of(DayPlan day) => string.Join(", ", day.Intervals.Select(i => HoursText.Of([i]) + (i.Mode == Mode.Comfort ? "" : $" {Words<Mode>.Of(i.Mode)}")));
}
