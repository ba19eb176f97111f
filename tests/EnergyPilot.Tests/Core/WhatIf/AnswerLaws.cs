using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.WhatIf;

namespace EnergyPilot.Tests.Core.WhatIf;

public sealed class AnswerLaws
{
    private static SetpointChange Comfort(double degrees, params ReadOnlySpan<ZoneId> zones) => new([.. zones], SetpointKind.Comfort, new(degrees));

    [Fact]
    public void What_changes_nothing_saves_exactly_nothing()
    {
        var answer = Seasons.November.Answered(Comfort(19, Seasons.Classes.AsSpan()));
        answer.Saved.EnergyKwh.ShouldBe(new Likely(0, 0, 0));
        answer.Saved.ColdKelvinHours.ShouldBe(new Likely(0, 0, 0));
        answer.Outcome.ShouldBe(Outcome.Same);
        answer.Before.EnergyKwh.Middle.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Warmer_never_costs_less()
    {
        var energy = new[] { 17.0, 18, 18.5, 19.5, 20, 21 }.Select(t => Seasons.November.Answered(Comfort(t, Seasons.Classes.AsSpan())).After.EnergyKwh.Middle).ToArray();
        energy.ShouldBeInOrder(SortDirection.Ascending);
        energy[^1].ShouldBeGreaterThan(energy[0] * 1.05);
        var nights = new[] { 10.0, 12, 14, 16 }.Select(t => Seasons.November.Answered(new SetpointChange([], SetpointKind.Reduced, new(t))).After.EnergyKwh.Middle).ToArray();
        nights.ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public void Every_draw_agrees_that_warmer_costs_more()
    {
        var study = new Study(Seasons.November, new Question([Comfort(20, Seasons.Classes.AsSpan())]));
        var runs = study.Runs().ToList();
        runs.ShouldNotBeEmpty();
        runs.ShouldAllBe(r => r.After.Sum(z => z.EnergyKwh) > r.Before.Sum(z => z.EnergyKwh));
    }

    [Fact]
    public void Order_of_changes_means_nothing()
    {
        Alteration[] changes =
        [
            Comfort(18, Seasons.Classes.AsSpan()), new SetpointChange([], SetpointKind.Reduced, new(14)), new StartChange([], TimeSpan.FromHours(6)),
            new HoursChange(Seasons.Hall, TimeSpan.Zero, TimeSpan.FromMinutes(-30)), new ClosedDaysChange([], new(2026, 11, 9), new(2026, 11, 13), new(12)),
        ];
        var forth = Seasons.November.Answered([.. changes]);
        var back = Seasons.November.Answered([.. changes.Reverse()]);
        back.Saved.ShouldBe(forth.Saved);
        back.Zones.ShouldBe(forth.Zones);
    }

    [Fact]
    public void What_is_asked_twice_is_answered_alike() =>
        Seasons.November.Answered(Comfort(18)).Saved.ShouldBe(Seasons.November.Answered(Comfort(18)).Saved);

    [Fact]
    public void Cooler_corridor_draws_heat_from_the_classes_beside_it()
    {
        var zones = Seasons.November.Answered(Comfort(14, Seasons.Hall.AsSpan())).Zones;
        var hall = zones.Single(z => z.Zone == Seasons.Hall[0]);
        hall.HeatAfterKwh.ShouldBeLessThan(hall.HeatBeforeKwh);
        zones.Where(z => Seasons.Classes.Contains(z.Zone)).ShouldAllBe(z => z.HeatAfterKwh > z.HeatBeforeKwh);
    }

    [Fact]
    public void Late_start_saves_heat_and_costs_comfort()
    {
        var answer = Seasons.November.Answered(new StartChange([], TimeSpan.FromHours(7.5)));
        answer.Saved.EnergyKwh.Low.ShouldBeGreaterThan(0);
        answer.After.ColdHours.Middle.ShouldBeGreaterThan(answer.Before.ColdHours.Middle);
        answer.After.LateMornings.Middle.ShouldBeGreaterThan(answer.Before.LateMornings.Middle);
        answer.Worst.ShouldNotBeNull();
    }

    [Fact]
    public void Meter_scales_what_the_models_say()
    {
        var plain = Seasons.November.Answered(Comfort(18));
        var grounds = Seasons.November with { Past = new MeteredPast(Seasons.November.From, Seasons.November.Weather.Until, 1.5 * plain.Before.EnergyKwh.Middle) };
        var scaled = grounds.Answered(Comfort(18));
        scaled.Metered.ShouldBe(Metered.Scaled);
        scaled.Factor.ShouldBe(1.5, 1e-9);
        scaled.Saved.EnergyKwh.Middle.ShouldBe(1.5 * plain.Saved.EnergyKwh.Middle, 1e-6);
        // The past is known, whatever the models leave open.
        (scaled.Before.EnergyKwh.High - scaled.Before.EnergyKwh.Low).ShouldBeLessThan(1e-6 * scaled.Before.EnergyKwh.Middle);
    }

    [Fact]
    public void Meter_of_something_else_scales_nothing()
    {
        var plain = Seasons.November.Answered(Comfort(18));
        var answer = (Seasons.November with { Past = new MeteredPast(Seasons.November.From, Seasons.November.Weather.Until, 9 * plain.Before.EnergyKwh.Middle) }).Answered(Comfort(18));
        answer.Metered.ShouldBe(Metered.TooFar);
        answer.Saved.EnergyKwh.ShouldBe(plain.Saved.EnergyKwh);
    }

    [Fact]
    public void Rooms_that_have_learned_little_give_wide_answers_that_say_so()
    {
        var known = Seasons.Of(Seasons.Site, new(2026, 11, 1), 14, 14).Answered(Comfort(18));
        var unknown = Seasons.Of(Seasons.Site, new(2026, 11, 1), 14, 2) is var g
            ? (g with { Zones = [.. g.Zones.Select(z => z with { Spread = ModelSpread.Of(z.Spread.Learned with { SdRatios = [.. Enumerable.Repeat(1.0, ZoneModel.Count)] }) })] }).Answered(Comfort(18)) : null;
        known.IsWellKnown.ShouldBeTrue();
        unknown.ShouldNotBeNull().IsWellKnown.ShouldBeFalse();
        (unknown.Saved.EnergyKwh.High - unknown.Saved.EnergyKwh.Low).ShouldBeGreaterThan(known.Saved.EnergyKwh.High - known.Saved.EnergyKwh.Low);
    }

    [Theory]
    [InlineData(20.5, LegalWarning.InUse, true)]
    [InlineData(19, LegalWarning.InUse, false)]
    [InlineData(18, LegalWarning.InUse, false)]
    public void Law_is_told_where_a_change_breaks_it(double comfort, LegalWarning warning, bool isTold) =>
        Seasons.Of(Seasons.Site, new(2026, 11, 1), 2, 14).Answered(Comfort(comfort)).Warnings.Contains(warning).ShouldBe(isTold);

    [Fact]
    public void Warm_holidays_are_told_to_break_the_law() =>
        Seasons.Of(Seasons.Site, new(2026, 11, 1), 2, 14).Answered(new ClosedDaysChange([], new(2026, 12, 21), new(2026, 12, 27), new(12))).Warnings.ShouldBe([LegalWarning.EmptyForLong]);

    [Fact]
    public void Without_a_meter_nobody_knows_the_price()
    {
        var site = Seasons.Site with { Meters = [] };
        var answer = Seasons.Of(site, new(2026, 11, 1), 3, 14).Answered(Comfort(18));
        answer.Saved.Euro.Middle.ShouldBe(double.NaN);
        answer.Saved.EnergyKwh.Middle.ShouldNotBe(0);
    }
}
