using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>Holiday calendars in words.</summary>
internal static class HolidayWords
{
    private const int MostRows = 16;

    /// <summary>How many days before a calendar ends people are told.</summary>
    private const int NoticeDays = 90;

    public static string Kind(Reader reader, HolidayKind kind) => reader.Say(kind == HolidayKind.School ? Phrase.SchoolHolidays : Phrase.PublicHolidays);

    /// <summary>"School holidays: France, zone B; public holidays: France".</summary>
    public static string Names(Reader reader, IEnumerable<HolidaySource> sources) =>
        string.Join(reader.Say(Phrase.Semicolon), sources.Select(s => reader.Say(Phrase.HolidaysNamed, Fact.Of("kind", s.IsOwn ? reader.Say(Phrase.OwnDays) : Kind(reader, s.Kind)), Fact.Of("name", s.Title(reader.Language.Code)))));

    public static string Until(Reader reader, HolidaySource source, DateOnly today) =>
        reader.Say(source.KnownUntil < today ? Phrase.HolidaysOverSince : Phrase.HolidaysKnownUntil, Fact.Of("until", reader.FullDate(source.KnownUntil)));

    /// <summary>What must be said of a calendar that ends soon, or is over; nothing of the others.</summary>
    public static IEnumerable<string> Endings(Reader reader, IEnumerable<HolidaySource> sources, DateOnly today) =>
        from source in sources
        where source.KnownUntil.DayNumber - today.DayNumber <= NoticeDays
        select reader.Say(
            source.KnownUntil < today ? Phrase.HolidaysAreOver : Phrase.HolidaysEndSoon,
            Fact.Of("kind", Kind(reader, source.Kind)), Fact.Of("name", source.Title(reader.Language.Code)), Fact.Of("until", reader.FullDate(source.KnownUntil)));

    /// <summary>What a choice makes of the days ahead and how it takes hold, in sentences.</summary>
    public static IReadOnlyList<string> Meaning(Reader reader, HolidayWish wish, SitePreview preview, ImmutableArray<HolidayChange> changes)
    {
        if (preview.CanHold && preview.Diff.IsEmpty) return [reader.Say(Phrase.HolidaysSame)];
        var last = HolidayWish.LastLookedAt(DateOnly.FromDateTime(reader.Site.Local(reader.Now)));
        List<string> words =
        [
            changes.IsEmpty ? reader.Say(Phrase.HolidaysNoDayChanges, Fact.Of("until", reader.FullDate(last)))
                : reader.Say(Phrase.HolidaysDaysChange, Fact.Of("until", reader.FullDate(last)), Fact.Count("off", Days(changes, DayFate.DayOff)), Fact.Count("on", Days(changes, DayFate.SchoolDay))),
            .. changes.Take(MostRows).Select(c => reader.Say(c.Becomes == DayFate.DayOff ? Phrase.HolidaysDayOff : Phrase.HolidaysSchoolDay, Fact.Of("days", Span(reader, c)), Fact.Of("name", c.Holiday.Name))),
        ];
        if (changes.Length > MostRows) words.Add(reader.Say(Phrase.HolidaysMoreChanges, Fact.Count("more", changes.Length - MostRows)));
        if (preview.Effect != SiteEffect.None) words.Add(reader.Say(preview.Effect == SiteEffect.Anew ? Phrase.SiteEffectAnew : Phrase.SiteEffectLive));
        return words;
    }

    private static int Days(ImmutableArray<HolidayChange> changes, DayFate becomes) => changes.Where(c => c.Becomes == becomes).Sum(c => c.Days);

    private static string Span(Reader reader, HolidayChange change) => change.First == change.Last
        ? reader.FullDate(change.First)
        : reader.Say(Phrase.FromTo, Fact.Of("first", reader.FullDate(change.First)), Fact.Of("last", reader.FullDate(change.Last)));
}
