using EnergyPilot.Core.Units;
using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Heats in one of the old ways, with the study's own plant rule: pump and boiler run while a valve is open.</summary>
internal sealed class OldControl(OldWay way, Building building) : IControl
{
    private const double HotC = 70;
    private const double HysteresisK = 0.3, Gain = 0.5, IntegralMinutes = 180, Band = 1;
    private const double NearlyNothing = 0.08, NearlyAll = 0.92, ReentryLow = 0.15, ReentryHigh = 0.4, IntegralHigh = 0.9;
    private const double FilterMinutes = 360;

    private readonly double[] integral = [.. Enumerable.Repeat(ReentryLow, 64)];
    private readonly double[] duty = new double[64];
    private double filteredC = double.NaN;
    private readonly int reference = building.School.Zones.Select(zone => zone.Name).ToList().IndexOf(OldWay.ReferenceRoom);
    private bool referenceCalls;

    public TimeSpan Deciding => TimeSpan.Zero;

    public TimeSpan Studying => TimeSpan.Zero;

    public void Minute(School school)
    {
        var outdoorC = school.Weather.TemperatureC;
        filteredC = double.IsNaN(filteredC) ? outdoorC : filteredC + (outdoorC - filteredC) / FilterMinutes;
        var targetC = TargetC(TimeZoneInfo.ConvertTime(school.Time, building.People.TimeZone).DateTime);
        var calls = way.Zones switch
        {
            ZoneLaw.Thermostat => Thermostats(school, targetC),
            ZoneLaw.Pulses => Pulses(school, targetC),
            _ => ReferenceRoom(school, targetC),
        };
        school.Circuits[0].PumpOn = school.Boiler.Release = calls;
        school.Boiler.SetpointC = way.Water == WaterLaw.Hot ? Math.Min(HotC, building.Curve.Highest.Degrees) : building.Curve.Supply(new Celsius(filteredC), new Celsius(targetC)).Degrees;
    }

    private double TargetC(DateTime local) => way.From == way.To
        || (local.TimeOfDay >= way.From && local.TimeOfDay < way.To && local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        ? way.ComfortC
        : way.SetbackC;

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

    // The valves are the rooms' own: open to the gateway, shut by their heads.
    private bool ReferenceRoom(School school, double targetC)
    {
        var errorK = targetC - school.SensorTemperatureC[reference];
        if (Math.Abs(errorK) > HysteresisK) referenceCalls = errorK > 0;
        school.ValveCommand.Fill(1);
        return referenceCalls;
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
