using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>One cycle of a course: what was known, and what was decided.</summary>
internal sealed record CourseStep(Snapshot Snapshot, Decision Decision);

/// <summary>Cycles of one school, one after the other.</summary>
internal sealed record Course(Site Site, ImmutableArray<CourseStep> Steps);

/// <summary>What a random school is like.</summary>
internal enum Mood
{
    /// <summary>
    /// Rooms follow their valves while sensors fail at times, window contacts flap, people come and go and wish this and that; some have a planner
    /// in command that wants no heat at all.
    /// </summary>
    Living,

    /// <summary>Every cycle says something else.</summary>
    Wild,

    /// <summary>All rooms ask for heat, and do not, from one cycle to the next: what wears out valves and burners.</summary>
    Nervous,

    /// <summary>All rooms stay a little too cool, or too warm, and curves are near the end of what may be corrected.</summary>
    Leaning,
}

/// <summary>A random school, lived cycle by cycle.</summary>
internal sealed class RandomHouse
{
    private readonly Random chance;
    private readonly double[] rooms;
    private readonly bool[] windows, people;
    private readonly double cooling;
    private readonly List<Override> wishes = [];
    private readonly PlannerRole planner;
    private readonly int lean;
    private double outdoor;
    private int failing = 10, flapping;

    public RandomHouse(Random chance)
    {
        this.chance = chance;
        Site = RandomSite.Of(chance);
        Mood = (Mood)chance.Next(4);
        lean = chance.Next(2) == 0 ? 1 : -1;
        planner = chance.Next(2) == 0 ? PlannerRole.Commanding : PlannerRole.Shadow;
        cooling = 1 + 2 * chance.NextDouble();
        flapping = chance.Next(3) * 20;
        rooms = [.. Site.Zones.Select(_ => 5 + 16 * chance.NextDouble())];
        (windows, people) = (new bool[rooms.Length], new bool[rooms.Length]);
        outdoor = 25 * chance.NextDouble() - 10;
        At = new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero).AddSeconds(chance.Next(10 * 86400));
    }

    public Site Site { get; }

    public Mood Mood { get; init; }

    public DateTimeOffset At { get; set; }

    public Course Live(int cycles)
    {
        var memory = Mood == Mood.Leaning ? Leant() : Memory.Empty;
        var steps = ImmutableArray.CreateBuilder<CourseStep>(cycles);
        for (var i = 0; i < cycles; i++)
        {
            var snapshot = Mood switch
            {
                Mood.Wild => RandomWorld.Snapshot(chance, Site, At),
                Mood.Nervous => Held(chance.Next(2) == 0 ? 17 : 21),
                Mood.Leaning => Held(19 - 0.7 * lean),
                _ => Snapshot(),
            };
            var decision = Pilot.Decide(Site, snapshot, memory);
            steps.Add(new CourseStep(snapshot, decision));
            memory = decision.Memory;
            Pass(decision, TimeSpan.FromSeconds(chance.Next(10, 240)));
        }

        return new Course(Site, steps.ToImmutable());
    }

    public Decision Decide(Memory memory) => Pilot.Decide(Site, Snapshot(), memory);

    /// <summary>All rooms are this warm; nothing fails, no window is open and nobody wishes anything any more.</summary>
    public void AllRooms(double temperature)
    {
        Array.Fill(rooms, temperature);
        Array.Fill(windows, false);
        wishes.Clear();
        (failing, flapping) = (0, 0);
    }

    public void Wish(double setpoint) => wishes.AddRange(Site.Zones.Select(z => new Override(1, z.Id, new(setpoint), "somebody", At, At.AddHours(20), "")));

    private Snapshot Held(double temperature)
    {
        AllRooms(temperature);
        Wish(19);
        return Snapshot();
    }

    // A week is nearly over in which the same was asked for.
    private Memory Leant()
    {
        var offset = lean > 0 ? 10.5 : -16.0;
        var trim = new TrimMemory(offset, At, lean > 0 ? 1.295 : 0.505, 40 * offset, 40, At.AddDays(-6.9));
        return Memory.Empty with { Circuits = Site.Circuits.ToDictionary(c => c.Id, _ => CircuitMemory.Start with { Trim = trim }) };
    }

    private Snapshot Snapshot()
    {
        var readings = new Dictionary<PointId, Reading>();
        for (var i = 0; i < rooms.Length; i++)
        {
            var points = Site.Zones[i].Points;
            foreach (var sensor in points.Temperature)
                readings[sensor] = chance.Next(100) < failing ? Reading.Unreliable(Reliability.CommunicationFailure, At) : Reading.Good(rooms[i] + 0.1 * chance.NextDouble(), At);
            foreach (var contact in points.Window) readings[contact] = Reading.Good(windows[i] ? 1 : 0, At);
            foreach (var detector in points.Presence) readings[detector] = Reading.Good(people[i] ? 1 : 0, At);
        }

        foreach (var sensor in Site.Outdoor) readings[sensor] = Reading.Good(outdoor, At);
        foreach (var sensor in Site.Boiler.Return) readings[sensor] = Reading.Good(30 + 30 * chance.NextDouble(), At);
        return new Snapshot(At, readings, [.. wishes]) { Knowledge = Knows() };
    }

    private Knowledge Knows() => Knowledge.None with
    {
        Outlook = Outlook.None,
        Plan = new Plan(At, At.AddHours(1), PlanVerdict.Solved, [.. Site.Zones.Select(z => new ZonePlan(z.Id, 0, 0, []))], 0, default, default, 1),
        Planner = new PlannerStanding(planner, PlannerRoleReason.Proven),
    };

    private void Pass(Decision decision, TimeSpan step)
    {
        At += step;
        outdoor += 0.5 * (chance.NextDouble() - 0.5);
        for (var i = 0; i < rooms.Length; i++)
        {
            rooms[i] += step.TotalHours * (6 * Heat(decision, Site.Zones[i]) - 0.2 * cooling * (rooms[i] - outdoor));
            if (chance.Next(100) == 0) rooms[i] += 4 * (chance.NextDouble() - 0.5);
            if (chance.Next(100) < flapping) windows[i] = !windows[i];
            if (chance.Next(60) == 0) people[i] = !people[i];
        }

        if (chance.Next(15) == 0) wishes.Add(RandomWorld.Wish(chance, Site, wishes.Count, At));
        if (chance.Next(15) == 0) wishes.Clear();
    }

    private double Heat(Decision decision, Zone zone)
    {
        var valves = zone.Points.Valve.Select(v => decision.Output(v).Value / Site.Points[v].Type.Range.High);
        var thermostats = zone.Points.Thermostat.Select(t => decision.Output(t).Value > rooms[Site.Zones.IndexOf(zone)] ? 1.0 : 0);
        var open = valves.Concat(thermostats).DefaultIfEmpty(0).Max();
        var isWarm = Site.Circuits.Single(c => c.Id == zone.Circuit).Emitter == Emitter.Electric || Site.Boiler.Release.All(r => decision.Output(r).Value > 0);
        return isWarm ? open : 0;
    }
}
