using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Calendars;

/// <summary>What an import would do: told before, done after, from the same plan.</summary>
/// <param name="Uses">What is added, by what it is called in its calendar.</param>
/// <param name="LeftOut">Entries that are not added, and why.</param>
internal sealed record ImportPlan(ImmutableArray<(string Uid, Occasion Occasion)> Uses, ImmutableArray<LeftOut> LeftOut)
{
    private const int LongestNote = 200;

    /// <summary>The plan of a file for a school.</summary>
    /// <param name="source">What becomes of whole days and of entries that name no zone.</param>
    public static ImportPlan Of(CalendarFile file, CalendarSource source, Site site, DateOnly today)
    {
        var (uses, left) = (ImmutableArray.CreateBuilder<(string, Occasion)>(), ImmutableArray.CreateBuilder<LeftOut>());
        left.AddRange(file.LeftOut);
        foreach (var entry in file.Entries)
        {
            if (entry.Categories.Contains(CalendarWriter.Holiday)) continue;
            var planned = Planned(entry, source, site, today);
            uses.AddRange(planned.Uses.Select(u => (entry.Uid, u)));
            if (planned.Why is { } why) left.Add(new LeftOut(entry.Title, why));
        }

        return new ImportPlan(uses.ToImmutable(), left.ToImmutable());
    }

    private static (IEnumerable<Occasion> Uses, WhyLeftOut? Why) Planned(CalendarEntry entry, CalendarSource source, Site site, DateOnly today)
    {
        var kind = Enum.TryParse<OccasionKind>(entry.Categories.FirstOrDefault(), ignoreCase: true, out var said) && Enum.IsDefined(said) ? said : OccasionKind.Event;
        var hours = entry.Hours.Where(h => h.Day >= today).ToList();
        var days = entry.WholeDays.Where(d => d >= today).ToList();
        if (hours.Count + days.Count == 0) return ([], WhyLeftOut.Past);
        if (days.Count > 0 && kind != OccasionKind.Closed && source.WholeDays == WholeDays.LeftOut) return ([], WhyLeftOut.NoHours);
        if (Where(entry, source, site, days.Count > 0 || kind == OccasionKind.Closed) is not { } where) return ([], WhyLeftOut.NoZone);

        var use = new Occasion(days.Count > 0 ? OccasionKind.Closed : kind, default, default)
        {
            Zones = where, Note = entry.Title.Length > LongestNote ? entry.Title[..LongestNote] : entry.Title,
            Setpoint = double.IsFinite(entry.SetpointC) && kind != OccasionKind.Closed ? new Celsius(entry.SetpointC).Within(site.Control.LowestSetpoint, site.Control.HighestSetpoint) : null,
        };
        var whole = OccasionSeries.Of(use, days, site.Calendar);
        return (whole.Concat(hours.GroupBy(h => h.Hours).SelectMany(g => OccasionSeries.Of(use with { Kind = kind, Hours = [g.Key] }, g.Select(h => h.Day), site.Calendar))), null);
    }

    // A closed day that names no room is one of the whole school; an event that names none must be told where.
    private static ImmutableArray<ZoneId>? Where(CalendarEntry entry, CalendarSource source, Site site, bool isClosed)
    {
        var place = ZoneWords.In(site, entry.Place);
        if (!place.AreNamed) place = ZoneWords.In(site, entry.Title);
        if (place.IsWhole) return [];
        if (!place.Zones.IsEmpty) return place.Zones;
        if (entry.Categories is [var own] && Enum.TryParse<OccasionKind>(own, ignoreCase: true, out _) && entry.Place.Length == 0) return [];
        return !source.Elsewhere.IsEmpty ? source.Elsewhere : isClosed ? [] : null;
    }
}

/// <summary>An entry that is not added.</summary>
internal sealed record LeftOut(string Title, WhyLeftOut Why);

/// <summary>Why an entry of a calendar is not added.</summary>
internal enum WhyLeftOut
{
    /// <summary>It is over.</summary>
    Past,

    /// <summary>It says no hours, and nobody said what such days are.</summary>
    NoHours,

    /// <summary>It names no room that the school has.</summary>
    NoZone,

    /// <summary>Its days cannot be worked out: there is none, or a rule that finds none.</summary>
    Strange,

    /// <summary>It has more days than are looked at in an entry, or came after so many in its file.</summary>
    TooManyDays,

    /// <summary>All of it is further ahead than is looked at.</summary>
    FarAhead,
}
