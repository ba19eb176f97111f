using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Energy;

/// <summary>Days of a meter of the demonstration school, made by rule.</summary>
internal static class EnergyWorld
{
    public static readonly Site Demo = SchoolFiles.DemoSite;

    public static MeterDay Day(Site site, DateOnly date, Func<DateTime, HourAmount> hour, double outdoorC = 5)
    {
        var day = LocalDay.Of(site, date);
        return new(
            day, day.Clock(site), [.. Enumerable.Range(0, day.Count).Select(i => hour(site.Local(day.Hour(i))))],
            DayUse.Of(site, day), [.. Enumerable.Repeat(outdoorC, day.Count)]);
    }

    public static MeterDay[] Days(EnergyPeriod period, Func<DateTime, double> hour, double outdoorC = 5) =>
        [.. period.Days.Select(d => Day(Demo, d, at => new(hour(at), 1), outdoorC))];

    public static DateOnly Date(string date) => DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>After everything.</summary>
    public static readonly DateTimeOffset Later = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
