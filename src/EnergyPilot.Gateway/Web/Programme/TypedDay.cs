using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>The hours of a day with their modes, as people read and type them: "06:00-07:00 réduit, 8h30-12h".</summary>
internal static class TypedDay
{
    /// <summary>The day with its modes in the reader's words.</summary>
    public static string Of(DayPlan day, Reader reader) =>
        string.Join(", ", day.Intervals.Select(i => HoursText.Of([i]) + (i.Mode == Mode.Comfort ? "" : $" {reader.Word(i.Mode)}")));

    /// <summary>The day, in order; false when something in it is no hours, or two overlap. Nothing is a day without use.</summary>
    /// <param name="reader">Whose words for modes count, beside those of the site file.</param>
    public static bool TryRead(string text, Reader reader, out DayPlan plan)
    {
        plan = new DayPlan([]);
        if (text.Length > QuickHours.Longest) return false;
        var intervals = new List<Interval>();
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (hours, mode) = Parted(part, reader);
            if (!QuickHours.TryRead(hours, out var read) || read.IsEmpty) return false;
            intervals.AddRange(read.Select(i => i with { Mode = mode }));
        }

        ImmutableArray<Interval> sorted = [.. intervals.OrderBy(i => i.From)];
        plan = new DayPlan(sorted);
        return !sorted.Zip(sorted.Skip(1)).Any(p => p.Second.From < p.First.To);
    }

    private static (string Hours, Mode Mode) Parted(string part, Reader reader)
    {
        foreach (var mode in Enum.GetValues<Mode>())
            if (reader.Word(mode) is var word && part.EndsWith($" {word}", StringComparison.OrdinalIgnoreCase)) return (part[..^word.Length], mode);
        return part.LastIndexOf(' ') is > 0 and var at && DayText.TryMode(part[(at + 1)..], out var named) ? (part[..at], named) : (part, Mode.Comfort);
    }
}
