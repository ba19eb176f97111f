using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.WhatIf;

/// <summary>What must be written into a site file so that a question comes true. What the file says already is not written again.</summary>
public static class QuestionEdits
{
    private static readonly ImmutableArray<string> Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

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
            if (of(before.Setpoints) != of(after.Setpoints) || (name == "absence" && before.DryFloor != after.DryFloor)) yield return new SetValue($"{path}.setpoints.{name}", Written(of(after.Setpoints)));
        if (after.EarliestStart is { } start && before.EarliestStart != start) yield return new SetValue($"{path}.{ControlFields.EarliestStartKey}", Written(start));
    }

    // Where a question is about all who follow a programme, that changes; else those it is about get one of their own.
    private static IEnumerable<SiteEdit> Programmes(Site site, Site changed)
    {
        var pairs = site.Zones.Zip(changed.Zones).ToArray();
        foreach (var group in pairs.GroupBy(z => z.First.Programme.Id))
        {
            var moved = group.Where(z => !z.First.Programme.Days.SequenceEqual(z.Second.Programme.Days, DaySame.Instance)).ToArray();
            if (moved.Length == 0) continue;
            var name = moved.Length == group.Count() ? group.Key : Free(group.Key, site);
            yield return new SetBlock($"programmes.{name}", Written(moved[0].Second.Programme));
            if (name == group.Key) continue;
            foreach (var (zone, _) in moved) yield return new SetValue($"zones.{zone.Id}.programme", name);
        }
    }

    private static string Free(string programme, Site site)
    {
        for (var number = 2; ; number++)
            if ($"{programme}-{number}" is var name && site.Zones.All(z => z.Programme.Id != name)) return name;
    }

    private static string Written(WeekProgramme programme)
    {
        var lines = programme.Days.Select((day, i) => (day, i)).Where(d => !d.day.Intervals.IsEmpty).Select(d => $"{Days[d.i]}: {Written(d.day)}");
        return string.Join('\n', lines.Append($"holidays: {Words<HolidayUse>.Of(programme.OnHolidays)}"));
    }

    private static string Written(DayPlan day) => string.Join(", ", day.Intervals.Select(i => $"{Written(i.From)}-{Written(i.To)}{(i.Mode == Mode.Comfort ? "" : $" {Words<Mode>.Of(i.Mode)}")}"));

    private static AddItem Closed(Occasion closed)
    {
        var zones = closed.Zones.IsEmpty ? "" : $"\nzones: [{string.Join(", ", closed.Zones.Select(z => z.Name))}]";
        return new AddItem("exceptions", string.Create(
            CultureInfo.InvariantCulture, $"on: {closed.First:yyyy-MM-dd}\nuntil: {closed.Last:yyyy-MM-dd}\nkind: closed{zones}\nsetpoint: {Written(closed.Setpoint ?? default)}"));
    }

    private static string Written(Celsius setpoint) => string.Create(CultureInfo.InvariantCulture, $"{setpoint.Degrees:0.##} °C");

    private static string Written(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    private sealed class DaySame : IEqualityComparer<DayPlan>
    {
        public static readonly DaySame Instance = new();

        public bool Equals(DayPlan? x, DayPlan? y) => x is not null && y is not null && x.Intervals.SequenceEqual(y.Intervals);

        public int GetHashCode(DayPlan day) => day.Intervals.Length;
    }
}
