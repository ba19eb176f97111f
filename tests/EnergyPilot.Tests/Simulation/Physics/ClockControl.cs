using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

/// <summary>
/// What many schools have: a weekly clock and one thermostat per zone (row b of the control study, holidays not entered),
/// 20 °C from 5:00 to 18:00 on weekdays, 16 °C otherwise, ±0.3 K, flow 70 °C.
/// </summary>
internal sealed class ClockControl(School school, double supplyC = 70.0)
{
    private const double HysteresisK = 0.3;
    private const double OpenC = 20.0;
    private const double SetbackC = 16.0;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public void RunUntil(DateTimeOffset end)
    {
        while (school.Time < end)
        {
            Decide();
            school.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private void Decide()
    {
        var local = TimeZoneInfo.ConvertTime(school.Time, Zone);
        var isDay = local.Hour is >= 5 and < 18 && local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        var targetC = isDay ? OpenC : SetbackC;
        var anyOpen = false;
        for (var zone = 0; zone < school.ZoneCount; zone++)
        {
            var errorK = targetC - school.SensorTemperatureC[zone];
            if (Math.Abs(errorK) > HysteresisK)
                school.ValveCommand[zone] = errorK > 0.0 ? 1.0 : 0.0;
            anyOpen |= school.ValveCommand[zone] > 0.0;
        }
        school.Circuits[0].PumpOn = anyOpen;
        school.Boiler.Release = anyOpen;
        school.Boiler.SetpointC = supplyC;
    }
}
