using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Imports calendars into the store: its uses, the calendar and the audit line in one transaction, and nothing at all when it says what it said before: a calendar
/// on disk is read again each day, and its past days are no change.
/// </summary>
internal sealed class CalendarImports(LiveSite live, Store store, TimeProvider time)
{
    private readonly CalendarBook calendars = new(store.Settings);

    // By name. That it was read again and said the same need not outlive a restart.
    private readonly ConcurrentDictionary<string, CalendarSource> again = new(StringComparer.Ordinal);

    public IReadOnlyList<CalendarSource> Sources() => [.. calendars.All().Select(s => again.GetValueOrDefault(s.Name, s))];

    /// <summary>False when there are too many uses or calendars.</summary>
    public bool Import(CalendarSource source, ImportPlan plan, Visitor who)
    {
        var (known, now) = (calendars.All(), time.GetUtcNow());
        var before = known.FirstOrDefault(s => s.Name == source.Name);
        if (before is null && known.Length >= CalendarBook.Most) return false;
        var kept = source with { Owner = who.Name, ReadAt = now, Added = plan.Uses.Length, LeftOut = plan.LeftOut.Length };
        if (before is not null && IsSame(before, source) && SaysTheSame(source.Name, plan, now))
        {
            again[source.Name] = kept with { Owner = before.Owner };
            return true;
        }

        var line = CalendarBinding.Line(now, who, "calendar imported", source.Name, "", string.Create(CultureInfo.InvariantCulture, $"{kept.Added} uses, {kept.LeftOut} left out {source.Path}").TrimEnd());
        if (!store.Uses.TryImport(source.Name, plan.Uses, who.Name, now, connection =>
            {
                CalendarBook.Keep(connection, kept, who.Name, now);
                AuditLog.Write(connection, line);
            })) return false;
        again.TryRemove(source.Name, out _);
        return true;
    }

    public void Forget(string name, Visitor who)
    {
        var now = time.GetUtcNow();
        store.Uses.TryImport(name, [], who.Name, now, connection =>
        {
            CalendarBook.Forget(connection, name, who.Name, now);
            AuditLog.Write(connection, CalendarBinding.Line(now, who, "calendar removed", name, "", ""));
        });
        again.TryRemove(name, out _);
    }

    private static bool IsSame(CalendarSource one, CalendarSource other) => one.Path == other.Path && one.WholeDays == other.WholeDays && one.Elsewhere.SequenceEqual(other.Elsewhere);

    // What it shares with another calendar it takes over, which is a change.
    private bool SaysTheSame(string name, ImportPlan plan, DateTimeOffset now)
    {
        var site = live.Site;
        var today = DateOnly.FromDateTime(site.Local(now));
        var uids = plan.Uses.Select(u => u.Uid).ToHashSet(StringComparer.Ordinal);
        var imported = store.Uses.Uses.Where(u => u.Source.Length > 0 && (u.Source == name || uids.Contains(u.Uid))).ToList();
        if (imported.Any(u => u.Source != name)) return false;
        var (was, becomes) = (Days(imported.Select(u => (u.Uid, u.Occasion)), site, today), Days(plan.Uses, site, today));
        return was.Count == becomes.Count && was.All(w => becomes.TryGetValue(w.Key, out var days) && days.SetEquals(w.Value));
    }

    // By everything but the days: the days from today on, however they are written as series.
    private static Dictionary<string, HashSet<int>> Days(IEnumerable<(string Uid, Occasion Occasion)> uses, Site site, DateOnly today)
    {
        var days = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var (uid, use) in uses)
        {
            var coming = OccasionSeries.DaysOf(use, site.Calendar).Where(d => d >= today).Select(d => d.DayNumber).ToList();
            if (coming.Count == 0) continue;
            var key = string.Create(CultureInfo.InvariantCulture, $"{uid}\n{use.Kind} {HoursText.Of(use.Hours)} {string.Join(' ', use.Zones)} {use.Setpoint?.Degrees}\n{use.Note}");
            if (!days.TryGetValue(key, out var all)) days[key] = all = [];
            all.UnionWith(coming);
        }

        return days;
    }
}
