namespace EnergyPilot.Core.Learning;

/// <summary>
/// Keeps the three temperatures of a zone true to its sensor, each quarter of an hour: with e = sensor − prediction,
/// air += 0.6·e, fast += 0.15·e, deep += 0.03·e, disturbance = 0.9·disturbance + 0.3·e (a Luenberger observer with fixed gains).
/// The prediction is made without the disturbance, which so settles at about half of the unexplained heat: cautious, and never unstable.
/// </summary>
public static class Observer
{
    /// <summary>Length of the quarter [h].</summary>
    public const double Hours = 0.25;

    /// <summary>No quarter teaches more than this [K]: a spike of a sensor shall not warm the walls.</summary>
    public const double LargestError = 3;

    private const double Fading = 0.9, Growing = 0.3;
    private static readonly TimeSpan Quarter = TimeSpan.FromHours(Hours);
    private static readonly TimeSpan LongestMemory = TimeSpan.FromHours(24);

    /// <summary>The belief after one more quarter; finite whatever the quarter holds, as long as the belief before was.</summary>
    public static ObserverState Next(ZoneModel model, ObserverState before, Quarter quarter)
    {
        var gap = quarter.End - before.At;
        if (gap != Quarter) return AfterGap(before, quarter, gap);
        if (!IsComplete(quarter.Drive)) return Held(before, quarter);

        var predicted = model.Step(before.State, quarter.Drive with { Disturbance = 0 }, Hours);
        return quarter switch
        {
            { Room: var room } when !double.IsFinite(room) => new(quarter.End, predicted, Fading * before.Disturbance),
            { Worth: QuarterWorth.WindowOpen } => new(quarter.End, predicted with { Air = quarter.Room }, before.Disturbance),
            { Worth: QuarterWorth.Untrusted } => new(quarter.End, Corrected(predicted, Error(quarter.Room, predicted), ObserverGains.Control), Fading * before.Disturbance),
            _ => Learned(predicted, quarter, before.Disturbance),
        };
    }

    /// <summary>A prediction after an error has been shared out.</summary>
    internal static ZoneState Corrected(ZoneState predicted, double error, ObserverGains gains) =>
        new(predicted.Air + gains.Air * error, predicted.Fast + gains.Fast * error, predicted.Deep + gains.Deep * error);

    /// <summary>Sensor less prediction, limited.</summary>
    internal static double Error(double room, ZoneState predicted) => Math.Clamp(room - predicted.Air, -LargestError, LargestError);

    /// <summary>Whether nothing of a drive is unknown.</summary>
    internal static bool IsComplete(ZoneDrive drive) =>
        double.IsFinite(drive.Outdoor + drive.Emission + drive.SunEast + drive.SunSouth + drive.SunWest + drive.People);

    private static ObserverState Learned(ZoneState predicted, Quarter quarter, double disturbance)
    {
        var error = Error(quarter.Room, predicted);
        return new(quarter.End, Corrected(predicted, error, ObserverGains.Control), Fading * disturbance + Growing * error);
    }

    // Not knowing what acted, the sensor is believed and the masses stay; better than a guess of the weather.
    private static ObserverState Held(ObserverState before, Quarter quarter) =>
        new(quarter.End, double.IsFinite(quarter.Room) ? before.State with { Air = quarter.Room } : before.State, Fading * before.Disturbance);

    // A clock that went back, or an absence longer than a day: what was believed of the walls no longer holds.
    private static ObserverState AfterGap(ObserverState before, Quarter quarter, TimeSpan gap) =>
        gap > TimeSpan.Zero && gap <= LongestMemory ? Held(before, quarter)
        : double.IsFinite(quarter.Room) ? ObserverState.Of(quarter.End, quarter.Room)
        : before with { At = quarter.End, Disturbance = 0 };
}
