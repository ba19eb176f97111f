using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Control;

/// <summary>What the model of a room says of what no sensor sees: its masses, its radiator.</summary>
/// <param name="Observer">The masses, as of the last whole quarter of an hour.</param>
/// <param name="Excess">Mean temperature of the radiator above the room [K].</param>
/// <param name="Quarter">Beginning of the running quarter of an hour; MinValue before the first.</param>
/// <param name="Sums">What acted on the room since then.</param>
/// <param name="Unexplained">What the model did not explain, through a low-pass of a day [K/h].</param>
public sealed record ZoneEstimate(ObserverState Observer, double Excess, DateTimeOffset Quarter, QuarterSums Sums, double Unexplained)
{
    public static readonly ZoneEstimate None = new(default, 0, DateTimeOffset.MinValue, default, 0);

    private bool IsKnown => Observer.At > DateTimeOffset.MinValue;

    internal bool IsSound => double.IsFinite(Excess + Unexplained + Observer.State.Air + Observer.State.Fast + Observer.State.Deep + Observer.Disturbance);

    /// <summary>The fast mass; as warm as the room while nothing is known.</summary>
    internal double Fast(double room) => IsKnown ? Observer.State.Fast : room;

    internal ZoneState StateOr(double room) => IsKnown ? Observer.State : new ZoneState(room, room, room);
}

/// <summary>Sums of one quarter of an hour, each value times the seconds for which it held.</summary>
public readonly record struct QuarterSums(
    double Seconds, double Outdoor, double Emission, double SunEast, double SunSouth, double SunWest, double People, double WindowSeconds, double UntrustedSeconds);
