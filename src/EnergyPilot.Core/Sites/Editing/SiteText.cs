using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>Values as people write them in site files.</summary>
public static class SiteText
{
    /// <summary>"18.5 °C".</summary>
    public static string Of(Celsius setpoint) => string.Create(CultureInfo.InvariantCulture, $"{setpoint.Degrees:0.###} °C");

    /// <summary>A week as the block of a programme; days that are alike stand together, days without use are left out.</summary>
    /// <param name="days">Seven plans, Monday first.</param>
    public static string Of(ImmutableArray<DayPlan> days, HolidayUse onHolidays)
    {
        var yaml = new StringBuilder();
        foreach (var alike in days.Zip(ProgrammeFields.Days, (d, key) => (Text: DayText.Of(d), Key: key)).Where(d => d.Text.Length > 0).GroupBy(d => d.Text))
            yaml.Append(string.Join(' ', alike.Select(d => d.Key))).Append(": ").Append(alike.Key).Append('\n');
        return yaml.Append("holidays: ").Append(Words<HolidayUse>.Of(onHolidays)).Append('\n').ToString();
    }
}
