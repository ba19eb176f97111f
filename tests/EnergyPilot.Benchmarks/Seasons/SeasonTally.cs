using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Adds a season up minute by minute, by the study's definitions: what people felt (operative temperature), not what a sensor showed.</summary>
internal sealed class SeasonTally(SeasonRun run, School school)
{
    private const int SettledAfterDays = 14;

    private readonly Building building = run.Building;
    private readonly ZoneTally[] zones = [.. run.Building.School.Zones.Select((_, index) => new ZoneTally(run.Building.People, index))];
    private readonly DateOnly settled = DateOnly.FromDateTime(school.Time.Date).AddDays(SettledAfterDays);
    private double energyBefore, pumpBefore, euros;
    private long minutes, overLimit;

    public void Minute()
    {
        var local = TimeZoneInfo.ConvertTime(school.Time, building.People.TimeZone).DateTime;
        var use = school.Use;
        for (var zone = 0; zone < zones.Length; zone++)
            zones[zone].Minute(local, use[zone].People > 0, school.OperativeTemperatureC(zone), school.ValveCommand[zone], settled);
        if (school.Boiler.HourlyMeanW > building.Variant.PowerLimitW) overLimit++;
        CountEuros();
        minutes++;
    }

    public SeasonResult Result(IControl control, TimeSpan elapsed)
    {
        var floor = building.FloorM2;
        var energy = EnergyKwh();
        return new SeasonResult
        {
            Building = building.Name,
            Controller = run.Controller.Name,
            Days = run.Days,
            EnergyKwhPerM2 = energy / floor,
            HeatKwhPerM2 = school.Ledger.RoomHeatKWh / floor,
            PumpKwhPerM2 = PumpKwh() / floor,
            EurosPerM2 = (euros + building.Tariff.EuroPerKw * school.Boiler.PeakW / 1000) / floor,
            Efficiency = 1 + (school.Ledger.AmbientKWh - school.Ledger.FlueKWh) / energy,
            Starts = school.Boiler.Starts,
            ColdKelvinHours = zones.Average(zone => zone.Cold),
            ColdKelvinHoursWorst = zones.Max(zone => zone.Cold),
            HotKelvinHours = zones.Average(zone => zone.Hot),
            LatestK = zones.Max(zone => zone.LatestK),
            LateMornings = zones.Sum(zone => zone.Late),
            Mornings = zones.Sum(zone => zone.Mornings),
            ValveMovesPerZoneDay = zones.Average(zone => zone.Moves) / (minutes / 1440.0),
            PeakKw = school.Boiler.PeakW / 1000,
            OverLimitHours = overLimit / 60.0,
            DecideMs = control.Deciding.TotalMilliseconds / minutes,
            StudySeconds = control.Studying.TotalSeconds,
            Seconds = elapsed.TotalSeconds,
        };
    }

    // Pumps run on electricity, whatever heats the water.
    private void CountEuros()
    {
        var (energy, pump) = (EnergyKwh(), PumpKwh());
        euros += (energy - energyBefore) * building.Tariff.EuroPerKwh(school.Time) + (pump - pumpBefore) * building.Electricity.EuroPerKwh(school.Time);
        (energyBefore, pumpBefore) = (energy, pump);
    }

    private double EnergyKwh() => school.Boiler.InputKWh + school.PanelElectricityKWh;

    private double PumpKwh()
    {
        var sum = 0.0;
        foreach (var circuit in school.Circuits) sum += circuit.PumpElectricityKWh;
        return sum;
    }

    private sealed class ZoneTally(PupilPlanParameters people, int zone)
    {
        private const double ColdC = 19, HotC = 24, LateK = 0.5, MinutesPerHour = 60;

        // Minute of the day at which the zone is first used, per day of the week; none on days without use.
        private readonly int[] firstUse = [.. Enumerable.Range(0, 7).Select(day => FirstUse(people.Timetables[zone], (DayOfWeek)day))];
        private double coldMinutes, hotMinutes, valve;

        public double Cold => coldMinutes / MinutesPerHour;

        public double Hot => hotMinutes / MinutesPerHour;

        /// <summary>The coldest first use after the first two weeks, as kelvins below 19 °C; negative when even that one was warm.</summary>
        public double LatestK { get; private set; } = double.NegativeInfinity;

        public int Late { get; private set; }

        public int Mornings { get; private set; }

        public int Moves { get; private set; }

        public void Minute(DateTime local, bool occupied, double feltC, double command, DateOnly settled)
        {
            if (occupied)
            {
                coldMinutes += Math.Max(0, ColdC - feltC);
                hotMinutes += Math.Max(0, feltC - HotC);
            }
            if (Math.Abs(command - valve) > 0.01) (Moves, valve) = (Moves + 1, command);
            if (local.Hour * 60 + local.Minute == firstUse[(int)local.DayOfWeek] && local.Second == 0) Morning(DateOnly.FromDateTime(local), feltC, settled);
        }

        private void Morning(DateOnly day, double feltC, DateOnly settled)
        {
            if (day < settled || people.Closed.Any(closed => closed.First <= day && day <= closed.Last)) return;
            Mornings++;
            LatestK = Math.Max(LatestK, ColdC - feltC);
            if (ColdC - feltC > LateK) Late++;
        }

        private static int FirstUse(IReadOnlyList<UsePeriod> timetable, DayOfWeek day) => timetable
            .Where(use => use.Day == day)
            .Select(use => use.From.Hour * 60 + use.From.Minute)
            .DefaultIfEmpty(-1)
            .Min();
    }
}
