using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>What the control must remember from one cycle to the next. Plain data: it is stored, and a replayed day starts from it.</summary>
/// <param name="At">The cycle that made it; <see cref="DateTimeOffset.MinValue"/> before the first.</param>
/// <param name="OutdoorFiltered">Outdoor temperature through a low-pass of 6 h, for heating curves.</param>
/// <param name="OutdoorDay">Outdoor temperature through a low-pass of 24 h, for the summer rest.</param>
/// <param name="Resting">Whether the heating rests for the summer.</param>
/// <param name="Zones">Per zone.</param>
/// <param name="Circuits">Per circuit.</param>
/// <param name="Boiler">The boiler.</param>
/// <param name="AlarmsSince">When each condition that is watched began, by alarm key.</param>
public sealed record Memory(
    DateTimeOffset At,
    double OutdoorFiltered,
    double OutdoorDay,
    SummerState Resting,
    IReadOnlyDictionary<ZoneId, ZoneMemory> Zones,
    IReadOnlyDictionary<CircuitId, CircuitMemory> Circuits,
    BoilerMemory Boiler,
    IReadOnlyDictionary<string, DateTimeOffset> AlarmsSince)
{
    public static readonly Memory Empty = new(
        DateTimeOffset.MinValue, double.NaN, double.NaN, SummerState.Heating,
        new Dictionary<ZoneId, ZoneMemory>(), new Dictionary<CircuitId, CircuitMemory>(), BoilerMemory.Start,
        new Dictionary<string, DateTimeOffset>());

    public ZoneMemory Of(ZoneId zone) =>
        Zones.TryGetValue(zone, out var known) && known.IsSound ? known : ZoneMemory.New;

    public CircuitMemory Of(CircuitId circuit) =>
        Circuits.TryGetValue(circuit, out var known) && known.IsSound ? known : CircuitMemory.Start;
}

/// <summary>Whether the heating season is on, by the 24-hour mean outdoors.</summary>
public enum SummerState { Heating, Resting }

/// <summary>Whether a zone came too near to freezing; it leaves that state only when clearly warmer.</summary>
public enum FrostState { Safe, Protecting }

/// <summary>What is remembered of a circuit.</summary>
/// <param name="Pump">What the pump was last told.</param>
/// <param name="LastDemand">When a zone behind it last asked for heat.</param>
/// <param name="Mixing">Integral part of the mixing loop, as a share of opening.</param>
/// <param name="Supply">The supply temperature that it was last to hold [°C].</param>
/// <param name="Trim">What trim-and-respond has found about its curve.</param>
public sealed record CircuitMemory(double Pump, DateTimeOffset LastDemand, double Mixing, double Supply, TrimMemory Trim)
{
    public static readonly CircuitMemory Start = new(1, DateTimeOffset.MinValue, 0.5, double.NaN, TrimMemory.Start);

    internal bool IsSound => Mixing is >= 0 and <= 1 && Trim.IsSound;
}

/// <summary>What is remembered of the boiler.</summary>
/// <param name="Released">What its release was last told.</param>
/// <param name="Since">Since when.</param>
/// <param name="Cut">How much cooler its water is kept for the sake of its limits [K].</param>
/// <param name="CutAt">When the limits were last looked at.</param>
public sealed record BoilerMemory(double Released, DateTimeOffset Since, double Cut, DateTimeOffset CutAt)
{
    public static readonly BoilerMemory Start = new(1, DateTimeOffset.MinValue, 0, DateTimeOffset.MinValue);

    /// <summary>What its power meter said last [W].</summary>
    public double PowerSaid { get; init; }

    /// <summary>Since when it has said exactly that.</summary>
    public DateTimeOffset PowerSince { get; init; }

    /// <summary>When it last told of much power although nothing ran.</summary>
    public DateTimeOffset PowerDoubtedAt { get; init; }
}
