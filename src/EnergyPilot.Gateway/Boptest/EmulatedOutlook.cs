using System.Collections.Immutable;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Forecasts;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Forecasts of the emulator as the outlook of the control.</summary>
internal static class EmulatedOutlook
{
    private const double GramsPerKilogram = 1000, Hour = 3600;

    /// <summary>Two days: beyond that BOPTEST's uncertain weather forecasts do not go.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(48), Interval = TimeSpan.FromHours(1);

    /// <summary>The points to ask for.</summary>
    public static ImmutableArray<string> Points(CaseMap map, CaseTariff tariff) =>
        [.. map.Forecast(tariff).Except(map.Zones.SelectMany(z => z.Lower)).Except(map.Zones.SelectMany(z => z.Upper))];

    /// <summary>The coming hours; the weather of an hour is the mean of its two ends, a price that of its beginning.</summary>
    public static Outlook Of(CaseMap map, CaseTariff tariff, EmulatorForecast forecast)
    {
        var (weather, price) = (map.Weather, map.Plant.Price.Of(tariff));
        var hours = ImmutableArray.CreateBuilder<OutlookHour>();
        for (var i = 0; i + 1 < forecast.Times.Length; i++)
            hours.Add(new OutlookHour(
                Kelvins.ToCelsius((forecast.At(weather.OutdoorForecast, i) + forecast.At(weather.OutdoorForecast, i + 1)) / 2),
                (forecast.At(weather.SunForecast, i) + forecast.At(weather.SunForecast, i + 1)) / 2,
                forecast.At(price, i),
                GramsPerKilogram * forecast.At(map.Plant.Emissions, i)));
        return hours.Count == 0 ? Outlook.None : new Outlook(EmulatedSite.At(map, Math.Floor(forecast.Times[0] / Hour) * Hour), hours.ToImmutable());
    }

    /// <summary>The sun of past hours from its record, so that learning knows it.</summary>
    public static Outlook OfPast(CaseMap map, EmulatorSeries sun)
    {
        if (sun.Times.Length == 0) return Outlook.None;
        var first = (long)Math.Floor(sun.Times[0] / Hour);
        var sums = new (double Sum, int Count)[(long)Math.Floor(sun.Times[^1] / Hour) - first + 1];
        for (var i = 0; i < sun.Times.Length; i++)
        {
            ref var hour = ref sums[(long)Math.Floor(sun.Times[i] / Hour) - first];
            hour = (hour.Sum + sun.Values[i], hour.Count + 1);
        }

        return new Outlook(EmulatedSite.At(map, first * Hour), [.. sums.Select(h => OutlookHour.Unknown with { GlobalHorizontal = h.Count > 0 ? h.Sum / h.Count : double.NaN })]);
    }
}
