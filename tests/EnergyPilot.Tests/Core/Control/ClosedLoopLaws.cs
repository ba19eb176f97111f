using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What must hold over hours in which rooms warm up and cool down, sensors come and go and people change their minds.</summary>
public sealed class ClosedLoopLaws
{
    private const int Sequences = 300;

    [Fact]
    public void A_boiler_is_never_switched_twice_within_its_minimum_times_except_against_frost() => Law.Holds(chance =>
    {
        var house = new House(chance);
        var boiler = house.Site.Boiler;

        // Nothing is remembered before the first cycle: a boiler is taken to be released for long.
        var (state, since) = (1.0, DateTimeOffset.MinValue);
        foreach (var decision in house.Days(150))
        {
            var release = decision.Output(boiler.Release[0]);
            if (release.Value.Equals(state)) continue;
            var minimum = state > 0 ? boiler.MinimumOn : boiler.MinimumOff;
            (decision.At - since >= minimum || release.Priority == Priority.LifeSafety).ShouldBeTrue($"{release} at {decision.At:O}, since {since:O}, minimum {minimum}");
            (state, since) = (release.Value, decision.At);
        }
    }, Sequences);

    [Fact]
    public void An_on_off_valve_is_never_switched_within_its_minimum_time_except_against_frost() => Law.Holds(chance =>
    {
        var house = new House(chance);
        var valves = house.Site.Zones.SelectMany(z => z.Points.Valve).Where(v => house.Site.Points[v].Type.Quantity == Quantity.State);
        var last = valves.ToDictionary(v => v, _ => (Value: 1.0, At: DateTimeOffset.MinValue));
        foreach (var decision in house.Days(150))
            foreach (var output in decision.Outputs.Where(o => last.ContainsKey(o.Point)))
            {
                output.Value.ShouldBeOneOf(0, 1);
                var before = last[output.Point];
                if (before.Value.Equals(output.Value)) continue;
                (decision.At - before.At >= house.Site.Control.ValveMinimum || output.Priority == Priority.LifeSafety).ShouldBeTrue($"{output} at {decision.At:O}, before {before}");
                last[output.Point] = (output.Value, decision.At);
            }
    }, Sequences);

    [Fact]
    public void An_alarm_keeps_its_beginning_for_as_long_as_it_lasts() => Law.Holds(chance =>
    {
        var standing = new Dictionary<string, DateTimeOffset>();
        foreach (var decision in new House(chance).Days(100))
        {
            foreach (var alarm in decision.Alarms)
                if (standing.TryGetValue(alarm.Key, out var since)) alarm.Since.ShouldBe(since, alarm.Key);
            standing = decision.Alarms.ToDictionary(a => a.Key, a => a.Since);
        }
    }, Sequences);

    [Fact]
    public void A_zone_that_freezes_is_heated_at_every_instant() => Law.Holds(chance =>
    {
        var house = new House(chance) { Cooling = 3 };
        foreach (var decision in house.Days(150))
            foreach (var (zone, demand) in house.Site.Zones.Zip(decision.Demands))
            {
                if (!demand.Room.IsReliable || demand.Room.Value >= zone.Setpoints.Frost.Degrees) continue;
                decision.Output(house.Site.Boiler.Release[0]).Value.ShouldBe(1);
                foreach (var valve in zone.Points.Valve) decision.Output(valve).Value.ShouldBe(house.Site.Points[valve].Type.Range.High);
            }
    }, Sequences);

    [Fact]
    public void A_clock_that_is_set_back_locks_nothing() => Law.Holds(chance =>
    {
        var house = new House(chance);
        var later = house.Days(60).Last();
        house.At -= TimeSpan.FromDays(900 * chance.NextDouble());
        house.AllRooms(15);
        house.Wish(22);
        var first = house.Decide(later.Memory);
        var sighted = house.Site.Zones.Where(z => !z.Points.Temperature.IsEmpty).ToArray();
        if (sighted.Length == 0) return;
        foreach (var output in sighted.SelectMany(z => z.Points.Valve).Append(house.Site.Boiler.Release[0]))
            first.Output(output).Value.ShouldBe(house.Site.Points[output].Type.Range.High, output.Name);
        first.Alarms.ShouldAllBe(a => a.Since <= first.At);

        house.AllRooms(25);
        house.At += TimeSpan.FromHours(1);
        var second = house.Decide(first.Memory);
        foreach (var output in sighted.SelectMany(z => z.Points.Valve)) second.Output(output).Value.ShouldBe(0, output.Name);
        if (sighted.Length == house.Site.Zones.Length) second.Output(house.Site.Boiler.Release[0]).Value.ShouldBe(0);
    }, Sequences);

    /// <summary>A random school whose rooms follow their valves. Sensors fail at times, and people wish this and that.</summary>
    private sealed class House
    {
        private readonly Random chance;
        private readonly double[] rooms;
        private readonly List<Override> wishes = [];
        private double outdoor;
        private int failing = 10;

        public House(Random chance)
        {
            this.chance = chance;
            var any = RandomSite.Of(chance);
            Site = any with { Zones = [.. any.Zones.Select(z => z with { Points = z.Points with { Window = [] } })] };
            rooms = [.. Site.Zones.Select(_ => 5 + 16 * chance.NextDouble())];
            outdoor = 25 * chance.NextDouble() - 10;
            At = new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero).AddSeconds(chance.Next(10 * 86400));
        }

        public Site Site { get; }

        public DateTimeOffset At { get; set; }

        /// <summary>How fast rooms lose heat, as a multiple of the usual.</summary>
        public double Cooling { get; init; } = 1;

        public IEnumerable<Decision> Days(int cycles)
        {
            var memory = Memory.Empty;
            for (var i = 0; i < cycles; i++)
            {
                var decision = Decide(memory);
                yield return decision;
                memory = decision.Memory;
                Live(decision, TimeSpan.FromSeconds(chance.Next(10, 240)));
            }
        }

        public Decision Decide(Memory memory) => Pilot.Decide(Site, Snapshot(), memory);

        public void AllRooms(double temperature)
        {
            Array.Fill(rooms, temperature);
            wishes.Clear();
            failing = 0;
        }

        public void Wish(double setpoint) => wishes.AddRange(Site.Zones.Select(z => new Override(1, z.Id, new(setpoint), "somebody", At, At.AddHours(20), "")));

        private Snapshot Snapshot()
        {
            var readings = new Dictionary<PointId, Reading>();
            for (var i = 0; i < rooms.Length; i++)
                foreach (var sensor in Site.Zones[i].Points.Temperature)
                    readings[sensor] = chance.Next(100) < failing ? Reading.Unreliable(Reliability.CommunicationFailure, At) : Reading.Good(rooms[i] + 0.1 * chance.NextDouble(), At);
            foreach (var sensor in Site.Outdoor) readings[sensor] = Reading.Good(outdoor, At);
            return new Snapshot(At, readings, [.. wishes]);
        }

        private void Live(Decision decision, TimeSpan step)
        {
            At += step;
            outdoor += 0.5 * (chance.NextDouble() - 0.5);
            for (var i = 0; i < rooms.Length; i++)
            {
                var open = Site.Zones[i].Points.Valve.Select(v => decision.Output(v).Value / Site.Points[v].Type.Range.High).DefaultIfEmpty(0).Max();
                rooms[i] += step.TotalHours * (6 * open * decision.Output(Site.Boiler.Release[0]).Value - 0.2 * Cooling * (rooms[i] - outdoor));
                if (chance.Next(100) == 0) rooms[i] += 4 * (chance.NextDouble() - 0.5);
            }

            if (chance.Next(15) == 0) wishes.Add(RandomWorld.Wish(chance, Site, wishes.Count, At));
            if (chance.Next(15) == 0) wishes.Clear();
        }
    }
}
