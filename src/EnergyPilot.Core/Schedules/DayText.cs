using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Schedules;

/// <summary>The hours of a day with their modes, as people type them and site files keep them: "06:00-07:00 reduced, 08:30-12:00".</summary>
public static class DayText
{
    /// <summary>The day, in order; false when something in it is no hours, or two overlap. Nothing is a day without use.</summary>
    public static bool TryRead(string text, out DayPlan plan)
    {
        plan = new DayPlan([]);
        if (text.Length > HoursText.Longest) return false;
        var intervals = new List<Interval>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (hours, mode) = (part, Mode.Comfort);
            if (part.LastIndexOf(' ') is > 0 and var at && Words<Mode>.TryFind(part[(at + 1)..], out var named)) (hours, mode) = (part[..at], named);
            if (!HoursText.TryRead(hours, out var read) || read.IsEmpty) return false;
            intervals.AddRange(read.Select(i => i with { Mode = mode }));
        }

        ImmutableArray<Interval> sorted = [.. intervals.OrderBy(i => i.From)];
        plan = new DayPlan(sorted);
        return !sorted.Zip(sorted.Skip(1)).Any(p => p.Second.From < p.First.To);
    }

    public static string Of(DayPlan day) => string.Join(", ", day.Intervals.Select(i => HoursText.Of([i]) + (i.Mode == Mode.Comfort ? "" : $" {Words<Mode>.Of(i.Mode)}")));
}
