using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Gateway.Seasons;

/// <summary>Adds a season up, minute by minute, from the physics: what people felt, not what a sensor showed.</summary>
internal sealed class SeasonTally(Site site, School school)
{
    private readonly ZoneTally[] zones = [.. site.Zones.Select(_ => new ZoneTally())];
    private readonly double[] heatBefore = [.. site.Zones.Select((_, i) => school.RadiatorHeatKWh(i))];
    private readonly double gasBefore = school.Boiler.GasKWh, plantHeatBefore = school.Boiler.HeatKWh;
    private readonly int startsBefore = school.Boiler.Starts;
    private readonly List<DaySummary> days = [];
    private readonly List<HourSample> hours = [];
    private DateOnly day;
    private double gasAtMidnight = school.Boiler.GasKWh, outdoorSum;
    private int minutes;

    public void Minute(DateTimeOffset at)
    {
        var local = site.Local(at);
        var today = DateOnly.FromDateTime(local);
        if (today != day) EndDay(today);
        outdoorSum += school.Weather.TemperatureC;
        minutes++;
        var use = school.Use;
        for (var i = 0; i < zones.Length; i++)
            zones[i].Minute(today, use[i].People > 0, school.OperativeTemperatureC(i), site.Zones[i].Setpoints.Comfort.Degrees);
        if (local.Minute == 0)
            hours.Add(new HourSample(at, school.Weather.TemperatureC, [.. zones.Select((_, i) => school.OperativeTemperatureC(i))]));
    }

    public SeasonResult Result(string name, double electricityKwh)
    {
        EndDay(DateOnly.MaxValue);
        return new SeasonResult(
            name, school.Boiler.GasKWh - gasBefore, school.Boiler.HeatKWh - plantHeatBefore, electricityKwh, school.Boiler.Starts - startsBefore,
            [.. zones.Select((z, i) => z.Result(site.Zones[i], school.RadiatorHeatKWh(i) - heatBefore[i]))],
            [.. days], ColdestWeek());
    }

    private void EndDay(DateOnly next)
    {
        if (minutes > 0) days.Add(new DaySummary(day, school.Boiler.GasKWh - gasAtMidnight, outdoorSum / minutes));
        (day, gasAtMidnight, outdoorSum, minutes) = (next, school.Boiler.GasKWh, 0, 0);
    }

    // Holidays would show nothing but a cold building: the week must be one with people in it.
    private ImmutableArray<HourSample> ColdestWeek()
    {
        const int week = 7 * 24, SchoolDays = 5 * 24;
        var schoolHours = hours.Select(h => site.Calendar.On(DateOnly.FromDateTime(site.Local(h.At))) is null).ToArray();
        var best = -1;
        var coldest = double.MaxValue;
        for (var start = 0; start + week <= hours.Count; start += 24)
        {
            var mean = hours.GetRange(start, week).Average(h => h.Outdoor);
            if (mean >= coldest || site.Local(hours[start].At).DayOfWeek != DayOfWeek.Monday || !schoolHours.AsSpan(start, SchoolDays).ToArray().All(x => x)) continue;
            (best, coldest) = (start, mean);
        }

        return best < 0 ? [.. hours.Take(week)] : [.. hours.GetRange(best, week)];
    }

    private sealed class ZoneTally
    {
        private double occupiedMinutes, cold, hot, sum;
        private DateOnly lastUsed;
        private int mornings, late;

        public void Minute(DateOnly today, bool occupied, double felt, double comfort)
        {
            if (!occupied) return;
            var low = comfort - ComfortBand.BelowK;
            if (today != lastUsed)
            {
                lastUsed = today;
                mornings++;
                if (felt < low - ComfortBand.LateK) late++;
            }

            occupiedMinutes++;
            sum += felt;
            cold += Math.Max(0, low - felt);
            hot += Math.Max(0, felt - ComfortBand.AboveC);
        }

        public ZoneSeason Result(Zone zone, double heatKwh) => new(
            zone, heatKwh, occupiedMinutes / 60, cold / 60, hot / 60, mornings, late, occupiedMinutes > 0 ? sum / occupiedMinutes : double.NaN);
    }
}
