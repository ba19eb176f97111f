using System.Collections.Immutable;
using System.Text;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Schedules;

/// <summary>
/// Finds the zones that people mean when they write where something takes place: a zone's name or id, the name of a circuit, what rooms are for in
/// French or English ("gymnase", "canteen"), the whole school. Upper case, accents and punctuation do not count; of several readings the longest holds.
/// </summary>
public static class ZoneWords
{
    private const int LongestText = 500, MostWords = 8;

    private static readonly ImmutableArray<string> WholeSchool =
        ["toute l ecole", "tout l etablissement", "toute l etablissement", "ecole entiere", "toutes les salles", "toutes les zones", "whole school", "the whole school", "all rooms", "all zones", "partout", "everywhere"];

    private static readonly ImmutableArray<(ZoneUse Use, string Words)> Uses =
    [
        (ZoneUse.Classroom, "salles de classe|classes|classrooms"), (ZoneUse.Canteen, "cantine|la cantine|refectoire|restaurant scolaire|canteen|dining hall"),
        (ZoneUse.Gym, "gymnase|gym|salle de sport|salle de sports|salle de motricite|salle de gymnastique|gymnasium|sports hall"),
        (ZoneUse.StaffRoom, "salle des maitres|salle des professeurs|salle des profs|staff room|teachers room|teachers lounge"),
        (ZoneUse.Office, "bureau|bureaux|direction|office|offices"), (ZoneUse.Corridor, "couloir|couloirs|corridor|corridors|hallway"),
        (ZoneUse.Library, "bibliotheque|bcd|cdi|mediatheque|library"), (ZoneUse.Sanitary, "sanitaires|toilettes|toilets|washrooms"),
    ];

    /// <summary>The zones that a text names, and what of it names none. Words that only join names ("et", "and") are no rest.</summary>
    public static NamedZones In(Site site, string text)
    {
        var words = Plain(text.Length > LongestText ? text[..LongestText] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = Known(site);
        var (zones, rest, isWhole) = (new List<ZoneId>(), new List<string>(), false);
        for (var i = 0; i < words.Length;)
        {
            var length = Math.Min(MostWords, words.Length - i);
            while (length > 0 && !known.ContainsKey(string.Join(' ', words, i, length))) length--;
            if (length == 0)
            {
                if (words[i] is not ("et" or "and" or "la" or "le" or "the")) rest.Add(words[i]);
                i++;
                continue;
            }

            var named = known[string.Join(' ', words, i, length)];
            isWhole |= named.IsEmpty;
            zones.AddRange(named);
            i += length;
        }

        return new NamedZones(isWhole, isWhole ? [] : [.. site.Zones.Select(z => z.Id).Where(zones.Contains)], string.Join(' ', rest));
    }

    /// <summary>In lower case, without accents, every other sign a blank.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            var lower = char.ToLowerInvariant(sign);
            if (lower is >= '\u0300' and <= '\u036f') continue;
            plain.Append(char.IsAsciiLetterOrDigit(lower) ? lower.ToString() : Unaccented(lower));
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Unaccented(char letter) => letter switch
    {
        'à' or 'â' or 'ä' or 'á' or 'ã' or 'å' => "a", 'é' or 'è' or 'ê' or 'ë' => "e", 'î' or 'ï' or 'í' => "i", 'ô' or 'ö' or 'ó' => "o",
        'ù' or 'û' or 'ü' or 'ú' => "u", 'ç' => "c", 'ñ' => "n", 'œ' => "oe", 'æ' => "ae", 'ß' => "ss", _ => " ",
    };

    // What is more certain is entered first and stays: a name before a use. No zones stand for the whole school.
    private static Dictionary<string, ImmutableArray<ZoneId>> Known(Site site)
    {
        var known = new Dictionary<string, ImmutableArray<ZoneId>>(StringComparer.Ordinal);
        foreach (var zone in site.Zones)
            foreach (var name in NamesOf(zone.Id.Name, zone.Name)) known.TryAdd(name, [zone.Id]);
        foreach (var circuit in site.Circuits)
        {
            ImmutableArray<ZoneId> fed = [.. site.Zones.Where(z => z.Circuit == circuit.Id).Select(z => z.Id)];
            if (!fed.IsEmpty) foreach (var name in NamesOf(circuit.Id.Name, circuit.Name).Take(3)) known.TryAdd(name, fed);
        }

        foreach (var (use, words) in Uses)
        {
            ImmutableArray<ZoneId> used = [.. site.Zones.Where(z => z.Use == use).Select(z => z.Id)];
            if (!used.IsEmpty) foreach (var word in words.Split('|')) known.TryAdd(word, used);
        }

        foreach (var words in WholeSchool) known.TryAdd(words, []);
        known.Remove("");
        return known;
    }

    // "Classe 1 (CP)" is also called "Classe 1" and "CP".
    private static IEnumerable<string> NamesOf(string id, string name)
    {
        yield return Plain(name);
        yield return Plain(id);
        if (name.IndexOf('(') is not (> 0 and var open)) yield break;
        yield return Plain(name[..open]);
        yield return Plain(name[open..]);
    }
}

/// <summary>What a text says about where.</summary>
/// <param name="IsWhole">The whole school is meant; then no single zones are named.</param>
/// <param name="Zones">In the order of the site.</param>
/// <param name="Rest">The words that name no zone, made plain.</param>
public sealed record NamedZones(bool IsWhole, ImmutableArray<ZoneId> Zones, string Rest)
{
    public bool AreNamed => IsWhole || !Zones.IsEmpty;
}
