using System.Collections.Immutable;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>The comfort bands of all zones as far as they were forecast, and the site that follows them.</summary>
internal sealed class ComfortBands(CaseMap map)
{
    private const double Quarter = 900, Day = 86_400;

    /// <summary>A week: what is forecast for Monday evening must not be forgotten on Friday.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(ComfortWeek.Days), Interval = TimeSpan.FromSeconds(Quarter);

    private readonly Dictionary<long, Band>[] zones = [.. map.Zones.Select(_ => new Dictionary<long, Band>())];

    /// <summary>The points to ask for.</summary>
    public ImmutableArray<string> Points { get; } = [.. map.Zones.SelectMany(z => z.Lower).Concat(map.Zones.SelectMany(z => z.Upper)).Distinct(StringComparer.Ordinal)];

    public void Take(EmulatorForecast forecast)
    {
        for (var i = 0; i < forecast.Times.Length; i++)
            for (var zone = 0; zone < zones.Length; zone++)
                zones[zone][Index(forecast.Times[i])] = new Band(
                    Kelvins.ToCelsius(forecast.At(map.Zones[zone].Lower, i)), Kelvins.ToCelsius(forecast.At(map.Zones[zone].Upper, i)));
    }

    /// <summary>The band of a zone at a time [°C]; not a number where it is not known.</summary>
    public Band At(int zone, double time) => zones[zone].GetValueOrDefault(Index(time), Band.Unknown);

    /// <summary>The site with the week that begins with this day; the same site when nothing has changed.</summary>
    public Site Over(Site site, double time)
    {
        var midnight = Math.Floor(time / Day) * Day;
        var first = site.Local(EmulatedSite.At(map, midnight)).DayOfWeek;
        var changed = site.Zones.ToBuilder();
        var isSame = true;
        for (var i = 0; i < zones.Length; i++)
        {
            var week = ComfortWeek.Of(map.Zones[i].Id, Lower(i, midnight), first);
            if (week.IsLike(changed[i])) continue;
            changed[i] = changed[i] with { Programme = week.Programme, Setpoints = week.Setpoints };
            isSame = false;
        }

        return isSame ? site : site with { Zones = changed.ToImmutable() };
    }

    // What was never forecast, because it had passed, is as what followed; what nobody forecasts is comfort.
    private double[] Lower(int zone, double midnight)
    {
        var lower = new double[ComfortWeek.Days * ComfortWeek.QuartersPerDay];
        var known = map.Zones[zone].Comfort.Degrees;
        for (var i = lower.Length - 1; i >= 0; i--)
        {
            var bound = zones[zone].GetValueOrDefault(Index(midnight) + i, Band.Unknown).Lower;
            lower[i] = known = double.IsFinite(bound) ? bound : known;
        }

        return lower;
    }

    private static long Index(double time) => (long)Math.Floor(time / Quarter + 1e-6);
}

/// <summary>A comfort band [°C].</summary>
internal readonly record struct Band(double Lower, double Upper)
{
    public static readonly Band Unknown = new(double.NaN, double.NaN);
}

/// <summary>Emulators speak in kelvins.</summary>
internal static class Kelvins
{
    private const double Zero = 273.15;

    public static double ToCelsius(double kelvins) => kelvins - Zero;

    public static double FromCelsius(double degrees) => degrees + Zero;
}
