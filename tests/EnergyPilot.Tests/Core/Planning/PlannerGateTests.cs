using System.Collections.Immutable;
using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

public sealed class PlannerGateTests
{
    private static readonly DateOnly Today = new(2027, 1, 25);

    [Fact]
    public void Fourteen_good_days_earn_the_command() =>
        Standing(Days(14)).ShouldBe(new PlannerStanding(PlannerRole.Commanding, PlannerRoleReason.Proven));

    [Fact]
    public void Thirteen_days_do_not() =>
        Standing(Days(13)).ShouldBe(new PlannerStanding(PlannerRole.Shadow, PlannerRoleReason.StillLearning));

    [Fact]
    public void Three_bad_days_of_the_last_seven_end_it()
    {
        var days = Days(20, commanded: true);
        Standing(Miss(days, 2, 0.7)).Role.ShouldBe(PlannerRole.Commanding);
        Standing(Miss(days, 3, 0.7)).ShouldBe(new PlannerStanding(PlannerRole.HandedBack, PlannerRoleReason.PredictionsMiss));
        Standing(Miss(Days(20), 3, double.NaN)).ShouldBe(new PlannerStanding(PlannerRole.Shadow, PlannerRoleReason.PredictionsMiss));
    }

    [Fact]
    public void Third_rescue_within_a_week_gives_the_building_back_and_a_week_without_any_returns_it()
    {
        var days = Days(20, commanded: true);
        var rescued = days.SetItem(19, days[19] with { Rescues = 2 }).SetItem(15, days[15] with { Rescues = 1 });
        Standing(rescued).ShouldBe(new PlannerStanding(PlannerRole.HandedBack, PlannerRoleReason.RoomsRescued));

        var later = rescued.AddRange(Enumerable.Range(0, 7).Select(i => new PlannerDay(Today.AddDays(i), true, 0.4, 0, false)));
        PlannerGate.Of(PlannerWish.On, PlannerGains.Nothing, later, Today.AddDays(7)).Role.ShouldBe(PlannerRole.Commanding);
    }

    [Fact]
    public void Nothing_to_gain_stays_in_shadow_until_staff_say_otherwise()
    {
        PlannerGate.Of(PlannerWish.WhereItGains, PlannerGains.Nothing, Days(20), Today).Reason.ShouldBe(PlannerRoleReason.NotWanted);
        PlannerGate.Of(PlannerWish.WhereItGains, PlannerGains.Tariff, Days(20), Today).Role.ShouldBe(PlannerRole.Commanding);
        PlannerGate.Of(PlannerWish.Off, PlannerGains.HeatPump, Days(20), Today).Role.ShouldBe(PlannerRole.Shadow);
    }

    [Fact]
    public void Order_of_the_history_does_not_matter_and_days_to_come_do_not_count() =>
        Standing([.. Days(13).Reverse(), new PlannerDay(Today, true, 0, 0, false)]).Reason.ShouldBe(PlannerRoleReason.StillLearning);

    [Fact]
    public void Gains_are_seen_in_plant_limit_and_prices()
    {
        var request = Requests.Of(Requests.Zone());
        PlannerGainsOf.Request(request).ShouldBe(PlannerGains.Nothing);
        PlannerGainsOf.Request(request with { Plant = request.Plant with { Kind = PlantKind.HeatPump } }).ShouldBe(PlannerGains.HeatPump);
        PlannerGainsOf.Request(request with { Plant = request.Plant with { PowerLimitW = 2000 } }).ShouldBe(PlannerGains.PowerLimit);
        var varying = request with { Outlook = Requests.Prices(h => h < 5 ? 0.1 : 0.2) };
        PlannerGainsOf.Request(varying).ShouldBe(PlannerGains.Nothing);
        PlannerGainsOf.Request(varying with { Goal = PlanGoal.Cost }).ShouldBe(PlannerGains.Tariff);
    }

    private static PlannerStanding Standing(ImmutableArray<PlannerDay> days) => PlannerGate.Of(PlannerWish.On, PlannerGains.Nothing, days, Today);

    private static ImmutableArray<PlannerDay> Days(int count, bool commanded = false) =>
        [.. Enumerable.Range(0, count).Select(i => new PlannerDay(Today.AddDays(i - count), true, 0.4, 0, commanded))];

    private static ImmutableArray<PlannerDay> Miss(ImmutableArray<PlannerDay> days, int count, double rmse) =>
        [.. days.Select((d, i) => i >= days.Length - count ? d with { Rmse = rmse } : d)];
}
