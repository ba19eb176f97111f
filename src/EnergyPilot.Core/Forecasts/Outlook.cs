using System.Collections.Immutable;

namespace EnergyPilot.Core.Forecasts;

/// <summary>What is expected of the coming hours: weather, and what energy will cost. Not-a-number where nobody knows.</summary>
/// <param name="From">Beginning of the first hour (UTC, a whole hour).</param>
/// <param name="Hours">One after another without gaps.</param>
public sealed record Outlook(DateTimeOffset From, ImmutableArray<OutlookHour> Hours)
{
    public static readonly Outlook None = new(DateTimeOffset.MinValue, []);

    /// <summary>What is expected at an instant; nothing known outside the hours.</summary>
    public OutlookHour At(DateTimeOffset at)
    {
        var index = at < From ? -1 : (at - From).Ticks / TimeSpan.TicksPerHour;
        return index >= 0 && index < Hours.Length ? Hours[(int)index] : OutlookHour.Unknown;
    }
}

/// <summary>One hour of an outlook.</summary>
/// <param name="Outdoor">Mean outdoor air [°C].</param>
/// <param name="GlobalHorizontal">Mean global irradiance on a horizontal surface [W/m²].</param>
/// <param name="EuroPerKwh">Price of the heat source's energy [€/kWh].</param>
/// <param name="GramsCo2PerKwh">Its emissions [g/kWh].</param>
public readonly record struct OutlookHour(double Outdoor, double GlobalHorizontal, double EuroPerKwh, double GramsCo2PerKwh)
{
    public static readonly OutlookHour Unknown = new(double.NaN, double.NaN, double.NaN, double.NaN);
}
