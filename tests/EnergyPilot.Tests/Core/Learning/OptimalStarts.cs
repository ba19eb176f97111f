using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class OptimalStarts
{
    // Figures of the design study for the prior.
    [Theory]
    [InlineData(14, 14.5, 14.8, 5, 65, 5.625)]
    [InlineData(14, 14.5, 14.8, 5, 55, 29.0)]
    [InlineData(16, 16.5, 17, 8, 55, 5.0)]
    public void Climb_of_the_prior(double air, double fast, double deep, double outdoor, double supply, double hours)
    {
        var climb = OptimalStart.Of(ZoneModel.Prior, new ZoneState(air, fast, deep), outdoor, supply, 20, EmitterResponse.Radiators);
        climb.InReach.ShouldBeTrue();
        climb.Time.TotalHours.ShouldBe(hours, 1e-6);
        climb.Lead.TotalHours.ShouldBe(1.10 * hours + 0.25, 1e-6);
    }

    [Fact]
    public void A_warm_zone_needs_no_lead_and_one_out_of_reach_the_longest()
    {
        OptimalStart.Of(ZoneModel.Prior, new ZoneState(20.5, 20, 19), 5, 65, 20, EmitterResponse.Radiators).ShouldBe(new Climb(TimeSpan.Zero, TimeSpan.Zero, true));
        OptimalStart.Of(ZoneModel.Prior, new ZoneState(5, 5, 5), -15, 40, 20, EmitterResponse.Radiators).ShouldBe(new Climb(OptimalStart.Cap, OptimalStart.Cap, false));
        OptimalStart.Of(ZoneModel.Prior, new ZoneState(double.NaN, 5, 5), -15, 70, 20, EmitterResponse.Radiators).InReach.ShouldBeFalse();
    }

    [Fact]
    public void Warm_air_between_cold_walls_is_not_warm()
    {
        OptimalStart.IsWarm(new ZoneState(20, 19.6, 0), 20).ShouldBeTrue();
        OptimalStart.IsWarm(new ZoneState(20, 19.4, 30), 20).ShouldBeFalse();
        OptimalStart.IsWarm(new ZoneState(19.9, 22, 30), 20).ShouldBeFalse();
    }

    [Fact]
    public void Lead_never_falls_with_cold_outside_a_hotter_target_or_cooler_water() => Law.Holds(chance =>
    {
        var (model, state) = (RandomZone.Of(chance, 2), RandomZone.State(chance));
        var (outdoor, supply, target) = (-10 + 25 * chance.NextDouble(), 40 + 35 * chance.NextDouble(), 17 + 5 * chance.NextDouble());
        var lead = OptimalStart.Of(model, state, outdoor, supply, target, EmitterResponse.Radiators).Lead;
        OptimalStart.Of(model, state, outdoor - 5 * chance.NextDouble(), supply, target, EmitterResponse.Radiators).Lead.ShouldBeGreaterThanOrEqualTo(lead);
        OptimalStart.Of(model, state, outdoor, supply, target + 2 * chance.NextDouble(), EmitterResponse.Radiators).Lead.ShouldBeGreaterThanOrEqualTo(lead);
        OptimalStart.Of(model, state, outdoor, supply - 10 * chance.NextDouble(), target, EmitterResponse.Radiators).Lead.ShouldBeGreaterThanOrEqualTo(lead);
        lead.ShouldBeInRange(TimeSpan.Zero, OptimalStart.Cap);
    });

    // Design study: coast_min of the prior.
    [Fact]
    public void Coasting_of_the_prior() =>
        Coast.Lowest(ZoneModel.Prior, Leaving, TimeSpan.FromHours(1.5)).ShouldBe(19.681, 5e-4);

    [Fact]
    public void Heat_stops_early_only_if_people_hardly_feel_it()
    {
        Coast.MayStop(ZoneModel.Prior, Leaving, 20.3, TimeSpan.FromHours(1.5)).ShouldBeTrue();
        Coast.MayStop(ZoneModel.Prior, Leaving, 20.4, TimeSpan.FromHours(1.5)).ShouldBeFalse();
        var draught = Leaving with { Disturbance = -2 };
        Coast.Lowest(ZoneModel.Prior, draught, TimeSpan.FromHours(1.5)).ShouldBeLessThan(19.3);
        // A heat that nobody can explain may end any minute.
        Coast.Lowest(ZoneModel.Prior, Leaving with { Disturbance = 2 }, TimeSpan.FromHours(1.5)).ShouldBe(19.681, 5e-4);
        Coast.MayStop(ZoneModel.Prior, Leaving with { Outdoor = double.NaN }, 15, TimeSpan.FromHours(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(9, 0.25)]        // 1/(0.6·9·1.2) = 0.15, but never less than 0.25
    [InlineData(3, 1 / 2.16)]
    [InlineData(1, 1)]
    public void Weak_radiators_get_a_bold_loop(double heating, double gain)
    {
        var tuning = LoopTuning.Of(ZoneModel.Prior with { Heating = heating });
        tuning.Gain.ShouldBe(gain, 1e-12);
        tuning.IntegralTime.ShouldBe(TimeSpan.FromMinutes(288));
    }

    private static Coasting Leaving => new(new ZoneState(20.5, 20.2, 18), 5, 15, TimeSpan.FromMinutes(25), 1, 0);
}
