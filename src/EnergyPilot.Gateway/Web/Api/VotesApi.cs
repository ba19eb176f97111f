using System.ComponentModel;
using System.Text.Json.Serialization;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Votes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>Comfort votes: taking part with the code of a room, for anybody; what they come to and what becomes of it, for staff.</summary>
internal static class VotesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rooms/{code}", Room).AllowAnonymous().WithName("Room").WithSummary("The room of a QR code, as it is now");
        api.MapPost("/rooms/{code}/votes", Cast).AllowAnonymous().WithName("Vote").WithSummary("Votes for a room: too cold, fine or too warm. One vote in 30 minutes for an address, 60 a day for a room");
        api.MapGet("/votes", All).Needs(Role.Staff).WithName("Votes").WithSummary("Every room with its votes by week and what they suggest");
        api.MapPost("/votes/{id}/apply", Apply).Needs(Role.Staff).WithName("ApplySuggestion").WithSummary("Sets the comfort setpoint that is suggested for a zone");
        api.MapPost("/votes/{id}/rest", Rest).Needs(Role.Staff).WithName("PutSuggestionOff").WithSummary("Lets a zone's suggestion rest for four weeks");
        api.MapPost("/votes/{id}/code", Renew).Needs(Role.Staff).WithName("RenewRoomCode").WithSummary("Makes a new code for a room; its printed poster leads nowhere from then on");
        api.MapGet("/votes/{id}/preview", Preview).Needs(Role.Staff).WithName("PreviewSuggestion").WithSummary("What the site file would become with the setpoint that is suggested; no lines where nothing is");
        api.MapGet("/votes/address", Address).Needs(Role.Staff).WithName("PosterAddress").WithSummary("Where the codes on the posters lead: this address, /r/ and the code");
        api.MapPut("/votes/address", Move).Needs(Role.Staff).WithName("MovePosters").WithSummary("Another address for the codes on the posters");
    }

    private static Results<Ok<RoomAnswer>, NothingFound> Room([Description("The code on the poster")] string code, VoteDesk votes, Visit visit) =>
        votes.RoomOf(code) is { } zone ? TypedResults.Ok(RoomAnswer.Of(zone, visit)) : new NothingFound("room of this code", code);

    private static Results<Ok<RoomAnswer>, BadParameter, NothingFound, TooSoon, NotKept> Cast([Description("The code on the poster")] string code, VoteWish vote, VoteDesk votes, Visit visit, HttpContext context)
    {
        if (votes.RoomOf(code) is not { } zone) return new NothingFound("room of this code", code);
        if (!Enum.IsDefined(vote.Feeling)) return new BadParameter("feeling", $"{(int)vote.Feeling}", string.Join(", ", Enum.GetNames<Feeling>()));
        var answer = votes.Cast(zone, vote.Feeling, context.Connection.RemoteIpAddress);
        return answer.Outcome switch
        {
            VoteOutcome.Counted => TypedResults.Ok(RoomAnswer.Of(zone, visit) with { VoteAgain = answer.Again }),
            VoteOutcome.NotKept => new NotKept(visit.Reader.Refusal(answer)),
            _ => new TooSoon(visit.Reader.Refusal(answer), answer.Again),
        };
    }

    private static RoomVotesAnswer[] All(VoteDesk votes, Visit visit)
    {
        var codes = votes.Codes(visit.User);
        return [.. votes.Rooms().Select(r => RoomVotesAnswer.Of(r, codes.GetValueOrDefault(r.Zone.Id.Name, ""), visit.Reader))];
    }

    private static Results<NoContent, NothingFound, NotNow> Apply([Description("The zone")] string id, SuggestionSeen seen, VoteDesk votes, Visit visit)
    {
        if (ZoneOf(id, visit) is not { } zone) return new NothingFound("zone", id);
        var suggestion = votes.SuggestionFor(zone);
        if (!suggestion.IsChange) return new NotNow(visit.Reader.Sentence(zone, suggestion));
        var outcome = votes.Apply(zone, new Celsius(seen.SetpointC), votes.Preview(zone, suggestion).BasedOn, visit.Visitor, visit.Reader.Say(Phrase.Votes));
        return outcome switch
        {
            SetpointOutcome.Done => TypedResults.NoContent(),
            SetpointOutcome.Outdated => new NotNow(visit.Reader.Say(Phrase.VotesOutdated)),
            SetpointOutcome.Refused => new NotNow(visit.Reader.Say(Phrase.NotAllowedMore)),
            _ => new NotNow(visit.Reader.Say(Phrase.VotesNotPossible)),
        };
    }

    private static Results<NoContent, NothingFound> Rest([Description("The zone")] string id, VoteDesk votes, Visit visit)
    {
        if (ZoneOf(id, visit) is not { } zone) return new NothingFound("zone", id);
        votes.PutOff(zone, visit.Visitor);
        return TypedResults.NoContent();
    }

    private static Results<Ok<RoomCodeAnswer>, NothingFound> Renew([Description("The zone")] string id, VoteDesk votes, Visit visit)
    {
        if (ZoneOf(id, visit) is not { } zone) return new NothingFound("zone", id);
        votes.Renew(zone, visit.Visitor);
        return TypedResults.Ok(new RoomCodeAnswer(votes.Codes(visit.User)[zone.Id.Name]));
    }

    private static Results<Ok<SuggestionPreviewAnswer>, NothingFound> Preview([Description("The zone")] string id, VoteDesk votes, Visit visit)
    {
        if (ZoneOf(id, visit) is not { } zone) return new NothingFound("zone", id);
        var suggestion = votes.SuggestionFor(zone);
        var preview = suggestion.IsChange ? votes.Preview(zone, suggestion) : null;
        return TypedResults.Ok(new SuggestionPreviewAnswer(suggestion.Setpoint.Degrees, preview?.CanHold ?? false, [.. preview?.Lines ?? []]));
    }

    private static PosterAddressAnswer Address(HttpRequest request, VoteDesk votes) => new(votes.AddressFor(request));

    private static Results<NoContent, AgainstRules> Move(PosterAddressAnswer wish, VoteDesk votes, Visit visit) => votes.TryMoveTo((wish.Address ?? "").Trim().TrimEnd('/'), visit.Visitor)
        ? TypedResults.NoContent()
        : new AgainstRules($"address: allowed is the beginning of an address of http or https, without a query, of at most {VoteDesk.LongestAddress} characters.");

    private static Zone? ZoneOf(string id, Visit visit) => visit.Site.Zones.FirstOrDefault(z => z.Id.Name == id);
}

/// <summary>A vote: TooCold, Fine or TooWarm.</summary>
internal sealed record VoteWish([property: JsonConverter(typeof(JsonStringEnumConverter<Feeling>))] Feeling Feeling);

/// <summary>The setpoint that somebody saw suggested: another one is not set behind their back.</summary>
internal sealed record SuggestionSeen(double SetpointC);

/// <summary>A change of the site file that votes suggest, line by line: "-" before what goes, "+" before what comes.</summary>
internal sealed record SuggestionPreviewAnswer(double SetpointC, bool CanHold, string[] Lines);

/// <summary>Where phones reach the page.</summary>
internal sealed record PosterAddressAnswer(string Address);

/// <summary>A new code.</summary>
internal sealed record RoomCodeAnswer(string Code);

/// <summary>A room as its visitors are told; after a vote also when they may vote again.</summary>
internal sealed record RoomAnswer(string Name, double? RoomC, double? TargetC, DateTimeOffset? TargetUntil, string Why, DateTimeOffset? VoteAgain)
{
    public static RoomAnswer Of(Zone zone, Visit visit) => visit.School?.Zones.FirstOrDefault(z => z.Zone.Id == zone.Id) is { } view
        ? new(zone.Name, view.Demand.Room.IsReliable ? LearningApi.Known(view.Demand.Room.Value) : null, view.Target.Setpoint.Degrees, LearningApi.Known(view.Target.NextChange), visit.Reader.Sentence(view.Why), null)
        : new(zone.Name, null, null, null, "", null);
}

/// <summary>What the votes of a room come to: the verdict as a word and as a sentence, and the setpoint, which is the present one where nothing is suggested.</summary>
internal sealed record RoomVotesAnswer(
    string Zone, string Code, string Verdict, string Sentence, double ComfortC, double SetpointC, double? NeutralC, int Votes, int Moments, int Days, int Missed,
    double ColdShare, double WarmShare, DateTimeOffset? RestsUntil, WeekAnswer[] Weeks)
{
    public static RoomVotesAnswer Of(RoomVotes room, string code, Reader reader)
    {
        var (suggestion, counts) = (room.Suggestion, room.Suggestion.Counts);
        return new(
            room.Zone.Id.Name, code, suggestion.Verdict.ToString(), reader.Sentence(room.Zone, suggestion), room.Zone.Setpoints.Comfort.Degrees, suggestion.Setpoint.Degrees,
            LearningApi.Known(suggestion.Neutral.Degrees), counts.Votes, counts.Moments, counts.Days, counts.Missed, Math.Round(counts.Cold.Value, 3), Math.Round(counts.Warm.Value, 3),
            room.Rests?.ToUniversalTime(), [.. room.Weeks.Select(w => new WeekAnswer(w.Week, w.Cold, w.Fine, w.Warm))]);
    }
}

/// <summary>The votes of a week, by its Monday.</summary>
internal sealed record WeekAnswer(DateOnly Week, int TooCold, int Fine, int TooWarm);
