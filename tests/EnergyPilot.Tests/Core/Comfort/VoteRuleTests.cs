using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Comfort;

/// <summary>What votes come to: sensible in the ordinary, bounded and fair whatever comes.</summary>
public sealed class VoteRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 30, 15, 0, 0, TimeSpan.Zero);
    private static readonly ZoneId Zone = new("cp");
    private static readonly SetpointBounds Open = Bounds(18, 0, 5, 30);

    // A class that is mostly of one mind, so that suggestions come up, among votes that say nothing.
    private static readonly Gen<ComfortVote[]> Any =
        from mood in Gen.Elements(Feeling.TooCold, Feeling.TooWarm, Feeling.Fine)
        from votes in Gen.ArrayOf(One(mood), 40)
        from count in Gen.Choose(0, 40)
        select votes[..count];

    private static readonly Gen<SetpointBounds> AnyBounds =
        from given in Gen.Choose(-2, 2)
        from low in Gen.Choose(30, 37)
        from high in Gen.Choose(35, 40)
        select Bounds(18, given / 2.0, low / 2.0, high / 2.0);

    private static Gen<ComfortVote> One(Feeling mood) =>
        from day in Gen.Choose(0, 16)
        from quarter in Gen.Choose(0, 30)
        from feeling in Gen.Elements(mood, mood, mood, Feeling.TooCold, Feeling.Fine, Feeling.TooWarm)
        from room in Gen.Elements(17.2, 17.6, 18.0, 18.2, 18.4, double.NaN)
        from target in Gen.Elements(18.0, 18.0, 18.0, 18.0, 16.0)
        from inUse in Gen.Elements(true, true, true, true, false)
        select new ComfortVote(Now.AddDays(-day).AddMinutes(-15 * quarter), Zone, feeling, new Celsius(room), new Celsius(target), new Celsius(3), inUse);

    [Fact]
    public void Nobody_voted_and_nothing_is_suggested() => Of([]).ShouldSatisfyAllConditions(s => s.Verdict.ShouldBe(ComfortVerdict.NoVotes), s => s.Shift.ShouldBe(new Kelvin(0)), s => s.Setpoint.ShouldBe(new Celsius(18)));

    [Fact]
    public void Most_are_cold_on_several_days_and_half_a_degree_is_suggested()
    {
        var suggestion = Of([.. Days(3, Feeling.TooCold, Feeling.Fine)]);
        suggestion.Verdict.ShouldBe(ComfortVerdict.Raise);
        suggestion.Shift.ShouldBe(new Kelvin(0.5));
        suggestion.Setpoint.ShouldBe(new Celsius(18.5));
        suggestion.Neutral.Degrees.ShouldBe(18 + 3 / 0.5 / (6 + 5), 1e-9);
        suggestion.Counts.ShouldBe(new VoteCounts(6, 6, 3, 0, Share.Of(0.5), Share.Of(0)));
    }

    [Fact]
    public void All_are_warm_and_a_whole_degree_less_is_suggested() => Of([.. Days(4, Feeling.TooWarm, Feeling.TooWarm)]).ShouldSatisfyAllConditions(s => s.Verdict.ShouldBe(ComfortVerdict.Lower), s => s.Shift.ShouldBe(new Kelvin(-1)));

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 1)]
    public void Few_days_or_few_moments_suggest_nothing(int days, int perDay) =>
        Of([.. Days(days, [.. Enumerable.Repeat(Feeling.TooCold, perDay)])]).ShouldSatisfyAllConditions(s => s.Verdict.ShouldBe(ComfortVerdict.TooFew), s => s.Neutral.Degrees.ShouldBe(double.NaN));

    [Fact]
    public void Room_that_does_not_reach_its_target_needs_no_other_target() =>
        Of([.. Days(4, Feeling.TooCold, Feeling.TooCold).Select(v => v with { Room = new Celsius(16.9) })]).ShouldSatisfyAllConditions(s => s.Verdict.ShouldBe(ComfortVerdict.NotReached), s => s.Counts.Missed.ShouldBe(8));

    [Fact]
    public void A_third_that_is_warm_protects_itself_from_the_cold_majority() =>
        Of([.. Days(5, Feeling.TooCold, Feeling.TooCold, Feeling.TooWarm)]).Verdict.ShouldBe(ComfortVerdict.Divided);

    [Fact]
    public void Where_the_law_ends_draughts_are_looked_for() =>
        VoteRule.Of(Days(4, Feeling.TooCold, Feeling.TooCold), Bounds(18, 0, 5, 18.4), Now, Local).ShouldSatisfyAllConditions(s => s.Verdict.ShouldBe(ComfortVerdict.LegalLimit), s => s.Shift.ShouldBe(new Kelvin(0)));

    [Fact]
    public void What_was_given_before_counts_towards_the_one_degree()
    {
        var votes = Days(4, Feeling.TooCold, Feeling.TooCold).ToArray();
        VoteRule.Of(votes, Bounds(18, 0.5, 5, 30), Now, Local).Shift.ShouldBe(new Kelvin(0.5));
        VoteRule.Of(votes, Bounds(18, 1, 5, 30), Now, Local).Verdict.ShouldBe(ComfortVerdict.FarEnough);
        VoteRule.Of(votes, Bounds(18, -1, 5, 30), Now, Local).Shift.ShouldBe(new Kelvin(1), "never more than a degree at once");
    }

    [Fact]
    public void Votes_given_at_another_setpoint_say_nothing_of_this_one() =>
        Of([.. Days(4, Feeling.TooCold, Feeling.TooCold).Select(v => v with { Target = new Celsius(17.5), Room = new Celsius(17.5) })]).Verdict.ShouldBe(ComfortVerdict.NoVotes);

    [Fact]
    public void Who_taps_forty_times_in_a_quarter_is_heard_once()
    {
        var votes = Days(4, Feeling.Fine, Feeling.Fine).ToArray();
        var spam = Enumerable.Repeat(votes[0] with { At = Now.AddDays(-2).AddHours(-3), Feeling = Feeling.TooCold }, 40);
        Of([.. votes, .. spam]).ShouldBe(Of([.. votes, spam.First()]) with { Counts = Of([.. votes, .. spam]).Counts });
    }

    [Fact]
    public void One_day_of_anger_weighs_three_moments() =>
        Of([.. Days(4, Feeling.Fine, Feeling.Fine), .. Enumerable.Range(0, 25).Select(i => Vote(Now.AddDays(-6).AddMinutes(-15 * i), Feeling.TooCold))]).Verdict.ShouldBe(ComfortVerdict.Content);

    [Fact]
    public void Suggestion_stays_within_a_degree_the_law_and_the_site() => Holds(Prop.ForAll(Any.ToArbitrary(), AnyBounds.ToArbitrary(), (votes, bounds) =>
    {
        var suggestion = VoteRule.Of(votes, bounds, Now, Local);
        var total = suggestion.Shift.Difference + bounds.Given.Difference;
        return suggestion.Setpoint == bounds.Comfort + suggestion.Shift && suggestion.IsChange == (suggestion.Shift.Difference != 0)
            && (suggestion.Shift.Difference * 2) % 1 == 0
            && (suggestion.Shift.Difference <= 0 || (total <= 1 && suggestion.Setpoint <= bounds.Highest)) && (suggestion.Shift.Difference >= 0 || (total >= -1 && suggestion.Setpoint >= bounds.Lowest));
    }));

    [Fact]
    public void Random_votes_of_these_laws_do_suggest_things()
    {
        var verdicts = Any.Sample(500).Select(v => Of(v).Verdict).ToList();
        foreach (var verdict in new[] { ComfortVerdict.Raise, ComfortVerdict.Lower, ComfortVerdict.Divided, ComfortVerdict.Content, ComfortVerdict.TooFew }) verdicts.ShouldContain(verdict);
    }

    [Fact]
    public void Cold_and_warm_are_treated_alike() => Holds(Prop.ForAll(Any.ToArbitrary(), votes =>
        Of([.. votes.Select(v => v with { Feeling = Mirrored(v.Feeling) })]).Shift.Difference.Equals(-Of(votes).Shift.Difference + 0.0)));

    [Fact]
    public void One_who_is_colder_never_lowers_the_setpoint() => Holds(Prop.ForAll(Any.Where(v => v.Length > 0).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (votes, pick) =>
    {
        var i = pick % votes.Length;
        var colder = votes.ToArray();
        colder[i] = votes[i] with { Feeling = votes[i].Feeling == Feeling.TooWarm ? Feeling.Fine : Feeling.TooCold };
        return Of(colder).Shift >= Of(votes).Shift;
    }));

    [Fact]
    public void Order_is_irrelevant() => Holds(Prop.ForAll(Any.ToArbitrary(), votes => Of(votes) is var one && Of([.. votes.Reverse()]) is var other && one.Verdict == other.Verdict && one.Shift == other.Shift));

    private static void Holds(Property law) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), law);

    private static ComfortSuggestion Of(IReadOnlyCollection<ComfortVote> votes) => VoteRule.Of(votes, Open, Now, Local);

    private static SetpointBounds Bounds(double comfort, double given, double low, double high) => new(new Celsius(comfort), new Kelvin(given), new Celsius(low), new Celsius(high));

    private static IEnumerable<ComfortVote> Days(int days, params Feeling[] feelings) =>
        Enumerable.Range(1, days).SelectMany(d => feelings.Select((f, i) => Vote(Now.AddDays(-d).AddHours(-i), f)));

    private static ComfortVote Vote(DateTimeOffset at, Feeling feeling) => new(at, Zone, feeling, new Celsius(18.2), new Celsius(18), new Celsius(3), InUse: true);

    private static Feeling Mirrored(Feeling feeling) => feeling switch { Feeling.TooCold => Feeling.TooWarm, Feeling.TooWarm => Feeling.TooCold, _ => feeling };

    private static DateTime Local(DateTimeOffset at) => at.UtcDateTime;
}
