namespace EnergyPilot.Core.Points;

/// <summary>
/// What a point said last: its value in the canonical unit of its quantity (states are 1 and 0), how far it can be
/// trusted, and when it was last seen. Last seen, not last changed: a steady temperature is not a dead sensor.
/// </summary>
public readonly record struct Reading(double Value, Reliability Reliability, DateTimeOffset At)
{
    public static Reading Good(double value, DateTimeOffset at) => new(value, Reliability.NoFaultDetected, at);

    /// <summary>Trouble as a value: nothing was measured, and why.</summary>
    public static Reading Unreliable(Reliability reliability, DateTimeOffset at) => new(double.NaN, reliability, at);

    /// <summary>True when the value may be used for control.</summary>
    public bool IsReliable => Reliability == Reliability.NoFaultDetected && double.IsFinite(Value);

    /// <summary>True for a reliable state that is on, open or present.</summary>
    public bool IsOn => IsReliable && Value >= 0.5;
}

/// <summary>Why a value can or cannot be trusted; the names are those of BACnet's BACnetReliability (ASHRAE 135, clause 21).</summary>
public enum Reliability
{
    NoFaultDetected,

    /// <summary>Nothing was ever read.</summary>
    NoSensor,
    OverRange,
    UnderRange,

    /// <summary>The device answered, but what it said is known to be meaningless (85.0 °C after power-on).</summary>
    UnreliableOther,

    /// <summary>The device answered with an error of its own.</summary>
    ProcessError,
    ConfigurationError,

    /// <summary>No answer, a damaged answer, or a value older than the point's patience.</summary>
    CommunicationFailure,
}
