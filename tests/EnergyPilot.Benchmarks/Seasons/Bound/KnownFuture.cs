using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks.Seasons.Bound;

/// <summary>Turns a building and a season into <see cref="HeatingProblem"/>: the physics' own rooms, with weather, people and windows as they will be.</summary>
internal sealed class KnownFuture
{
    private const int MinutesPerStep = 30;
    private const double ComfortC = 19, FloorC = 8, SecondsPerMinute = 60;

    private readonly Building building;
    private readonly Fabric[] fabric;
    private readonly int zones, columns;

    // How the state after some minutes depends on state, inputs and nothing: one column each, rows are masses.
    private readonly double[] now, next;
    private readonly bool[] wasThere;

    private KnownFuture(Building building)
    {
        this.building = building;
        zones = building.School.Zones.Count;
        columns = 4 * zones + 1;
        fabric = [.. building.School.Zones.Select(Fabric.Of)];
        wasThere = new bool[zones];
        (now, next) = (new double[3 * zones * columns], new double[3 * zones * columns]);
    }

    public static HeatingProblem Of(Building building, int days)
    {
        var future = new KnownFuture(building);
        var problem = new HeatingProblem(future.zones, days * 24 * 60 / MinutesPerStep) { HoursPerStep = MinutesPerStep / 60.0 };
        Array.Fill(problem.Start, building.School.InitialTemperatureC);
        for (var zone = 0; zone < future.zones; zone++) problem.UpperKw[zone] = building.School.Zones[zone].RadiatorNominalW / 1000;
        future.Fill(problem);
        return problem;
    }

    private void Fill(HeatingProblem problem)
    {
        var school = new School(building.School, TypicalYear.Uccle.With(building.Weather), new PupilPlan(building.People), SeasonRun.October);
        for (var step = 0; step < problem.Steps; step++)
        {
            Array.Clear(now);
            for (var mass = 0; mass < 3 * zones; mass++) now[mass * columns + mass] = 1;
            for (var minute = 0; minute < MinutesPerStep; minute++)
            {
                for (var zone = 0; zone < zones; zone++) wasThere[zone] = school.Use[zone].People > 0;
                school.Advance(TimeSpan.FromMinutes(1));
                Minute(school);
            }
            Store(problem, step);
            Limit(problem, step, school);
        }
    }

    private void Minute(School school)
    {
        var (rooms, outdoorC, seconds) = (school.Rooms, school.Weather.TemperatureC, SecondsPerMinute);
        now.CopyTo(next, 0);
        for (var zone = 0; zone < zones; zone++)
        {
            ref readonly var mass = ref fabric[zone];
            var (air, fast, deep) = (3 * zone, 3 * zone + 1, 3 * zone + 2);
            var loss = mass.WindowWPerK + rooms.VentilationWPerK[zone];
            var (perAir, perFast, perDeep) = (seconds / mass.AirJPerK, seconds / mass.FastJPerK, seconds / mass.DeepJPerK);
            Exchange(air, fast, mass.AirToFastWPerK * perAir);
            Exchange(fast, air, mass.AirToFastWPerK * perFast);
            Exchange(fast, deep, mass.FastToDeepWPerK * perFast);
            Exchange(deep, fast, mass.FastToDeepWPerK * perDeep);
            Lose(air, loss * perAir, outdoorC);
            Lose(deep, mass.OpaqueWPerK * perDeep, outdoorC);
            var radiative = building.School.Radiators.RadiativeShare;
            next[air * columns + 3 * zones + zone] += 1000 * (1 - radiative) * perAir;
            next[fast * columns + 3 * zones + zone] += 1000 * radiative * perFast;
            next[air * columns + columns - 1] += rooms.AirGainW[zone] * perAir;
            next[fast * columns + columns - 1] += rooms.FastGainW[zone] * perFast;
        }
        foreach (var wall in building.School.Walls)
        {
            Exchange(3 * wall.ZoneA, 3 * wall.ZoneB, wall.UaWPerK * seconds / fabric[wall.ZoneA].AirJPerK);
            Exchange(3 * wall.ZoneB, 3 * wall.ZoneA, wall.UaWPerK * seconds / fabric[wall.ZoneB].AirJPerK);
        }
        next.CopyTo(now, 0);
    }

    private void Exchange(int mass, int other, double share)
    {
        for (var i = 0; i < columns; i++) next[mass * columns + i] += share * (now[other * columns + i] - now[mass * columns + i]);
    }

    private void Lose(int mass, double share, double outdoorC)
    {
        for (var i = 0; i < columns; i++) next[mass * columns + i] -= share * now[mass * columns + i];
        next[mass * columns + columns - 1] += share * outdoorC;
    }

    private void Store(HeatingProblem problem, int step)
    {
        for (var mass = 0; mass < 3 * zones; mass++)
        {
            var row = now.AsSpan(mass * columns, columns);
            row[..(3 * zones)].CopyTo(problem.A.AsSpan((step * 3 * zones + mass) * 3 * zones));
            row[(3 * zones)..(4 * zones)].CopyTo(problem.B.AsSpan((step * 3 * zones + mass) * zones));
            problem.C[step * 3 * zones + mass] = row[^1];
        }
    }

    // Warm when somebody is there in the next minute, or was in the last.
    private void Limit(HeatingProblem problem, int step, School school)
    {
        for (var zone = 0; zone < zones; zone++)
            problem.LowerC[step * zones + zone] = school.Use[zone].People > 0 || wasThere[zone] ? ComfortC : FloorC;
    }
}
