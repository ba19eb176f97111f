using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>How far a value must move to be worth keeping: by <paramref name="Absolute"/> (canonical unit) and by <paramref name="Relative"/> of what was kept last, whichever is more.</summary>
public readonly record struct Deadband(double Absolute, double Relative)
{
    /// <summary>About the noise of a usual sensor, so that what is kept is what happened.</summary>
    public static Deadband Of(Quantity quantity) => quantity switch
    {
        Quantity.Temperature or Quantity.TemperatureDifference => new(0.1, 0),
        Quantity.RelativeHumidity or Quantity.Ratio => new(1, 0),
        Quantity.Concentration => new(20, 0),
        Quantity.Power => new(20, 0.02),
        Quantity.VolumeFlow => new(0.01, 0.02),
        Quantity.Voltage => new(1, 0),
        Quantity.Current => new(0.1, 0.02),
        Quantity.Frequency => new(0.05, 0),
        Quantity.Pressure => new(1000, 0.01),
        Quantity.State => new(0, 0),
        _ => new(0, 0.01),
    };

    /// <summary>Whether a value has moved that far.</summary>
    public bool IsLeft(double from, double to)
    {
        var moved = Math.Abs(to - from);
        // The hair's breadth lets 19.1 leave 19.0 by 0.1 although the difference of the two doubles is 0.1000…014 or 0.0999…
        return moved > 0 && moved >= Math.Max(Absolute, Relative * Math.Abs(from)) - 1e-9;
    }
}

/// <summary>When a reading of a point goes into the history.</summary>
/// <param name="Deadband">As soon as its value has moved this far.</param>
/// <param name="Heartbeat">And once in each stretch of this length, however steady it is.</param>
public readonly record struct Keeping(Deadband Deadband, TimeSpan Heartbeat)
{
    /// <summary>Every quarter of an hour gets a reading of its own: roll-ups rest on it, so a heartbeat is never longer.</summary>
    public static readonly TimeSpan LongestHeartbeat = TimeSpan.FromMinutes(15);

    /// <summary>What holds where a site file says nothing.</summary>
    public static Keeping Of(Quantity quantity) => new(Deadband.Of(quantity), LongestHeartbeat);
}
