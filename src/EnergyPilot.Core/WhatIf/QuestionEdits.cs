using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.WhatIf;

/// <summary>What must be written into a site file so that a question comes true. What the file says already is not written again.</summary>
public static class QuestionEdits
{
    /// <param name="site">As its file says, without uses that were added on the page.</param>
    public static ImmutableArray<SiteEdit> Of(Question question, Site site)
    {
        var changed = question.Applied(site);
        return
        [
            .. site.Zones.Zip(changed.Zones).SelectMany(z => Zone(z.First, z.Second)),
            .. Programmes(site, changed),
            .. changed.Exceptions.Skip(site.Exceptions.Length).Select(Closed),
        ];
    }

    private static IEnumerable<SiteEdit> Zone(Zone before, Zone after)
    {
        var path = $"zones.{before.Id}";
        foreach (var (name, of) in ((string, Func<Setpoints, Celsius>)[])[("comfort", s => s.Comfort), ("reduced", s => s.Reduced), ("absence", s => s.Absence), ("frost", s => s.Frost)])
            if (of(before.Setpoints) != of(after.Setpoints) || (name == "absence" && before.DryFloor != after.DryFloor)) yield return new SetValue($"{path}.setpoints.{name}", SiteText.Of(of(after.Setpoints)));
        if (after.EarliestStart is { } start && before.EarliestStart != start) yield return new SetValue($"{path}.{ControlFields.EarliestStartKey}", HoursText.Of(start));
    }

    // Zones whose weeks come out alike share one programme: where all who followed it still do, it changes; the others get new ones.
    private static IEnumerable<SiteEdit> Programmes(Site site, Site changed)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var followers in site.Zones.Zip(changed.Zones, (before, after) => (before.Id, Before: before.Programme, Week: Written(after.Programme))).GroupBy(z => z.Before.Id))
        {
            var moved = followers.Where(z => z.Week != Written(z.Before)).ToArray();
            var isFree = moved.Length == followers.Count();
            foreach (var alike in moved.GroupBy(z => z.Week))
            {
                var name = isFree ? followers.Key : Unused(followers.Key, site, given);
                isFree = false;
                yield return new SetBlock($"programmes.{name}", alike.Key);
                if (name == followers.Key) continue;
                foreach (var zone in alike) yield return new SetValue($"zones.{zone.Id}.programme", name);
            }
        }
    }

    private static string Unused(string programme, Site site, HashSet<string> given)
    {
        for (var number = 2; ; number++)
            if (string.Create(CultureInfo.InvariantCulture, $"{programme}-{number}") is var name && !site.HasProgramme(name) && given.Add(name)) return name;
    }

    private static string Written(WeekProgramme programme) => SiteText.Of(programme.Days, programme.OnHolidays);

    private static AddItem Closed(Occasion closed)
    {
        var zones = closed.Zones.IsEmpty ? "" : $"\nzones: [{string.Join(", ", closed.Zones.Select(z => z.Name))}]";
        return new AddItem("exceptions", string.Create(
            CultureInfo.InvariantCulture, $"on: {closed.First:yyyy-MM-dd}\nuntil: {closed.Last:yyyy-MM-dd}\nkind: closed{zones}\nsetpoint: {SiteText.Of(closed.Setpoint ?? default)}"));
    }
}
