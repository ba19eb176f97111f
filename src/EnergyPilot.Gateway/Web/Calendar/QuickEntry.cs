using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>
/// One line that somebody typed: "parents' evening, gym, 24 Nov 18:00–21:00", "réunion de parents, gymnase, 24 nov 18h-21h". French and English are
/// read alike, whoever types. What is missing or not understood is said and nothing is guessed: the line fills a form in, which a person confirms.
/// </summary>
/// <param name="Occasion">What was understood; without a day its first day is <see cref="DateOnly.MinValue"/>.</param>
/// <param name="Where">The zones that were named.</param>
/// <param name="Faults">What is missing or not understood.</param>
/// <param name="Unknown">The words that name no zone where one was expected.</param>
public sealed partial record QuickEntry(Occasion Occasion, NamedZones Where, ImmutableArray<QuickFault> Faults, string Unknown)
{
    /// <summary>Longer lines are cut here.</summary>
    public const int Longest = 200;

    public static QuickEntry Read(string line, Site site, DateOnly today)
    {
        var rest = line.Length > Longest ? line[..Longest] : line;
        var hours = QuickHours.Take(ref rest);
        var (first, last, rhythm) = QuickDay.Take(ref rest, today);
        var parts = rest.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Trimmed).Where(p => p.Length > 0).ToList();
        var (where, note, unknown) = Placed(site, parts);
        var kind = Closed().IsMatch(ZoneWords.Plain(line)) ? OccasionKind.Closed : Letting().IsMatch(ZoneWords.Plain(line)) ? OccasionKind.Letting : OccasionKind.Event;

        var faults = ImmutableArray.CreateBuilder<QuickFault>();
        if (first == DateOnly.MinValue) faults.Add(QuickFault.NoDay);
        if (hours.IsEmpty && kind != OccasionKind.Closed) faults.Add(QuickFault.NoHours);
        if (unknown.Length > 0) faults.Add(QuickFault.UnknownZone);
        else if (!where.AreNamed) faults.Add(QuickFault.NoZone);
        return new QuickEntry(new Occasion(kind, first, last) { Rhythm = rhythm, Hours = hours, Zones = where.Zones, Note = note }, where, faults.ToImmutable(), unknown);
    }

    // The part that names nothing but zones says where; what stands before it is the note. In a line without commas zones are looked for among the words.
    private static (NamedZones Where, string Note, string Unknown) Placed(Site site, List<string> parts)
    {
        var read = parts.Select(p => (Text: p, Named: ZoneWords.In(site, p))).ToList();
        var places = read.Where(p => p.Named.AreNamed && p.Named.Rest.Length == 0).ToList();
        if (places.Count > 0)
        {
            var said = ZoneWords.In(site, string.Join(' ', places.Select(p => p.Text)));
            var others = read.Where(p => !places.Contains(p)).Select(p => p.Text).ToList();
            // Further parts may be a note in two pieces; only what stands in a list of places would be one.
            return (said, string.Join(", ", others), "");
        }

        if (read.Count > 1) return (read[^1].Named, read[0].Text, read[1].Text);
        return read is [var only] ? (only.Named, only.Text, "") : (new NamedZones(false, [], ""), "", "");
    }

    private static string Trimmed(string part) => Joins().Replace(part, "").Trim(' ', '-', '–', ':', '.');

    // What day and hours leave behind: "on", "le", "from".
    [GeneratedRegex("(^|\\s)(on|at|from|le|la|les|à|a|de|du|the|in|en|au|every|chaque|tous)\\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joins();

    [GeneratedRegex("\\b(fermee?s?|fermeture|closed|shut)\\b")]
    private static partial Regex Closed();

    [GeneratedRegex("\\b(location|loue|letting|let to|hired|rental)\\b")]
    private static partial Regex Letting();
}

/// <summary>What a quick entry lacks.</summary>
public enum QuickFault { NoDay, NoHours, NoZone, UnknownZone }

/// <summary>Hours within a line: 18:00–21:00, 18h-21h, de 18 h 30 à 21 h, 6-9 pm.</summary>
internal static partial class QuickHours
{
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

/// <summary>Hours as people write them: "08:30-12:00, 13:30-16:30", "18h–21h", "6-9 pm".</summary>
public static class HoursText
{
    /// <summary>Longer texts are none.</summary>
    public const int Longest = 200;

    /// <summary>The hours of a day, in order; false when something else stands there too. Nothing is no hours.</summary>
    public static bool TryRead(string text, out ImmutableArray<Interval> hours)
    {
        hours = [];
        if (text.Length > Longest) return false;
        var rest = text;
        hours = QuickHours.Take(ref rest);
        return rest.All(c => c is ' ' or ',' or ';' or '.' or '\u00a0' || char.IsWhiteSpace(c));
    }

    /// <summary>As they are written in forms and site files: "08:30-12:00, 13:30-16:30".</summary>
    public static string Of(ImmutableArray<Interval> hours) => string.Join(", ", hours.Select(h => $"{Of(h.From)}-{Of(h.To)}"));

    /// <summary>A time of day: "08:30".</summary>
    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
