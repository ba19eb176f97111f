using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;

namespace EnergyPilot.Gateway.Web.Calendar;

/// <summary>Other holidays for a school: which calendars are to apply, what must change in the site file for it, and what that makes of its days.</summary>
/// <param name="Calendars">In the order of the site file.</param>
internal sealed record HolidayWish(ImmutableArray<HolidayCalendar> Calendars)
{
    private const string Path = "site.calendars";

    // Further than people plan, and the two kinds of calendars are known about as far.
    private const int YearAhead = 365;

    /// <summary>What applies already keeps its place; what is new takes the place of what goes of its kind, so that little changes in the file.</summary>
    public static HolidayWish Of(Site site, IEnumerable<HolidayCalendar> wanted)
    {
        var left = wanted.DistinctBy(IdOf).ToList();
        var kept = left.ToDictionary(IdOf, StringComparer.Ordinal);
        List<HolidayCalendar> placed = [];
        foreach (var standing in site.Calendar.Sources)
        {
            var next = kept.TryGetValue(standing.Id, out var same) ? same : left.FirstOrDefault(c => IsNew(c) && c.Sources[0].Kind == standing.Kind && c.Sources[0].IsOwn == standing.IsOwn);
            if (next is not null && left.Remove(next)) placed.Add(next);
        }

        return new([.. placed, .. left]);

        bool IsNew(HolidayCalendar calendar) => site.Calendar.Sources.All(s => s.Id != IdOf(calendar));
    }

    public IEnumerable<HolidaySource> Sources => Calendars.Select(c => c.Sources[0]);

    /// <summary>What is to change in the site file. In a list of as many calendars the others keep their lines and comments.</summary>
    public IEnumerable<SiteEdit> Edits(Site site, DocumentText text)
    {
        string[] before = [.. site.Calendar.Sources.Select(s => s.Id)], after = [.. Calendars.Select(IdOf)];
        if (before.SequenceEqual(after, StringComparer.Ordinal)) return [];
        if (after.Length == 0) return [new Remove(Path)];
        return before.Length == after.Length && SiteEdits.TextAt(text, $"{Path}[0]").Length > 0
            ? after.Index().Where(c => c.Item != before[c.Index]).Select(c => new SetValue(FormattableString.Invariant($"{Path}[{c.Index}]"), c.Item))
            : [new SetBlock(Path, $"[{string.Join(", ", after.Select(SiteEdits.Scalar))}]")];
    }

    /// <summary>What changes in the year that begins today.</summary>
    public ImmutableArray<HolidayChange> Changes(Site site, DateOnly today) => HolidayChange.Between(site, HolidayFile.Together(Calendars), today, LastLookedAt(today));

    /// <summary>How far it is looked ahead.</summary>
    public static DateOnly LastLookedAt(DateOnly today) => today.AddDays(YearAhead);

    private static string IdOf(HolidayCalendar calendar) => calendar.Sources[0].Id;
}
