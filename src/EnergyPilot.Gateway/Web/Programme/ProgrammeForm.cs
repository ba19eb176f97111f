using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Programme;

/// <summary>The week of a zone as it stands in the browser: seven rows of hours as typed, and for whom they are.</summary>
/// <param name="Days">Monday first.</param>
/// <param name="IsOwn">Whether this zone gets a programme of its own; else it is changed for all that share it.</param>
internal sealed record ProgrammeForm(ImmutableArray<string> Days, bool IsOwn, bool InHolidays)
{
    private const int Week = 7;

    /// <summary>Weeks to begin with: their name and the hours of Monday, Tuesday, Thursday and Friday, and of Wednesday.</summary>
    public static readonly ImmutableArray<(string Name, Phrase Phrase, string Day, string Wednesday)> Templates =
    [
        ("school", Phrase.TemplateSchool, "08:30-12:00, 13:30-16:30", "08:30-12:00"), ("half", Phrase.TemplateHalf, "08:30-12:00", "08:30-12:00"),
        ("full", Phrase.TemplateFull, "08:00-18:00", "08:00-18:00"), ("canteen", Phrase.TemplateCanteen, "11:15-13:45", ""),
        ("evening", Phrase.TemplateEvening, "18:00-21:00", "18:00-21:00"), ("empty", Phrase.TemplateEmpty, "", ""),
    ];

    /// <param name="day">How a day is written.</param>
    public static ProgrammeForm Of(Zone zone, Func<DayPlan, string> day) => new([.. zone.Programme.Days.Select(day)], false, zone.Programme.OnHolidays == HolidayUse.AsUsual);

    public static ProgrammeForm Typed(IFormCollection form) =>
        new([.. Enumerable.Range(0, Week).Select(i => form[$"day{i}"].ToString())], form["for"] == "own", form["holidays"].Count > 0);

    /// <summary>The week of this name, or the copies of a day, in place of what was typed.</summary>
    public ProgrammeForm Filled(string template, string copy) =>
        Templates.FirstOrDefault(t => t.Name == template) is { Name: not null } week ? this with { Days = [.. Enumerable.Range(0, Week).Select(i => i > 4 ? "" : i == 2 ? week.Wednesday : week.Day)] }
        : copy is [var day] && day - '0' is >= 0 and < Week and var from ? this with { Days = [.. Days.Select((typed, i) => i < 5 || i == from ? Days[from] : typed)] }
        : this;

    /// <summary>The days, when they make sense; else every mistake in them.</summary>
    public bool TryRead(Reader reader, out ImmutableArray<DayPlan> days, out ImmutableArray<Mistake> mistakes)
    {
        var (read, found) = (ImmutableArray.CreateBuilder<DayPlan>(), ImmutableArray.CreateBuilder<Mistake>());
        for (var i = 0; i < Week; i++)
            if (TypedDay.TryRead(Days[i], reader, out var plan)) read.Add(plan);
            else found.Add(new Mistake($"day{i}", Phrase.EventHoursUnreadable, [Fact.Of("typed", Days[i])]));
        (days, mistakes) = (read.ToImmutable(), found.ToImmutable());
        return mistakes.IsEmpty;
    }

    /// <summary>What is to change in the site file.</summary>
    public IEnumerable<SiteEdit> Edits(Site site, Zone zone, ImmutableArray<DayPlan> days)
    {
        var id = IsOwn ? OwnName(site, zone) : zone.Programme.Id;
        yield return new SetBlock($"programmes.{id}", SiteText.Of(days, InHolidays ? HolidayUse.AsUsual : HolidayUse.Empty));
        if (id != zone.Programme.Id) yield return new SetValue($"zones.{zone.Id}.programme", id);
    }

    /// <summary>Hours of use in a week.</summary>
    public static double HoursOf(IEnumerable<DayPlan> days) => days.Sum(d => d.Intervals.Where(i => i.Mode == Mode.Comfort).Sum(i => (i.To - i.From).TotalHours));

    private static string OwnName(Site site, Zone zone)
    {
        if (site.Zones.Count(z => z.Programme.Id == zone.Programme.Id) == 1) return zone.Programme.Id;
        var name = $"{zone.Id}-own";
        for (var i = 2; site.HasProgramme(name); i++) name = FormattableString.Invariant($"{zone.Id}-own-{i}");
        return name;
    }
}
