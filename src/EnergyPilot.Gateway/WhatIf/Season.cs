using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Gateway.WhatIf;

/// <summary>
/// The heating season that questions are about: 1 October to 30 April, the one that is going on or the next one to come, by the school's own calendar. Each day has the
/// weather that was last measured on that date, this season or the one before; where none was, that of a typical year.
/// </summary>
internal sealed record Season(DateTimeOffset From, DateTimeOffset Until)
{
    private const int FirstMonth = 10, LastMonth = 4, LeastHours = 20;
    private static readonly TimeSpan Settling = TimeSpan.FromDays(7);

    /// <summary>When the runs begin: walls need some days to forget how they began.</summary>
    public DateTimeOffset Begin => From - Settling;

    public static Season At(Site site, DateTimeOffset now)
    {
        var local = site.Local(now);
        var year = local.Month > LastMonth ? local.Year : local.Year - 1;
        return new Season(site.Instant(new DateTime(year, FirstMonth, 1)).ToUniversalTime(), site.Instant(new DateTime(year + 1, LastMonth + 1, 1)).ToUniversalTime());
    }

    /// <summary>Its weather.</summary>
    /// <param name="measured">Hourly means of the outdoor temperature by their beginning; not-a-number for an hour that nobody knows.</param>
    /// <param name="now">Nothing of what is still to come was measured this season.</param>
    /// <param name="knowsSun">Whether the models have learned with the sun known; others have it in their losses.</param>
    public SeasonWeather Weather(Func<DateTimeOffset, double> measured, DateTimeOffset now, bool knowsSun)
    {
        var hours = ImmutableArray.CreateBuilder<HourWeather>((int)(Until - Begin).TotalHours);
        var (known, typical) = (0, 0);
        for (var day = Begin; day < Until; day = day.AddDays(1))
        {
            var source = day.AddDays(1) <= now && IsKnown(day, measured) ? day : IsKnown(day.AddYears(-1), measured) ? day.AddYears(-1) : (DateTimeOffset?)null;
            var last = double.NaN;
            for (var hour = 0; hour < 24 && day.AddHours(hour) < Until; hour++)
            {
                var sample = TypicalYear.Uccle.At(day.AddHours(hour + 0.5));
                var value = source is { } from ? measured(from.AddHours(hour)) : sample.TemperatureC;
                // A few hours without a reading take the one before.
                last = double.IsFinite(value) ? value : double.IsFinite(last) ? last : sample.TemperatureC;
                hours.Add(new HourWeather(last, knowsSun ? sample.GlobalHorizontalWPerM2 : double.NaN));
            }

            if (day >= From) (known, typical) = source is null ? (known, typical + 1) : (known + 1, typical);
        }

        return new SeasonWeather(Begin, hours.ToImmutable(), known, typical);
    }

    /// <summary>The days of this season that end now and were measured without a gap; null when there is none.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Past(Func<DateTimeOffset, double> measured, DateTimeOffset now)
    {
        var until = From;
        while (until.AddDays(1) <= now && until < Until) until = until.AddDays(1);
        var from = until;
        while (from > From && IsKnown(from.AddDays(-1), measured)) from = from.AddDays(-1);
        return from < until ? (from, until) : null;
    }

    private static bool IsKnown(DateTimeOffset day, Func<DateTimeOffset, double> measured)
    {
        var count = 0;
        for (var hour = 0; hour < 24; hour++) count += double.IsFinite(measured(day.AddHours(hour))) ? 1 : 0;
        return count >= LeastHours;
    }
}
