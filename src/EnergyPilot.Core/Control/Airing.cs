using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>How long to air a room, and whether people are doing it: a window contact that opens, or carbon dioxide that falls as it only does with open windows.</summary>
internal static class Airing
{
    // Carbon dioxide outdoors [ppm].
    private const double Outdoors = 420;

    // Openings a twentieth of the floor, sashes of 1.2 m, hardly any wind: a classroom with windows and door open, on the cautious side.
    private const double OpeningPerFloor = 0.05, SashMetres = 1.2, WindMetresPerSecond = 1;

    /// <summary>No advice is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(3), Compared = TimeSpan.FromMinutes(2), Minute = TimeSpan.FromMinutes(1);

    // ppm per minute. A class that leaves takes its breath with it: 2000 ppm in a leaky room fall by 25; an open window makes it 60 to 200.
    private const double Steep = 40, NoLongerFalling = 5;

    /// <summary>
    /// Time until the air of a room is exchanged as far as it must be, in whole minutes from 3 to 15: ln((C − 420)/(goal − 420)) · V/Q, where
    /// Q = A/2 · √(0.001 u² + 0.0035 h ΔT + 0.01) is the flow through an open window (de Gids and Phaff 1982, "Ventilation rates and energy
    /// consumption due to open windows", AIVC). V/A is the room's height over the share of openings: the floor area cancels out. The warmer it is outdoors the longer.
    /// </summary>
    /// <param name="co2">Carbon dioxide in the room now [ppm].</param>
    /// <param name="goal">What it is to fall to [ppm].</param>
    public static TimeSpan Needed(double co2, double goal, Metres height, Kelvin warmerThanOutdoors)
    {
        var dilution = Math.Log(Math.Max(co2 - Outdoors, 1) / Math.Max(goal - Outdoors, 1));
        var speed = Math.Sqrt(0.001 * WindMetresPerSecond * WindMetresPerSecond + 0.0035 * SashMetres * Math.Abs(warmerThanOutdoors.Difference) + 0.01);
        var minutes = dilution * height.Value / (OpeningPerFloor / 2 * speed) / 60;
        return TimeSpan.FromMinutes(Math.Round(Math.Clamp(double.IsFinite(minutes) ? minutes : Longest.TotalMinutes, Shortest.TotalMinutes, Longest.TotalMinutes)));
    }

    /// <summary>Every two minutes carbon dioxide is compared with what it was.</summary>
    public static AirMemory Ticked(Situation now, Reading co2, AirMemory air)
    {
        if (!co2.IsReliable) return air with { AtTick = double.NaN, FallPerMinute = 0 };
        var since = now.Since(air.Tick);
        if (since < Compared) return air;

        // After a gap the old value is of another time.
        var fall = since < 2 * Compared && double.IsFinite(air.AtTick) ? (air.AtTick - co2.Value) / since.TotalMinutes : 0;
        return air with { Tick = now.At, AtTick = co2.Value, FallPerMinute = fall };
    }

    /// <summary>Since when people have been airing as advised; MaxValue when they are not.</summary>
    public static DateTimeOffset Since(Situation now, WindowMemory window, bool told, AirMemory air)
    {
        var isOpen = window.Seen == WindowSeen.ByContact;
        if (!air.IsAiring)
            return told && air.Light == AirLight.AirNow && (isOpen || (air.Tick == now.At && air.FallPerMinute >= Steep)) ? now.At : DateTimeOffset.MaxValue;

        // A contact that hangs, a sensor that died, a clock that jumped: all end it.
        var since = now.Since(air.AiringSince);
        var goesOn = isOpen ? since < now.Settings.WindowPause : since < air.Needed && double.IsFinite(air.AtTick) && air.FallPerMinute >= NoLongerFalling;
        return goesOn && since < now.Settings.WindowPause ? air.AiringSince : DateTimeOffset.MaxValue;
    }

    /// <summary>The state of the air, or what to do about it.</summary>
    public static Reason Advice(Situation now, AirMemory air, double co2)
    {
        var level = Fact.Count("co2", double.IsFinite(co2) ? (int)Math.Round(Math.Clamp(co2, 0, 100_000)) : 0);
        if (air.IsAiring) return Why(now, air);
        return air.Light switch
        {
            AirLight.AirNow => Reason.Of(ReasonCode.AirNow, level, Fact.Of("duration", air.Needed), Fact.Of("outdoor", now.Weather.Now)),
            AirLight.AirSoon => Reason.Of(ReasonCode.AirSoon, level),
            _ => Reason.Of(ReasonCode.AirGood, level),
        };
    }

    /// <summary>Why heat pauses while people air.</summary>
    public static Reason Why(Situation now, AirMemory air)
    {
        var left = air.Needed - now.Since(air.AiringSince);
        return left >= Minute
            ? Reason.Of(ReasonCode.Airing, Fact.Of("since", air.AiringSince), Fact.Of("duration", left))
            : Reason.Of(ReasonCode.Airing, Fact.Of("since", air.AiringSince));
    }
}
