using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>Votes and suggestions in the reader's words.</summary>
internal static class VoteWords
{
    public static Phrase Of(Feeling feeling) => feeling switch
    {
        Feeling.TooCold => Phrase.VoteTooCold,
        Feeling.TooWarm => Phrase.VoteTooWarm,
        _ => Phrase.VoteFine,
    };

    public static string Sentence(this Reader reader, Zone zone, ComfortSuggestion suggestion)
    {
        var counts = suggestion.Counts;
        Fact[] facts =
        [
            Fact.Of("setpoint", suggestion.Setpoint), Fact.Of("comfort", zone.Setpoints.Comfort), Fact.Of("neutral", suggestion.Neutral), Fact.Of("limit", zone.Limits.InUse),
            Fact.Count("votes", counts.Votes), Fact.Count("moments", counts.Moments), Fact.Count("days", counts.Days), Fact.Count("missed", counts.Missed),
            Fact.Of("cold", counts.Cold), Fact.Of("warm", counts.Warm), Fact.Count("leastMoments", VoteRule.LeastMoments), Fact.Count("leastDays", VoteRule.LeastDays),
        ];
        return reader.Say(Of(zone, suggestion), facts);
    }

    private static Phrase Of(Zone zone, ComfortSuggestion suggestion) => suggestion.Verdict switch
    {
        ComfortVerdict.NoVotes => Phrase.VotesNone,
        ComfortVerdict.TooFew => Phrase.VotesTooFew,
        ComfortVerdict.NotReached => Phrase.VotesNotReached,
        ComfortVerdict.Divided => Phrase.VotesDivided,
        ComfortVerdict.Content => Phrase.VotesContent,
        ComfortVerdict.Raise => Phrase.VotesRaise,
        ComfortVerdict.Lower => Phrase.VotesLower,
        ComfortVerdict.LegalLimit when zone.Limits.Apply => Phrase.VotesLegalLimit,
        _ => Phrase.VotesFarEnough,
    };

    public static string Refusal(this Reader reader, VoteAnswer answer) => reader.Say(answer.Outcome switch
    {
        VoteOutcome.TooSoon => Phrase.VoteTooSoon,
        VoteOutcome.RoomIsFull => Phrase.VoteRoomFull,
        _ => Phrase.VoteNotKept,
    }, Fact.Of("again", answer.Again));
}
