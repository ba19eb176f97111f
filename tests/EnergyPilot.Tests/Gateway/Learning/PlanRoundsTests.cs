using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Gateway.Learning;

public sealed class PlanRoundsTests
{
    private static readonly EnergyPilot.Core.Sites.Site Site = DemoWorld.Site with { Control = DemoWorld.Site.Control with { Planner = PlannerWish.On } };
    private static readonly DateOnly Tuesday = new(2026, 11, 3);
    private static readonly Knowledge Learnt = Knowledge.None with
    {
        Zones = Site.Zones.ToDictionary(z => z.Id, _ => Learned.Of(ZonePrior.Ordinary, DemoWorld.Tuesday.AddDays(-20)) with { Days = 15 }),
    };

    private readonly PlanRounds rounds = new PlanRounds(Site, new QuartersInMemory()).From(PlannerHistory.None with
    {
        Days = [.. Enumerable.Range(1, PlannerGate.DaysOfLearning - 1).Select(ago => new PlannerDay(Tuesday.AddDays(-ago), true, 0.3, 0, false))],
    });

    [Fact]
    public void A_planner_in_shadow_commands_once_it_has_proven_itself_and_gives_back_when_rooms_had_to_be_rescued()
    {
        After(DemoWorld.Tuesday.AddHours(8)).ShouldBe(new(PlannerRole.Shadow, PlannerRoleReason.StillLearning));
        After(DemoWorld.Tuesday.AddHours(19.5)).Role.ShouldBe(PlannerRole.Shadow, "the day counts from tomorrow on");

        var wednesday = DemoWorld.Tuesday.AddDays(1);
        After(wednesday.AddHours(1)).ShouldBe(new(PlannerRole.Commanding, PlannerRoleReason.Proven));
        rounds.Into(Learnt).Plan.ShouldNotBeNull().At.ShouldBe(wednesday.AddHours(1));

        After(wednesday.AddHours(9), rescued: PlannerGate.TooManyRescues).Role.ShouldBe(PlannerRole.Commanding, "judged in the evening");
        After(wednesday.AddHours(19.5)).Role.ShouldBe(PlannerRole.Commanding);
        After(wednesday.AddHours(25)).ShouldBe(new(PlannerRole.HandedBack, PlannerRoleReason.RoomsRescued));
    }

    [Fact]
    public void A_rescue_is_counted_once_and_only_from_plans_that_command()
    {
        After(DemoWorld.Tuesday.AddHours(9), rescued: 5);
        After(DemoWorld.Tuesday.AddHours(19.5));
        var wednesday = DemoWorld.Tuesday.AddDays(1);
        After(wednesday.AddHours(1)).Role.ShouldBe(PlannerRole.Commanding, "the rules had to be rescued, not a plan");

        After(wednesday.AddHours(9), rescued: 1);
        After(wednesday.AddHours(9.5), rescued: 1, since: wednesday.AddHours(9));
        After(wednesday.AddHours(19.5));
        rounds.History.Days[^1].ShouldBe(new PlannerDay(Tuesday.AddDays(1), true, double.NaN, 1, true));
    }

    [Fact]
    public void A_room_that_grew_cold_by_an_open_window_is_no_fault_of_the_plan()
    {
        After(DemoWorld.Tuesday.AddHours(19.5));
        var wednesday = DemoWorld.Tuesday.AddDays(1);
        After(wednesday.AddHours(1)).Role.ShouldBe(PlannerRole.Commanding);

        After(wednesday.AddHours(9), rescued: PlannerGate.TooManyRescues, aired: wednesday.AddHours(8));
        After(wednesday.AddHours(19.5));
        After(wednesday.AddHours(25)).Role.ShouldBe(PlannerRole.Commanding);
    }

    [Fact]
    public void Nothing_is_planned_before_every_zone_has_learned()
    {
        var at = DemoWorld.Tuesday.AddHours(8);
        var snapshot = new DemoWorld(rooms: 19, outdoor: 5).At(at);
        rounds.Take(snapshot, Pilot.Decide(Site, snapshot, Memory.Empty));

        rounds.Into(Knowledge.None).Plan.ShouldBeNull();
    }

    [Fact]
    public void What_is_known_stays_the_same_object_until_something_of_it_changes()
    {
        After(DemoWorld.Tuesday.AddHours(8));
        var known = rounds.Into(Learnt);

        After(DemoWorld.Tuesday.AddHours(8).AddMinutes(10));
        rounds.Into(Learnt).ShouldBeSameAs(known);
        After(DemoWorld.Tuesday.AddHours(19.5));
        After(DemoWorld.Tuesday.AddHours(25));
        rounds.Into(Learnt).ShouldNotBeSameAs(known);
    }

    // Times of the school's clocks: an hour ahead of UTC, where the demo's Tuesday begins.
    private PlannerStanding After(DateTimeOffset at, int rescued = 0, DateTimeOffset since = default, DateTimeOffset aired = default)
    {
        var snapshot = new DemoWorld(rooms: 19, outdoor: 5).At(at) with { Knowledge = Learnt };
        var decision = Pilot.Decide(Site, snapshot, Memory.Empty);
        var zones = decision.Memory.Zones.ToDictionary(z => z.Key, z => z.Value);
        foreach (var zone in Site.Zones.Take(rescued)) zones[zone.Id] = zones[zone.Id] with { Rescues = default(Rescues).And(since == default ? at : since), Window = WindowMemory.Shut with { PausedFrom = aired } };
        rounds.Take(snapshot, decision with { Memory = decision.Memory with { Zones = zones } });
        return rounds.Into(Learnt).Planner;
    }
}
