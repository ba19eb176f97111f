using EnergyPilot.Gateway.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class RollUpTest
{
    private const long Second = 1000, Minute = 60 * Second;

    [Fact]
    public void Fold_of_shards_is_fold_of_all() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
        Runs.ToArbitrary(), run =>
        {
            var all = Fold(run.Samples);
            var cut = Math.Min(run.Cut, run.Samples.Length);
            var (left, right) = (Fold(run.Samples[..cut]), Fold(run.Samples[cut..]));
            return left.Then(right) == all;
        }));

    [Fact]
    public void Grouping_does_not_matter() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
        Runs.ToArbitrary(), run =>
        {
            var states = run.Samples.Select(s => RollUp.Of(s.At, s.Value)).ToArray();
            return states.Aggregate(RollUp.Empty, (a, b) => a.Then(b)) == states.Reverse().Aggregate(RollUp.Empty, (a, b) => b.Then(a));
        }));

    [Fact]
    public void Trouble_in_the_millisecond_of_a_value_ends_it_however_it_is_grouped()
    {
        var (value, trouble, next) = (RollUp.Of(0, 20), RollUp.Of(0, double.NaN), RollUp.Of(Minute, 10));

        value.Then(trouble).Then(next).ShouldBe(value.Then(trouble.Then(next)));
        value.Then(trouble).Then(next).Seconds.ShouldBe(0);
    }

    [Fact]
    public void Mean_counts_each_value_for_as_long_as_it_held()
    {
        // Open for 10 of 15 min: two samples, but not one half.
        var state = Fold([(0, 1), (10 * Minute, 0)]);

        state.MeanUntil(15 * Minute).ShouldBe(10.0 / 15, 1e-12);
    }

    [Fact]
    public void Trouble_ends_what_a_value_counts_for()
    {
        var state = Fold([(0, 20), (5 * Minute, double.NaN), (10 * Minute, 10)]);

        state.MeanUntil(15 * Minute).ShouldBe(15);
        state.Seconds.ShouldBe(300);
    }

    [Fact]
    public void A_value_does_not_count_for_the_hours_in_which_the_gateway_was_off()
    {
        var state = Fold([(0, 20), (10 * 60 * Minute, 10)]);

        state.Seconds.ShouldBe(30 * 60);
    }

    [Fact]
    public void Nothing_known_has_no_mean()
    {
        RollUp.Of(0, double.NaN).MeanUntil(15 * Minute).ShouldBe(double.NaN);
        RollUp.Of(0, double.NaN).Then(RollUp.Of(1, double.NaN)).Min.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_falling_index_gains_nothing_and_a_rising_one_what_it_rose() =>
        Fold([(0, 100), (1, 103), (2, double.NaN), (3, 107), (4, 0), (5, 2)]).Rise.ShouldBe(9);

    /// <summary>Samples in time order with values that doubles add without rounding, some of them trouble.</summary>
    private static Gen<((long At, double Value)[] Samples, int Cut)> Runs =>
        from steps in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 40 * 60)).ArrayOf()
        from values in Gen.Choose(-400, 400).ArrayOf(steps.Length)
        from cut in Gen.Choose(0, steps.Length + 1)
        select (Times(steps).Zip(values, (at, v) => (at, v % 7 == 0 ? double.NaN : v / 16.0)).ToArray(), cut);

    private static IEnumerable<long> Times(int[] steps)
    {
        var at = 0L;
        foreach (var step in steps) yield return at += step * Second;
    }

    private static RollUp Fold((long At, double Value)[] samples) =>
        samples.Aggregate(RollUp.Empty, (state, s) => state.Then(RollUp.Of(s.At, s.Value)));
}
