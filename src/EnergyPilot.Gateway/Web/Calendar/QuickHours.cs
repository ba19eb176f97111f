using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>Hours as people write them, alone or within a line: "08:30-12:00, 13:30-16:30", 18:00–21:00, 18h-21h, de 18 h 30 à 21 h, 6-9 pm.</summary>
internal static partial class QuickHours
{
    /// <summary>Longer texts are no hours.</summary>
    public const int Longest = 200;

    /// <summary>The hours of a day, in order; false when something else stands there too. Nothing is no hours.</summary>
    public static bool TryRead(string text, out ImmutableArray<Interval> hours)
    {
        hours = [];
        if (text.Length > Longest) return false;
        var rest = text;
        hours = Take(ref rest);
        return rest.All(c => c is ' ' or ',' or ';' or '.' or '\u00a0' || char.IsWhiteSpace(c));
    }

    /// <summary>Takes them out of a line.</summary>
    public static ImmutableArray<Interval> Take(ref string line)
    {
        var found = new List<Interval>();
        foreach (Match match in Span().Matches(line))
        {
            // Two plain numbers may be days.
            if (!match.Groups["m1"].Success && !match.Groups["m2"].Success) continue;
            if (!TryTime(match, "1", out var from) || !TryTime(match, "2", out var to)) continue;
            if (to == TimeSpan.Zero) to = TimeSpan.FromDays(1);
            if (from >= to) continue;
            found.Add(new Interval(from, to, Mode.Comfort));
            line = line.Replace(match.Value, ", ", StringComparison.Ordinal);
        }

        return Tidy(found);
    }

    private static ImmutableArray<Interval> Tidy(List<Interval> found)
    {
        var tidy = ImmutableArray.CreateBuilder<Interval>();
        foreach (var hours in found.OrderBy(i => i.From))
            if (tidy.Count == 0 || tidy[^1].To <= hours.From) tidy.Add(hours);
            else if (hours.To > tidy[^1].To) tidy[^1] = tidy[^1] with { To = hours.To };
        return tidy.ToImmutable();
    }

    private static bool TryTime(Match match, string end, out TimeSpan time)
    {
        time = default;
        var hour = int.Parse(match.Groups[$"h{end}"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var minute = match.Groups[$"min{end}"] is { Success: true } group ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        // "6-9 pm" means the evening for both.
        var half = match.Groups[$"m{end}"] is { Success: true, Value: var own } && IsHalf(own) ? own : match.Groups["m2"].Value;
        if (IsHalf(half) && hour is >= 1 and <= 12) hour = hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return false;
        time = new TimeSpan(hour, minute, 0);
        return true;
    }

    private static bool IsHalf(string mark) => mark is ['a' or 'p' or 'A' or 'P', ..];

    [GeneratedRegex(
        "\\b(?:de |from |between |entre )?(?<h1>\\d{1,2})(?:\\s*(?<m1>[:h])(?:\\s*(?<min1>\\d{2})(?!\\s*[h:]|\\d))?|\\s*(?<m1>[ap]\\.?m\\.?))?\\s*(?:-|–|—|à|to|till|until|et|and|jusqu['’]à)\\s*(?<h2>\\d{1,2})(?:\\s*(?<m2>[:h])(?:\\s*(?<min2>\\d{2})(?!\\s*[h:]|\\d))?|\\s*(?<m2>[ap]\\.?m\\.?))?(?![\\d/])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
