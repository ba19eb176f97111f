using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.WhatIf;

/// <summary>A stretch of a zone's season in which nothing of its programme changes, in steps of a run.</summary>
/// <param name="Until">The first step after it.</param>
/// <param name="Comfort">How warm it shall be in this use, or in the next one [°C].</param>
/// <param name="Rest">How warm it is kept while empty [°C].</param>
/// <param name="NextUse">The step in which the next use begins; far beyond the season for none.</param>
/// <param name="Earliest">Before this step no warm-up for it begins.</param>
/// <param name="Judged">The comfort that people are used to [°C].</param>
internal readonly record struct Span(
    int Until, SpanUse Use, double Comfort, double Rest, int NextUse, int Earliest, double Judged)
{
    public bool IsComfort => Use != SpanUse.Empty;
}

internal enum SpanUse
{
    Empty,

    /// <summary>A lunch: kept warm, nobody expected.</summary>
    Break,
    InUse,

    /// <summary>In use, and the first use of its day.</summary>
    FirstOfDay,
}

/// <summary>A zone's season by programme, calendar and exceptions: the same periods that the control looks up, in a row.</summary>
internal static class Timetable
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private const int Never = int.MaxValue / 2;

    /// <param name="site">As it would be.</param>
    /// <param name="zone">Of that site.</param>
    /// <param name="judged">The same zone as it is: whose comfort people are used to.</param>
    public static Span[] Of(Site site, Zone zone, Zone judged, SeasonWeather weather)
    {
        var spans = new List<Span>();
        var (at, lastDay) = (weather.From, DateOnly.MinValue);
        var keepsDays = Occasions.HasAny(site);
        while (at < weather.Until)
        {
            var period = Periods.At(site, zone, at);
            var until = keepsDays && period.Mode != Mode.Comfort ? Earlier(period.Until, Midnight(site, at)) : period.Until;
            var day = DateOnly.FromDateTime(site.Local(period.From));
            spans.Add(Of(site, zone, judged, period, at, StepOf(until, weather), day != lastDay, weather));
            if (period.IsInUse) lastDay = day;
            at = until;
        }

        return [.. spans];
    }

    private static Span Of(Site site, Zone zone, Zone judged, Period period, DateTimeOffset at, int until, bool isFirst, SeasonWeather weather)
    {
        var comfort = period.ComfortOf(zone).Degrees;
        var rest = period.RestOf(zone, site, at).Degrees;
        if (period.Mode == Mode.Absence && zone.DryFloor is { } dry) rest = Math.Max(rest, Math.Min(dry.Degrees, comfort));
        var use = period.Mode != Mode.Comfort ? SpanUse.Empty : !period.IsInUse ? SpanUse.Break : isFirst ? SpanUse.FirstOfDay : SpanUse.InUse;
        return new Span(
            until, use, comfort, rest, StepOf(period.NextUse, weather), StepOf(WarmUps.Earliest(site, zone, period.NextUse), weather),
            period.UseSetpoint?.Degrees ?? judged.Setpoints.Comfort.Degrees);
    }

    private static DateTimeOffset Midnight(Site site, DateTimeOffset at) => DayHours.At(site, DateOnly.FromDateTime(site.Local(at)).AddDays(1), TimeSpan.Zero);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static int StepOf(DateTimeOffset at, SeasonWeather weather)
    {
        var steps = (at - weather.From) / Step;
        return steps <= 0 ? 0 : steps >= Never ? Never : (int)Math.Round(steps);
    }
}
