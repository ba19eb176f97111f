using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>What an event is, when and where, in the reader's words.</summary>
internal static class EventWords
{
    private const int MostNames = 4;

    /// <summary>What staff added, by the very object that stands among the site's exceptions: two events may be alike.</summary>
    public static Dictionary<Occasion, AddedUse> Added(IEnumerable<AddedUse> uses)
    {
        var added = new Dictionary<Occasion, AddedUse>(ReferenceEqualityComparer.Instance);
        foreach (var use in uses) added.TryAdd(use.Occasion, use);
        return added;
    }

    /// <summary>What people call it, or what kind of thing it is.</summary>
    public static string Title(Reader reader, Occasion use) => use.Note.Length > 0 ? use.Note : reader.Word(use.Kind);

    /// <summary>A phrase within a line of others.</summary>
    public static string Within(string phrase) => phrase.Length == 0 ? phrase : char.ToLowerInvariant(phrase[0]) + phrase[1..];

    public static string When(Reader reader, Occasion use)
    {
        var hours = use.Hours.IsEmpty ? Within(reader.Say(Phrase.AllDay)) : string.Join(", ", use.Hours.Select(h => $"{Reader.TimeOfDay(h.From)}–{Reader.TimeOfDay(h.To)}"));
        Fact[] facts = [Fact.Of("day", reader.WeekDay(use.First)), Fact.Of("first", reader.FullDate(use.First)), Fact.Of("last", reader.FullDate(use.Last)), Fact.Of("hours", hours)];
        return reader.Say(use.Rhythm == Rhythm.EveryWeek ? Phrase.EventWeekly : use.First == use.Last ? Phrase.EventOnce : Phrase.EventDays, facts);
    }

    public static string Where(Reader reader, Occasion use)
    {
        if (use.Zones.IsEmpty || use.Zones.Length == reader.Site.Zones.Length) return Within(reader.Say(Phrase.WholeSchool));
        var names = string.Join(", ", use.Zones.Take(MostNames).Select(z => Names.Of(reader.Site, z.Name)));
        return use.Zones.Length <= MostNames ? names : reader.Say(Phrase.AndMoreZones, Fact.Of("names", names), Fact.Count("more", use.Zones.Length - MostNames));
    }
}
