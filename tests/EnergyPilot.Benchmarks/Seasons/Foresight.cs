using System.Collections.Immutable;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Outlooks for controls that take one: prices are known, as day-ahead prices are; of the weather either everything or only yesterday.</summary>
internal sealed class Foresight(Building building)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TypicalYear year = TypicalYear.Uccle.With(building.Weather);

    /// <summary>The weather as it will be.</summary>
    public Outlook Perfect(DateTimeOffset at, int hours) => Of(at, hours, TimeSpan.Zero);

    /// <summary>The weather of the last day again and again: what a gateway without internet knows.</summary>
    public Outlook Persistence(DateTimeOffset at, int hours) => Of(at, hours, TimeSpan.FromHours(24));

    private Outlook Of(DateTimeOffset at, int hours, TimeSpan back)
    {
        var from = new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var outlook = ImmutableArray.CreateBuilder<OutlookHour>(hours);
        for (var hour = 0; hour < hours; hour++)
        {
            var known = back == TimeSpan.Zero ? hour : hour % 24;
            var weather = year.At(from + (known + 0.5) * Hour - back);
            outlook.Add(new OutlookHour(weather.TemperatureC, weather.GlobalHorizontalWPerM2, building.Tariff.EuroPerKwh(from + hour * Hour), double.NaN));
        }
        return new Outlook(from, outlook.MoveToImmutable());
    }
}
