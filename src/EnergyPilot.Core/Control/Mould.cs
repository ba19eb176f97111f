using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Keeps an empty room warm enough that its coldest surfaces stay dry: surface ≈ air − 0.25 (air − outdoor), a temperature factor of 0.75 as
/// ISO 13788 defines it, at least 3 K above the dew point. It raises the floor of an empty room and nothing else, to 16 °C or its comfort at most.
/// </summary>
internal static class Mould
{
    /// <summary>Floor of long absences where nobody measures how humid it is.</summary>
    public static readonly Celsius Unmeasured = new(10);

    private static readonly Celsius Highest = new(16);
    private static readonly Kelvin AboveDewPoint = new(3);
    private const double ToOutdoor = 0.25;

    // The floor moves in steps: humidity wavers, and a setpoint that follows it would wear valves and fill the history.
    private const double Step = 0.5, Falls = 1;

    /// <summary>The floor that a room's humidity asks for [°C]; not-a-number where nobody ever measured it. A sensor that falls silent leaves the last: a damp building stays damp.</summary>
    public static double Floor(Situation now, Zone zone, Reading room, double before)
    {
        if (zone.Points.Humidity.IsEmpty) return double.NaN;
        var bound = Bound(zone).Degrees;
        var kept = Math.Min(before, bound);
        if (Humidity(now, zone) is not { } humidity || !room.IsReliable) return kept;

        var needed = Math.Min(Needed(new Celsius(room.Value), humidity, now.Weather.Filtered).Degrees, bound);
        return needed > kept || needed < kept - Falls || !double.IsFinite(kept) ? Math.Min(Math.Ceiling(needed / Step) * Step, bound) : kept;
    }

    /// <summary>The air temperature at which the coldest surface is 3 K above the dew point. The vapour stays while the room warms up, and its dew point with it.</summary>
    internal static Celsius Needed(Celsius air, double humidity, Celsius outdoor) =>
        new(((DewPoint.Of(air, humidity) + AboveDewPoint).Degrees - ToOutdoor * outdoor.Degrees) / (1 - ToOutdoor));

    /// <summary>How warm an empty room is kept for the sake of its walls, and why; null where the programme keeps it warm enough.</summary>
    public static (Celsius Floor, Reason Reason)? Guard(Situation now, ZoneSense sense, Period period, Celsius programme)
    {
        var floor = sense.MouldFloor;
        if (!double.IsFinite(floor))
            return period.Mode == Mode.Absence && sense.Zone.DryFloor is { } dry && Celsius.Min(dry, Bound(sense.Zone)) is var least && least > programme
                ? (least, Reason.Of(ReasonCode.MouldGuard, Fact.Of("target", least)))
                : null;
        return floor > programme.Degrees ? (new Celsius(floor), Why(now, sense, new Celsius(floor))) : null;
    }

    private static Reason Why(Situation now, ZoneSense sense, Celsius floor)
    {
        if (Humidity(now, sense.Zone) is not { } humidity || !sense.Room.IsReliable) return Reason.Of(ReasonCode.MouldGuard, Fact.Of("target", floor));
        var air = new Celsius(sense.Room.Value);
        return Reason.Of(
            ReasonCode.MouldGuard, Fact.Of("target", floor), Fact.Of("humidity", new Share(humidity / 100)), Fact.Of("dew", DewPoint.Of(air, humidity)),
            Fact.Of("wall", air - ToOutdoor * (air - now.Weather.Filtered)));
    }

    private static Celsius Bound(Zone zone) => Celsius.Min(Highest, zone.Setpoints.Comfort);

    // No room is as dry as a broken sensor.
    private static double? Humidity(Situation now, Zone zone) =>
        now.Snapshot.Mean(zone.Points.Humidity) is { IsReliable: true, Value: >= 1 and <= 105 } reading ? reading.Value : null;
}
