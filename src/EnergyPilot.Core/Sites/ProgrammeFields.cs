using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of a week's programme: days, and what happens in holidays.</summary>
internal static class ProgrammeFields
{
    /// <summary>Monday first.</summary>
    public static readonly ImmutableArray<string> Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string DaysPattern = $"^({string.Join('|', Days)})( ({string.Join('|', Days)}))*$";

    public static WeekProgramme Read(string id, SiteReading reading, Fields fields)
    {
        var holidays = fields.Take("holidays", Shapes.Choice<HolidayUse>(), HolidayUse.Empty, "What happens in school holidays; \"empty\" when missing. Public holidays are always empty");
        var plans = fields.Each(DaysPattern, IsDays, DayPlanShape.WithModes, $"days (mon tue wed thu fri sat sun) with their hours, for example \"08:30-12:00, 13:30-16:30\"");
        reading.NoteProgramme(id, fields.Here);
        return new WeekProgramme(id, Week(plans, fields), holidays);
    }

    private static bool IsDays(string key) => key.Split(' ').All(Days.Contains);

    private static ImmutableArray<DayPlan> Week(ImmutableArray<(string Key, DayPlan Plan)> plans, Fields fields)
    {
        var week = new DayPlan?[Days.Length];
        foreach (var (key, plan) in plans)
            foreach (var day in key.Split(' '))
            {
                var index = Days.IndexOf(day);
                if (week[index] is not null) fields.At(key).Wrong($"\"{day}\" a second time", $"each day once");
                week[index] = plan;
            }

        return [.. week.Select(plan => plan ?? new DayPlan([]))];
    }
}
