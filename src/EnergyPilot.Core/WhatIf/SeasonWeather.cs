using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sky;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.WhatIf;

/// <summary>An hour of weather.</summary>
/// <param name="OutdoorC">Mean outdoor air [°C].</param>
/// <param name="GlobalHorizontal">Global irradiance on a horizontal surface [W/m²]; not-a-number where the models know no sun.</param>
public readonly record struct HourWeather(double OutdoorC, double GlobalHorizontal);

/// <summary>The weather of a season, hour by hour, and where it comes from.</summary>
/// <param name="From">Beginning of the first hour.</param>
/// <param name="Hours">Without a gap.</param>
/// <param name="MeasuredDays">Days whose temperatures were measured at this school.</param>
/// <param name="TypicalDays">Days taken from a typical year.</param>
public sealed record SeasonWeather(DateTimeOffset From, ImmutableArray<HourWeather> Hours, int MeasuredDays, int TypicalDays)
{
    /// <summary>End of the last hour.</summary>
    public DateTimeOffset Until => From.AddHours(Hours.Length);
}

/// <summary>The weather of a season in the steps of a run, with all that follows from it alone, worked out once for all runs.</summary>
internal sealed class SteppedWeather
{
    private const int PerHour = 4;
    private static readonly double OfSixHours = 1 - Math.Exp(-1 / (6.0 * PerHour)), OfADay = 1 - Math.Exp(-1 / (24.0 * PerHour));
    private static readonly Kelvin WakeBelow = new(2);

    private readonly float[] outdoor, filtered, east, south, west;
    private readonly bool[] resting;

    public SteppedWeather(SeasonWeather weather, Site site)
    {
        Count = weather.Hours.Length * PerHour;
        (outdoor, filtered, east, south, west, resting) = (new float[Count], new float[Count], new float[Count], new float[Count], new float[Count], new bool[Count]);
        var place = new Place(site.Location.LatitudeDegrees, site.Location.LongitudeDegrees);
        var (slow, day) = (weather.Hours[0].OutdoorC, weather.Hours[0].OutdoorC);
        var rests = false;
        for (var i = 0; i < Count; i++)
        {
            var hour = Between(weather.Hours, i);
            slow += OfSixHours * (hour.OutdoorC - slow);
            day += OfADay * (hour.OutdoorC - day);
            // As the control has it: above the cut-off it rests, two kelvin below it wakes.
            rests = day > site.Control.SummerCutOff.Degrees || (rests && day >= (site.Control.SummerCutOff - WakeBelow).Degrees);
            (outdoor[i], filtered[i], resting[i]) = ((float)hour.OutdoorC, (float)slow, rests);
            if (!(hour.GlobalHorizontal > 0)) continue;
            var sun = FacadeSun.Of(hour.GlobalHorizontal, Sun.At(weather.From.AddHours((i + 0.5) / PerHour), place));
            (east[i], south[i], west[i]) = ((float)sun.East, (float)sun.South, (float)sun.West);
        }
    }

    /// <summary>Steps of a quarter of an hour.</summary>
    public int Count { get; }

    public double Outdoor(int step) => outdoor[step];

    /// <summary>Through a low-pass of 6 h [°C]; what heating curves see.</summary>
    public double Filtered(int step) => filtered[step];

    public bool Resting(int step) => resting[step];

    public FacadeSun SunAt(int step) => new(east[step], south[step], west[step]);

    // An hourly mean stands in the middle of its hour.
    private static HourWeather Between(ImmutableArray<HourWeather> hours, int step)
    {
        var place = Math.Clamp((step + 0.5) / PerHour - 0.5, 0, hours.Length - 1);
        var (index, share) = ((int)place, place - (int)place);
        var (a, b) = (hours[index], hours[Math.Min(index + 1, hours.Length - 1)]);
        return new HourWeather(a.OutdoorC + share * (b.OutdoorC - a.OutdoorC), a.GlobalHorizontal + share * (b.GlobalHorizontal - a.GlobalHorizontal));
    }
}
