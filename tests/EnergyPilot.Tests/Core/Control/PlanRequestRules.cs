using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>What the planner is asked, and what of its answer is done.</summary>
public sealed class PlanRequestRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(8);

    [Fact]
    public void Floor_of_a_plan_is_what_holds_when_nobody_is_there_also_where_one_use_follows_another()
    {
        var site = Taught((7, 12), (12, 17));
        var zone = PlanRequests.Of(site, new DemoWorld(rooms: 19, outdoor: 5).At(Lesson), Memory.Empty).Zones[0];
        zone.Floor.ShouldBe(site.Zones[0].Setpoints.Reduced.Degrees);
    }

    [Fact]
    public void Plan_keeps_people_within_the_comfort_band()
    {
        var site = Taught((7, 17));
        var zone = PlanRequests.Of(site, new DemoWorld(rooms: 19, outdoor: 5).At(Lesson), Memory.Empty).Zones[0];
        zone.Uses[0].Lowest.ShouldBe(site.Zones[0].Setpoints.Comfort.Degrees - site.Control.PlannedBelow.Difference, 1e-9);
        site.Control.PlannedBelow.Difference.ShouldBeInRange(0, 1, "comfort begins 1 K below the setpoint");
    }

    [Fact]
    public void Warm_room_gets_no_more_than_its_loop_asks_for_whatever_was_planned()
    {
        Heat(room: 21).ShouldBe(0);
        Heat(room: 17).ShouldBe(0.9);

        static double Heat(double room)
        {
            var site = Taught((7, 17));
            var snapshot = new DemoWorld(rooms: room, outdoor: 5).At(Lesson);
            var plan = new Plan(Lesson, Lesson.AddMinutes(30), PlanVerdict.Solved, [.. site.Zones.Select(z => new ZonePlan(z.Id, 0.5, 0.9, []))], 60, default, default, 1);
            var known = snapshot.Knowledge with { Plan = plan, Planner = new PlannerStanding(PlannerRole.Commanding, PlannerRoleReason.Proven) };
            return Pilot.Decide(site, snapshot with { Knowledge = known }, Memory.Empty).Demands[0].Heat.Value;
        }
    }

    private static Site Taught(params ReadOnlySpan<(double From, double To)> hours)
    {
        var intervals = ImmutableArray.CreateBuilder<Interval>();
        foreach (var (from, to) in hours) intervals.Add(new Interval(TimeSpan.FromHours(from), TimeSpan.FromHours(to), Mode.Comfort));
        var programme = new WeekProgramme("taught", [.. Enumerable.Repeat(new DayPlan(intervals.ToImmutable()), 7)], HolidayUse.Empty);
        return DemoWorld.Site with { Zones = [DemoWorld.Site.Zones[0] with { Programme = programme }, .. DemoWorld.Site.Zones.Skip(1)] };
    }
}
