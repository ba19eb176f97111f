using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyPilot.Benchmarks.Seasons;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;
using School = EnergyPilot.Simulation.Physics.School;

namespace EnergyPilot.Benchmarks;

/// <summary>
/// The claims on the brain's cost: a cycle of 40 zones takes less than 2 ms, a plan for 20 zones that share a limited power less than 300 ms, and
/// finding the models of 20 zones in 21 days less than 5 s. Zones are those of the study's school, repeated.
/// </summary>
internal static class BrainBenchmark
{
    private const int CycleZones = 40, SlowZones = 20, Plans = 20;
    private static readonly DateTimeOffset January = new(2026, 1, 5, 0, 0, 0, TimeSpan.FromHours(1));

    public static Task<int> Run(Effort effort)
    {
        var days = effort == Effort.Quick ? 1 : 7;
        var cycles = Live(CycleZones, days, out _, out _, out _);
        var learning = Live(SlowZones, effort == Effort.Quick ? 4 : 22, out var site, out var book, out var last);
        var (identification, models) = Identified(site, book, last.Snapshot.At);
        var planner = Planned(site, last, models);
        Array.Sort(cycles);
        Print($"cycle of {CycleZones} zones, mean", cycles.Average(), "ms");
        Print("  one in a hundred takes", cycles[cycles.Length * 99 / 100], "ms");
        Print("  the longest", cycles[^1], "ms");
        Print($"identification of {SlowZones} zones", identification, "ms");
        Print($"plan for {SlowZones} zones, heat pump and limit", planner, "ms");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            cycle_ms = Math.Round(cycles.Average(), 3), cycle_p99_ms = Math.Round(cycles[cycles.Length * 99 / 100], 3),
            identification_ms = Math.Round(identification), plan_ms = Math.Round(planner, 1), quarters = learning.Length,
        }));
        return Task.FromResult(0);
    }

    // Lives some days under the pilot; the time of each cycle after the first hour.
    private static double[] Live(int zones, int days, out Site site, out QuartersInMemory book, out (Snapshot Snapshot, Memory Memory) last)
    {
        var building = Enlarged(zones);
        site = StudySite.Of(building, StudySite.Study);
        var school = new School(building.School, TypicalYear.Uccle, new PupilPlan(building.People), January);
        var study = new Watching();
        var control = new CoreControl(site, study.Timed, study);
        for (var minute = 0; minute < days * 24 * 60; minute++)
        {
            control.Minute(school);
            school.Advance(TimeSpan.FromMinutes(1));
        }

        (book, last) = (study.Book, study.Last);
        return [.. study.Milliseconds.Skip(60)];
    }

    private static Building Enlarged(int zones)
    {
        var small = Buildings.All[0];
        var people = StudySchool.People();
        var school = small.School with
        {
            Zones = [.. Enumerable.Range(0, zones).Select(i => small.School.Zones[i % 6] with { Name = $"{small.School.Zones[i % 6].Name} {i}" })],
            Walls = [],
            Boiler = new BoilerParameters { NominalW = 50_000.0 / 6 * zones, MinimumW = 10_000.0 / 6 * zones, WaterCapacityJPerK = 400_000.0 / 6 * zones },
        };
        return small.With(school) with { People = people with { Timetables = [.. Enumerable.Range(0, zones).Select(i => people.Timetables[i % 6])] } };
    }

    private static (double Milliseconds, Dictionary<ZoneId, Learned> Models) Identified(Site site, QuartersInMemory book, DateTimeOffset at)
    {
        var models = new Dictionary<ZoneId, Learned>();
        var begin = Stopwatch.GetTimestamp();
        foreach (var zone in site.Zones)
        {
            var before = Learned.Of(ZonePrior.Ordinary, at);
            models[zone.Id] = before.After(Identification.Of(book.Since(zone.Id, at.AddDays(-21)), before.Prior, before.Model, site.TimeZone), at);
        }

        return (Stopwatch.GetElapsedTime(begin).TotalMilliseconds, models);
    }

    private static double Planned(Site site, (Snapshot Snapshot, Memory Memory) last, Dictionary<ZoneId, Learned> models)
    {
        var limited = site with { Boiler = site.Boiler with { Kind = HeatSourceKind.HeatPump, PowerLimit = new Watts(0.2 * site.Boiler.NominalPower.Value) } };
        var request = PlanRequests.Of(limited, last.Snapshot with { Knowledge = Knowledge.None with { Zones = models } }, last.Memory);
        if (!Planner.Make(request).IsUsable) throw new InvalidOperationException("There was no plan to time.");
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Plans; i++) Planner.Make(request);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds / Plans;
    }

    private static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-42}{value,10:0.000} {unit}"));

    private sealed class Watching : IStudy
    {
        public QuartersInMemory Book { get; } = new();

        public List<double> Milliseconds { get; } = [];

        public (Snapshot Snapshot, Memory Memory) Last { get; private set; }

        public Snapshot Before(Snapshot snapshot) => snapshot;

        public void After(Snapshot snapshot, Decision decision)
        {
            Book.Append(decision.Quarters);
            Last = (snapshot, decision.Memory);
        }

        public Decision Timed(Site site, Snapshot snapshot, Memory memory)
        {
            var begin = Stopwatch.GetTimestamp();
            var decision = Pilot.Decide(site, snapshot, memory);
            Milliseconds.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            return decision;
        }
    }
}
