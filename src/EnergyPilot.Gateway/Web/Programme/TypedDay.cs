using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>The hours of a day with their modes, as people type them: "06:00-07:00 reduced, 8h30-12h".</summary>
internal static class TypedDay
{
    /// <summary>The day, in order; false when something in it is no hours, or two overlap. Nothing is a day without use.</summary>
    public static bool TryRead(string text, out DayPlan plan)
    {
        plan = new DayPlan([]);
        if (text.Length > QuickHours.Longest) return false;
        var intervals = new List<Interval>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (hours, mode) = (part, Mode.Comfort);
            if (part.LastIndexOf(' ') is > 0 and var at && DayText.TryMode(part[(at + 1)..], out var named)) (hours, mode) = (part[..at], named);
            if (!QuickHours.TryRead(hours, out var read) || read.IsEmpty) return false;
            intervals.AddRange(read.Select(i => i with { Mode = mode }));
        }

        ImmutableArray<Interval> sorted = [.. intervals.OrderBy(i => i.From)];
        plan = new DayPlan(sorted);
        return !sorted.Zip(sorted.Skip(1)).Any(p => p.Second.From < p.First.To);
    }
}
