using System.Diagnostics;
using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>How a school is heated without us: the reference rows of the study.</summary>
internal sealed record OldWay
{
    /// <summary>Hours of comfort on weekdays; the whole day, every day, when the clock is none.</summary>
    public TimeSpan From { get; init; } = TimeSpan.FromHours(5);

    public TimeSpan To { get; init; } = TimeSpan.FromHours(18);

    public double ComfortC { get; init; } = 20;

    public double SetbackC { get; init; } = 16;

    public ZoneLaw Zones { get; init; }

    public WaterLaw Water { get; init; }

    public int PulseMinutes { get; init; } = 30;
}

/// <summary>What opens a zone's valve.</summary>
internal enum ZoneLaw
{
    /// <summary>A thermostat per zone, ±0.3 K.</summary>
    Thermostat,

    /// <summary>PI with a time-proportional valve.</summary>
    Pulses,

    /// <summary>Thermostatic radiator valves at 22 °C; one room's thermostat commands pump and boiler.</summary>
    ReferenceRoom,
}

/// <summary>How warm the boiler's water is.</summary>
internal enum WaterLaw
{
    /// <summary>70 °C.</summary>
    Hot,

    /// <summary>The study's curve on outdoor temperature through a low-pass of 6 h.</summary>
    Curve,
}

/// <summary>Heats in one of the old ways, with the study's own plant rule: pump and boiler run while a valve is open.</summary>
internal sealed class OldControl(OldWay way, TimeZoneInfo clock) : IControl
{
    private const double HotC = 70, LowestC = 25, HighestC = 75, DesignOutdoorC = -9, Exponent = 1.3;
    private const double HysteresisK = 0.3, Gain = 0.5, IntegralMinutes = 180, Band = 1;
    private const double NearlyNothing = 0.08, NearlyAll = 0.92, ReentryLow = 0.15, ReentryHigh = 0.4, IntegralHigh = 0.9;
    private const double FilterMinutes = 360;

    // A valve head at 22 °C is half open there, over a proportional band of 2 K (EN 215).
    private const double ValveHeadC = 22, ValveHeadBandK = 2;

    // The study does not say which room has the thermostat; with the office's it comes nearest to the study's row.
    private const string Reference = "Office";

    private readonly double[] integral = [.. Enumerable.Repeat(ReentryLow, 64)];
    private readonly double[] duty = new double[64];
    private double filteredC = double.NaN;
    private bool referenceCalls;
    private long deciding;

    public TimeSpan Deciding => Stopwatch.GetElapsedTime(0, deciding);

    public TimeSpan Studying => TimeSpan.Zero;

    public void Minute(School school)
    {
        var begin = Stopwatch.GetTimestamp();
        var outdoorC = school.Weather.TemperatureC;
        filteredC = double.IsNaN(filteredC) ? outdoorC : filteredC + (outdoorC - filteredC) / FilterMinutes;
        var targetC = TargetC(TimeZoneInfo.ConvertTime(school.Time, clock).DateTime);
        var calls = way.Zones switch
        {
            ZoneLaw.Thermostat => Thermostats(school, targetC),
            ZoneLaw.Pulses => Pulses(school, targetC),
            _ => ReferenceRoom(school, targetC),
        };
        school.Circuits[0].PumpOn = school.Boiler.Release = calls;
        school.Boiler.SetpointC = way.Water == WaterLaw.Hot ? HotC : CurveC(targetC);
        deciding += Stopwatch.GetTimestamp() - begin;
    }

    private double TargetC(DateTime local) => way.From == way.To
        || (local.TimeOfDay >= way.From && local.TimeOfDay < way.To && local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        ? way.ComfortC
        : way.SetbackC;

    private double CurveC(double roomC)
    {
        var load = Math.Max(roomC - filteredC, 0) / (roomC - DesignOutdoorC);
        return Math.Clamp(roomC + (HotC - roomC) * Math.Pow(load, 1 / Exponent), LowestC, HighestC);
    }

    private static bool Thermostats(School school, double targetC)
    {
        var any = false;
        for (var zone = 0; zone < school.ZoneCount; zone++)
        {
            var errorK = targetC - school.SensorTemperatureC[zone];
            if (Math.Abs(errorK) > HysteresisK) school.ValveCommand[zone] = errorK > 0 ? 1 : 0;
            any |= school.ValveCommand[zone] > 0;
        }
        return any;
    }

    private bool ReferenceRoom(School school, double targetC)
    {
        var reference = ReferenceOf(school);
        var errorK = targetC - school.SensorTemperatureC[reference];
        if (Math.Abs(errorK) > HysteresisK) referenceCalls = errorK > 0;
        for (var zone = 0; zone < school.ZoneCount; zone++)
            school.ValveCommand[zone] = zone == reference ? 1 : Math.Clamp(0.5 + (ValveHeadC - school.SensorTemperatureC[zone]) / ValveHeadBandK, 0, 1);
        return referenceCalls;
    }

    private static int ReferenceOf(School school)
    {
        var zones = school.Parameters.Zones;
        for (var zone = 0; zone < zones.Count; zone++)
            if (zones[zone].Name == Reference) return zone;
        return 0;
    }

    private bool Pulses(School school, double targetC)
    {
        var any = false;
        var minute = (int)(school.Time.ToUnixTimeSeconds() / 60 % way.PulseMinutes);
        for (var zone = 0; zone < school.ZoneCount; zone++)
        {
            var errorK = targetC - school.SensorTemperatureC[zone];
            if (Math.Abs(errorK) > Band || minute == 0) Decide(zone, errorK);
            school.ValveCommand[zone] = minute < duty[zone] * way.PulseMinutes ? 1 : 0;
            any |= school.ValveCommand[zone] > 0;
        }
        return any;
    }

    // The study's section 4.7.
    private void Decide(int zone, double errorK)
    {
        if (Math.Abs(errorK) > Band)
        {
            (duty[zone], integral[zone]) = (errorK > 0 ? 1 : 0, Math.Clamp(integral[zone], ReentryLow, ReentryHigh));
            return;
        }
        var wish = Gain * errorK + integral[zone];
        if (wish is > 0 and < 1 || wish * errorK < 0)
            integral[zone] = Math.Clamp(integral[zone] + Gain * errorK * way.PulseMinutes / IntegralMinutes, 0, IntegralHigh);
        duty[zone] = wish < NearlyNothing ? 0 : wish > NearlyAll ? 1 : wish;
    }
}
