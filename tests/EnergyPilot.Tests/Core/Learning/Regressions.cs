using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class Regressions
{
    // 0.3 + 4·(0.5 + 0.3·15/25 + 0.2·36/72) h.
    [Fact]
    public void Untaught_it_is_cautious() => WarmUpRegression.Start.Time(new ColdStart(4, 15, 36)).TotalHours.ShouldBe(3.42, 1e-9);

    [Fact]
    public void It_learns_a_room_from_its_mornings()
    {
        var chance = new Random(1);
        var regression = WarmUpRegression.Start;
        for (var i = 0; i < 200; i++)
        {
            var start = new ColdStart(1.5 + 6 * chance.NextDouble(), 5 + 20 * chance.NextDouble(), chance.Next(10, 72));
            regression = regression.After(start, TimeSpan.FromHours(Truth(start)), 0);
        }

        var monday = new ColdStart(5, 16, 62);
        regression.Time(monday).TotalHours.ShouldBe(Truth(monday), 0.1);

        static double Truth(ColdStart s) => 0.4 + s.Climb * (0.25 + 0.15 * s.Cold / 25 + 0.1 * s.EmptyHours / 72);
    }

    [Fact]
    public void An_unfinished_climb_counts_for_what_it_would_have_taken()
    {
        var start = new ColdStart(4, 15, 36);
        var half = WarmUpRegression.Start.After(start, TimeSpan.FromHours(2), 2);
        half.Coefficients.ShouldBe(WarmUpRegression.Start.After(start, TimeSpan.FromHours(4), 0).Coefficients);
        WarmUpRegression.Start.After(start, TimeSpan.FromHours(2), 3.9).ShouldBeSameAs(WarmUpRegression.Start);
        WarmUpRegression.Start.After(start with { Climb = 1.4 }, TimeSpan.FromHours(2), 0).ShouldBeSameAs(WarmUpRegression.Start);
    }

    [Fact]
    public void No_morning_however_odd_makes_it_wild() => Law.Holds(chance =>
    {
        double[] odd = [double.NaN, double.PositiveInfinity, -1e9, 1e9, 0, 2, 5];
        double Any() => chance.Next(3) == 0 ? odd[chance.Next(odd.Length)] : 20 * chance.NextDouble();
        var regression = WarmUpRegression.Start;
        for (var i = 0; i < 100; i++)
        {
            regression = regression.After(new ColdStart(Any(), Any(), Any()), TimeSpan.FromHours(50 * chance.NextDouble()), Any());
            regression.Coefficients.ShouldAllBe(c => c >= 0 && c <= 3);
            regression.Time(new ColdStart(Any(), Any(), Any())).ShouldBeInRange(TimeSpan.Zero, OptimalStart.Cap);
            regression.Covariance.ShouldAllBe(c => double.IsFinite(c) && Math.Abs(c) <= 1);
        }
    }, cases: 300);

    [Fact]
    public void What_is_unknown_starts_as_early_as_can_be() => WarmUpRegression.Start.Time(new ColdStart(4, double.NaN, 3)).ShouldBe(OptimalStart.Cap);
}
