using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What no plan, no rest and no sensor may do to people.</summary>
public sealed class LastWords
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9), FridayNight = DemoWorld.Tuesday.AddDays(3).AddHours(21);

    [Fact]
    public void A_class_that_is_cold_is_heated_although_the_outdoor_sensor_hangs_in_the_sun()
    {
        var world = new DemoWorld(rooms: 14, outdoor: 25);
        var resting = Memory.Empty with { At = Lesson, OutdoorDay = 25, OutdoorFiltered = 25, Resting = SummerState.Resting };

        world.Run(Lesson, TimeSpan.FromMinutes(29), resting).Demand(DemoWorld.Cp).Reason.Code.ShouldBe(ReasonCode.SummerRest);
        world.Run(Lesson, TimeSpan.FromMinutes(31), resting).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
    }

    [Fact]
    public void Visitors_warm_a_cold_room_and_are_no_rescue_that_models_or_plans_answer_for()
    {
        var visited = Visited().Run(FridayNight, TimeSpan.FromMinutes(50), Memory.Empty);

        visited.Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
        visited.Memory.Of(DemoWorld.Cp.Id).Rescues.ShouldBe(default);
    }

    [Fact]
    public void A_plan_that_knows_nothing_of_visitors_does_not_keep_them_cold()
    {
        var visited = Visited().Run(FridayNight, TimeSpan.FromMinutes(15), Memory.Empty);
        var at = FridayNight.AddMinutes(16);

        Planned(Visited(), at, duty: 0, visited.Memory).Demand(DemoWorld.Cp).Heat.ShouldBe(Share.Full);
    }

    [Theory]
    [InlineData(17.9, 0.5, 0.5)]
    [InlineData(18.5, 0.5, 0.4)]
    [InlineData(21.9, 0.5, 0)]
    [InlineData(22.1, 0.5, 0)]
    [InlineData(17.9, double.NaN, 1)]
    public void A_plan_is_followed_unless_the_room_wants_less_or_it_is_no_number(double room, double duty, double heat) =>
        Planned(new DemoWorld(room, outdoor: 5), Lesson, duty, Memory.Empty).Demand(DemoWorld.Cp).Heat.Value.ShouldBe(heat);

    [Fact]
    public void Room_that_leaps_is_not_believed_for_ten_minutes()
    {
        var world = new DemoWorld(rooms: 19, outdoor: 5);
        var before = world.Run(Lesson, TimeSpan.FromMinutes(15), Memory.Empty);
        var leap = Lesson.AddMinutes(16);
        world[DemoWorld.Cp] = 12;

        world.Run(leap, TimeSpan.FromMinutes(8), before.Memory).Demand(DemoWorld.Cp).Room.IsReliable.ShouldBeFalse();
        world.Run(leap, TimeSpan.FromMinutes(11), before.Memory).Demand(DemoWorld.Cp).Room.IsReliable.ShouldBeTrue();
    }

    [Theory]
    [InlineData(18.4, -10, -8.5)]
    [InlineData(18.4, -1, 0)]
    [InlineData(18.7, -10, -10)]
    [InlineData(19.2, -10, -10.5)]
    public void Water_that_was_trimmed_too_far_comes_back_while_a_room_asks_for_little_and_sinks(double room, double before, double after)
    {
        var world = new DemoWorld(19.2, outdoor: 5) { [DemoWorld.Cp] = room };
        var wings = DemoWorld.Cp.Circuit;
        var trimmed = CircuitMemory.Start with { Trim = TrimMemory.Start with { Offset = before, SlopeAt = Lesson } };
        var memory = Memory.Empty with { Circuits = new Dictionary<CircuitId, CircuitMemory> { [wings] = trimmed } };

        world.Decide(Lesson, memory).Memory.Of(wings).Trim.Offset.ShouldBe(after);
    }

    private static DemoWorld Visited() => new(rooms: 12, outdoor: 5) { [DemoWorld.Cp.Points.Presence[0]] = 1 };

    private static Decision Planned(DemoWorld world, DateTimeOffset at, double duty, Memory memory)
    {
        var step = new PlanStep(at, TimeSpan.FromMinutes(30), duty, 19, 18);
        ImmutableArray<ZonePlan> zones = [.. DemoWorld.Site.Zones.Select(z => new ZonePlan(z.Id, duty, duty, [step]))];
        var knowledge = Knowledge.None with
        {
            Plan = new Plan(at, at.AddMinutes(30), PlanVerdict.Solved, zones, 50, default, default, 1),
            Planner = new PlannerStanding(PlannerRole.Commanding, PlannerRoleReason.Proven),
        };
        return Pilot.Decide(DemoWorld.Site, world.At(at) with { Knowledge = knowledge }, memory);
    }
}
