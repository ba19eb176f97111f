using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Gateway.Learning;

/// <summary>Who may be planned, and that a planner which can no longer plan does not go on commanding.</summary>
public sealed class PlanStandingTests
{
    private static readonly DateTimeOffset Evening = DemoWorld.Tuesday.AddHours(20);
    private static readonly Site Site = DemoWorld.Site with { Control = DemoWorld.Site.Control with { Planner = PlannerWish.On } };

    [Fact]
    public void Proven_planner_commands_until_models_are_reset()
    {
        var rounds = Proven(Site);
        After(rounds, Site, Evening, Site.Zones).Role.ShouldBe(PlannerRole.Commanding);
        After(rounds, Site, Evening.AddMinutes(30), []).ShouldBe(new PlannerStanding(PlannerRole.HandedBack, PlannerRoleReason.StillLearning));
    }

    [Fact]
    public void Proven_planner_commands_nothing_in_summer()
    {
        var rounds = Proven(Site);
        After(rounds, Site, Evening, Site.Zones);
        After(rounds, Site, Evening.AddMinutes(30), Site.Zones, SummerState.Resting).Role.ShouldBe(PlannerRole.Shadow);
    }

    [Fact]
    public void One_zone_without_a_sensor_keeps_nobody_else_from_being_planned()
    {
        var blind = Site with { Zones = [Site.Zones[0] with { Points = Site.Zones[0].Points with { Temperature = [] } }, .. Site.Zones[1..]] };
        var rounds = Proven(blind);
        var standing = After(rounds, blind, Evening, blind.Zones[1..]);
        standing.Role.ShouldBe(PlannerRole.Commanding);
        rounds.Into(Knowing(blind.Zones[1..])).Plan.ShouldNotBeNull().Zones.ShouldNotContain(z => z.Zone == blind.Zones[0].Id);
    }

    private static PlanRounds Proven(Site site) => new PlanRounds(site, new QuartersInMemory()).From(PlannerHistory.None with
    {
        Days = [.. Enumerable.Range(1, 20).Select(i => new PlannerDay(DateOnly.FromDateTime(Evening.Date).AddDays(-i), true, 0.4, 0, true))],
    });

    private static PlannerStanding After(PlanRounds rounds, Site site, DateTimeOffset at, IEnumerable<Zone> learned, SummerState rest = SummerState.Heating)
    {
        var snapshot = new DemoWorld(rooms: 17, outdoor: 5).At(at) with { Knowledge = Knowing(learned) };
        var decision = Pilot.Decide(site, snapshot, Memory.Empty);
        rounds.Take(snapshot, decision with { Memory = decision.Memory with { Resting = rest } });
        return rounds.Into(snapshot.Knowledge).Planner;
    }

    private static Knowledge Knowing(IEnumerable<Zone> zones) =>
        new(zones.ToDictionary(z => z.Id, _ => Learned.Of(ZonePrior.Ordinary, Evening.AddDays(-30)) with { Days = 14 }), Outlook.None);
}
