using EnergyPilot.Core.Learning;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class Gates
{
    private static readonly DateTimeOffset At = new(2026, 1, 12, 19, 0, 0, TimeSpan.Zero);
    private static readonly Learned Fresh = Learned.Of(ZonePrior.Ordinary, At);
    private static readonly Identified Good = new(
        ZoneModel.Prior with { Heating = 12 }, [.. Enumerable.Repeat(0.3, 11)], 0.4, 1.2, 20, new Excitation(10, 10, 9), 7, 30);

    [Fact]
    public void A_good_model_is_taken_over_with_what_is_known_of_it()
    {
        var learned = Fresh.After(Good, At.AddDays(1));
        learned.Model.ShouldBe(Good.Model);
        (learned.Days, learned.Rmse, learned.Updated, learned.LastAttempt, learned.LastVerdict).ShouldBe((20, 0.4, At.AddDays(1), At.AddDays(1), Verdict.Accepted));
        learned.HasLearned.ShouldBeTrue();
        learned.Knows(2).ShouldBeTrue();
        Fresh.HasLearned.ShouldBeFalse();
        Fresh.Knows(2).ShouldBeFalse();
    }

    [Fact]
    public void A_refused_one_leaves_the_model_in_use_and_its_reason()
    {
        var after = Fresh.After(Good with { Rmse = 1.01 }, At.AddDays(1));
        after.Model.ShouldBe(ZoneModel.Prior);
        (after.Updated, after.LastAttempt, after.LastVerdict).ShouldBe((At, At.AddDays(1), Verdict.PredictsBadly));
    }

    [Fact]
    public void Each_refusal_has_its_reason()
    {
        Gate.Of(Fresh, Good).ShouldBe(Verdict.Accepted);
        Gate.Of(Fresh, Good with { Days = 1.9 }).ShouldBe(Verdict.TooFewDays);
        Gate.Of(Fresh, Good with { Rmse = 1.01 }).ShouldBe(Verdict.PredictsBadly);
        Gate.Of(Fresh, Good with { Rmse = double.NaN }).ShouldBe(Verdict.PredictsBadly);
        Gate.Of(Fresh, Good with { Rmse = 0.4, PreviousRmse = 0.3 }).ShouldBe(Verdict.WorseThanBefore);
        Gate.Of(Fresh, Good with { Rmse = 0.38, PreviousRmse = 0.3 }).ShouldBe(Verdict.Accepted);
        Gate.Of(Fresh, Good with { Model = Good.Model with { Heating = 5 } }).ShouldBe(Verdict.Implausible);
        Gate.Of(Fresh, Good with { Model = Good.Model with { Heating = 40 } }).ShouldBe(Verdict.Implausible);
        Gate.Of(Fresh, Good with { Model = Good.Model with { People = double.NaN } }).ShouldBe(Verdict.Implausible);
        Gate.Of(Fresh, Good with { Model = Good.Model with { People = 1000 } }).ShouldBe(Verdict.Implausible);
    }

    [Fact]
    public void A_summer_without_heating_does_not_forget_the_radiators()
    {
        var summer = Good with { SdRatios = [0.4, 0.2, 0.95, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4] };
        Gate.Of(Fresh, summer).ShouldBe(Verdict.Accepted);
        Gate.Of(Fresh.After(Good, At), summer).ShouldBe(Verdict.KnowsLess);
    }

    [Fact]
    public void After_two_weeks_without_a_new_model_somebody_should_know()
    {
        var learned = Fresh.After(Good, At).After(Good with { Rmse = 3 }, At.AddDays(13));
        learned.IsOutdated(At.AddDays(14)).ShouldBeFalse();
        learned.IsOutdated(At.AddDays(14).AddMinutes(1)).ShouldBeTrue();
    }

    [Fact]
    public void The_cautious_prior_itself_is_balanced() => Gate.IsBalanced(ZoneModel.Prior).ShouldBeTrue();
}
