using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>
/// One line that somebody typed: "parents' evening, gym, 24 Nov 18:00–21:00", "réunion de parents, gymnase, 24 nov 18h-21h". French and English are
/// read alike, whoever types. What is missing or not understood is said and nothing is guessed: the line fills a form in, which a person confirms.
/// </summary>
/// <param name="Occasion">What was understood; without a day its first day is <see cref="DateOnly.MinValue"/>.</param>
/// <param name="Where">The zones that were named.</param>
/// <param name="Faults">What is missing or not understood.</param>
/// <param name="Unknown">The words that name no zone where one was expected.</param>
internal sealed partial record QuickEntry(Occasion Occasion, NamedZones Where, ImmutableArray<QuickFault> Faults, string Unknown)
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
internal enum QuickFault { NoDay, NoHours, NoZone, UnknownZone }
