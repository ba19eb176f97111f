using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Legal;

/// <summary>A temperature summed over time. Whole numbers, so that a day gives the same sum in whatever pieces it is added up.</summary>
/// <param name="Milliseconds">How long.</param>
/// <param name="MillikelvinMilliseconds">The integral; of a temperature from 0 °C, of an excess from its limit.</param>
public readonly record struct TimedSum(long Milliseconds, long MillikelvinMilliseconds)
{
    /// <summary>A temperature that held for some time.</summary>
    public static TimedSum Of(long millikelvin, long milliseconds) => new(milliseconds, millikelvin * milliseconds);

    public static TimedSum operator +(TimedSum a, TimedSum b) =>
        new(a.Milliseconds + b.Milliseconds, a.MillikelvinMilliseconds + b.MillikelvinMilliseconds);

    public TimeSpan Time => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>Mean over the time; not-a-number when there was none.</summary>
    public Celsius Mean => new(Milliseconds > 0 ? MillikelvinMilliseconds / 1000.0 / Milliseconds : double.NaN);

    /// <summary>[K·h].</summary>
    public double KelvinHours => MillikelvinMilliseconds / 3.6e9;
}
