using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What people who are there, or are not, change; 2026-11-03, a Tuesday, lessons from 8:30 to 16:30.</summary>
public sealed class PeopleRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9), Afternoon = DemoWorld.Tuesday.AddHours(15.5);

    [Fact]
    public void Room_that_everybody_left_for_half_an_hour_is_held_a_little_cooler_and_warm_again_when_they_return()
    {
        var world = Without(DemoWorld.Cp);
        var left = world.Run(Lesson, TimeSpan.FromMinutes(31), Memory.Empty);
        left.Target(DemoWorld.Cp).ShouldSatisfyAllConditions(t => t.Reason.Code.ShouldBe(ReasonCode.NobodyThere), t => t.Setpoint.ShouldBe(new Celsius(17.5)));

        foreach (var sensor in DemoWorld.Cp.Points.Presence) world[sensor] = 1;
        world.Decide(Lesson.AddMinutes(32), left.Memory).Target(DemoWorld.Cp).Setpoint.ShouldBe(new Celsius(19));
    }

    [Fact]
    public void School_that_nobody_came_to_is_lowered_until_somebody_is_seen()
    {
        var watched = DemoWorld.Site.Zones.Where(z => !z.Points.Presence.IsEmpty).ToArray();
        var world = Without(watched);
        var strike = world.Run(Lesson.AddHours(-1), TimeSpan.FromHours(3), Memory.Empty);
        strike.Target(DemoWorld.Cp).ShouldSatisfyAllConditions(t => t.Reason.Code.ShouldBe(ReasonCode.NobodyCame), t => t.Setpoint.ShouldBe(new Celsius(16)));

        world[DemoWorld.Gym.Points.Presence[0]] = 1;
        world.Run(Lesson.AddHours(2), TimeSpan.FromMinutes(1), strike.Memory).Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.NobodyThere);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public void Room_too_cold_for_its_people_for_half_an_hour_is_heated_and_counts_as_a_rescue(double minutes, bool rescued)
    {
        var run = new DemoWorld(rooms: 17.9, outdoor: 5).Run(Lesson, TimeSpan.FromMinutes(minutes), Memory.Empty);

        (run.Memory.Of(DemoWorld.Cp.Id).Rescues.Newest > DateTimeOffset.MinValue).ShouldBe(rescued);
        if (rescued) run.Demand(DemoWorld.Cp).Heat.Value.ShouldBeGreaterThanOrEqualTo(0.5);
    }

    [Theory]
    [InlineData(20.5, ReasonCode.StoppedEarly)]
    [InlineData(18.0, ReasonCode.InUse)]
    public void Heat_goes_early_from_a_room_that_stays_warm_until_people_leave(double room, ReasonCode code)
    {
        var learned = Learned.Of(ZonePrior.Ordinary, Lesson.AddDays(-20)) with { Days = 14 };
        Knowing(new DemoWorld(room, outdoor: 8), learned).Target(DemoWorld.Cp).Reason.Code.ShouldBe(code);
        Knowing(new DemoWorld(room, outdoor: 8), learned with { Days = 0 }).Target(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.InUse);
    }

    [Fact]
    public void Zones_whose_sensors_are_swapped_name_each_other()
    {
        var world = new DemoWorld(rooms: 19, outdoor: 8);
        var knowledge = Knowledge.None with { Swapped = [new ZonePair(DemoWorld.Cp.Id, DemoWorld.Gym.Id)] };
        var first = Pilot.Decide(DemoWorld.Site, world.At(Lesson) with { Knowledge = knowledge }, Memory.Empty);
        var then = Pilot.Decide(DemoWorld.Site, world.At(Lesson.AddMinutes(3)) with { Knowledge = knowledge }, first.Memory);

        then.Alarms.Where(a => a.Reason.Code == ReasonCode.SensorsSwapped).Select(a => (a.Subject, a.Reason.Facts[0].Text))
            .ShouldBe([("cp", DemoWorld.Gym.Name), ("gym", DemoWorld.Cp.Name)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(1e9)]
    public void Model_that_cannot_be_true_leaves_every_output_a_number_and_a_freezing_room_heated(double value)
    {
        var none = new ZoneModel(value, value, value, value, value, value, value, value, value, value, value);
        var world = new DemoWorld(rooms: 5, outdoor: -10);
        var knowledge = new Knowledge(DemoWorld.Site.Zones.ToDictionary(z => z.Id, _ => Learned.Of(ZonePrior.Ordinary, Lesson) with { Model = none, Days = 14 }), Outlook.None);
        var memory = Memory.Empty;
        for (var at = Lesson; at < Lesson.AddHours(20); at = at.AddMinutes(5))
        {
            var decision = Pilot.Decide(DemoWorld.Site, world.At(at) with { Knowledge = knowledge }, memory);
            decision.Outputs.ShouldAllBe(o => double.IsFinite(o.Value));
            decision.Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
            memory = decision.Memory;
        }
    }

    [Theory]
    [InlineData(60, 70, true)]
    [InlineData(90, 70, false)]
    public void Return_too_hot_cools_the_water_unless_it_cannot_be(double returned, double supply, bool cools)
    {
        var boiler = DemoWorld.Site.Boiler with { ReturnLimit = new Celsius(50) };
        var site = DemoWorld.Site with { Boiler = boiler };
        var world = new DemoWorld(rooms: 18, outdoor: 0) { [boiler.Return[0]] = returned, [boiler.Supply[0]] = supply };
        var memory = Memory.Empty;
        for (var at = Lesson; at < Lesson.AddHours(1); at = at.AddMinutes(1)) memory = Pilot.Decide(site, world.At(at), memory).Memory;

        memory.Boiler.Cut.ShouldBe(cools ? 12 : 0);
    }

    [Theory]
    [InlineData(-6, 0.25, 0)]
    [InlineData(-8, 0.25, 1)]
    [InlineData(-8, 1.25, 0)]
    public void Pump_that_stood_for_a_week_runs_for_a_minute_on_monday_at_ten(int stoodSince, double minutes, double runs)
    {
        var monday = DemoWorld.Tuesday.AddDays(6);
        var at = monday.AddHours(10).AddMinutes(minutes);
        var circuit = DemoWorld.Site.Circuits[0];
        var world = new DemoWorld(rooms: 24, outdoor: 10);
        var stood = CircuitMemory.Start with { Pump = 0, LastDemand = at.AddDays(stoodSince) };
        var memory = Memory.Empty with { At = at.AddSeconds(-10), Circuits = new Dictionary<CircuitId, CircuitMemory> { [circuit.Id] = stood } };

        world.Decide(at, memory).Output(circuit.Pump[0]).Value.ShouldBe(runs);
    }

    private static DemoWorld Without(params Zone[] zones)
    {
        var world = new DemoWorld(rooms: 19, outdoor: 8);
        foreach (var sensor in zones.SelectMany(z => z.Points.Presence)) world[sensor] = 0;
        foreach (var sensor in zones.SelectMany(z => z.Points.Co2)) world[sensor] = 450;
        return world;
    }

    private static Decision Knowing(DemoWorld world, Learned learned) => Pilot.Decide(
        DemoWorld.Site, world.At(Afternoon) with { Knowledge = new Knowledge(new Dictionary<ZoneId, Learned> { [DemoWorld.Cp.Id] = learned }, Outlook.None) }, Memory.Empty);
}
