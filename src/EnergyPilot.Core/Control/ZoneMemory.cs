using System.Collections.Immutable;

namespace EnergyPilot.Core.Control;

/// <summary>What is remembered of a zone.</summary>
/// <param name="Integral">Integral part of its PI loop, as a share of full heat.</param>
/// <param name="PulseStart">When the current time-proportional cycle began.</param>
/// <param name="PulseDuty">Its share of open time.</param>
/// <param name="Valve">What the valve was last told.</param>
/// <param name="ValveSince">Since when it has stood there.</param>
/// <param name="Frost">Whether frost protection has taken the zone over.</param>
/// <param name="ColdSince">Since when it has been too cold while in use; MaxValue while it is not.</param>
/// <param name="Rescues">When it had to be rescued from the cold lately.</param>
/// <param name="ThermostatShift">What is added to the setpoint written to its own thermostat so that the room, not the radiator, is right [K].</param>
/// <param name="Start">Its warm-up: planned, running, or none.</param>
/// <param name="Arrival">What is expected of its next use.</param>
/// <param name="Window">Its windows.</param>
/// <param name="Presence">Who is there.</param>
/// <param name="Estimate">What the model of the room says of its masses.</param>
public sealed record ZoneMemory(
    double Integral, DateTimeOffset PulseStart, double PulseDuty, double Valve, DateTimeOffset ValveSince,
    FrostState Frost, DateTimeOffset ColdSince, Rescues Rescues, double ThermostatShift,
    WarmUpMemory Start, ArrivalMemory Arrival, WindowMemory Window, Presence Presence, ZoneEstimate Estimate)
{
    public static readonly ZoneMemory New = new(
        0.15, DateTimeOffset.MinValue, 0, 1, DateTimeOffset.MinValue, FrostState.Safe, DateTimeOffset.MaxValue, default, 0,
        WarmUpMemory.None, ArrivalMemory.None, WindowMemory.Shut, Presence.Unknown, ZoneEstimate.None);

    /// <summary>Its air, and who is doing something about it.</summary>
    public AirMemory Air { get; init; } = AirMemory.None;

    /// <summary>The floor that guards its walls against mould [°C]; not-a-number where nobody ever measured how humid it is.</summary>
    public double MouldFloor { get; init; } = double.NaN;

    /// <summary>When people were there outside its hours in the last weeks, oldest first.</summary>
    public ImmutableArray<Stay> Stays { get; init; } = [];

    // One not-a-number would stay in the loop for ever: better to begin anew.
    internal bool IsSound => Integral is >= 0 and <= 1 && PulseDuty is >= 0 and <= 1 && double.IsFinite(Valve) && Math.Abs(ThermostatShift) <= Thermostats.MostShift && Start.IsSound && Estimate.IsSound;
}

/// <summary>The last three times that a zone had to be rescued from the cold; the default value for those that never were.</summary>
public readonly record struct Rescues(DateTimeOffset Oldest, DateTimeOffset Middle, DateTimeOffset Newest)
{
    internal Rescues And(DateTimeOffset at) => new(Middle, Newest, at);

    // After a clock that was set back: a rescue that lies ahead would count as new in every cycle, and as recent for as long as it takes.
    internal Rescues Until(DateTimeOffset at) => Newest <= at && Middle <= at && Oldest <= at ? this
        : new(Earlier(Oldest, at), Earlier(Middle, at), Earlier(Newest, at));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
