using System.ComponentModel;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>Wishes by hand, and answers to the questions that the control asks staff.</summary>
internal static class OverridesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/overrides", All).WithName("Overrides").WithSummary("The wishes by hand, and the city's, that hold now");
        api.MapPost("/zones/{id}/overrides", Add).Needs(Role.Staff).WithName("AddOverride").WithSummary("Keeps a zone at a temperature until a stated end, in the place of its earlier wish by hand");
        api.MapDelete("/overrides/{id:long}", End).Needs(Role.Staff).WithName("EndOverride").WithSummary("Ends a wish early: back to the programme");
        api.MapPost("/zones/{id}/answers", Answer).Needs(Role.Staff).WithName("AnswerQuestion").WithSummary("Answers a question about people outside the timetable");
    }

    private static OverrideRow[] All(PageDesk desk, TimeProvider clock) => [.. desk.Overrides(clock.GetUtcNow()).Select(OverrideRow.Of)];

    private static Results<Created<OverrideRow>, BadParameter, NothingFound> Add([Description("The zone")] string id, OverrideWish wish, PageDesk desk, Visit visit, TimeProvider clock)
    {
        var (site, now) = (desk.Site(), clock.GetUtcNow());
        if (site.Zones.FirstOrDefault(z => z.Id.Name == id) is not { } zone) return new NothingFound("zone", id);
        var (low, high) = (site.Control.LowestSetpoint.Degrees, site.Control.HighestSetpoint.Degrees);
        if (!(wish.SetpointC >= low && wish.SetpointC <= high)) return BadParameter.Outside("setpointC", wish.SetpointC, low, high);
        if (wish.Until <= now || wish.Until > now + site.Control.LongestOverride)
            return new BadParameter("until", $"{wish.Until.ToUniversalTime():O}", $"later than {now:O} and at most {site.Control.LongestOverride.TotalHours:0} h ahead");
        if (wish.Note is { Length: > OverrideForm.LongestNote }) return new BadParameter("note", $"{wish.Note.Length} characters", $"at most {OverrideForm.LongestNote} characters");

        desk.AddOverride(new Override(0, zone.Id, new Celsius(wish.SetpointC), visit.User, now, wish.Until.ToUniversalTime(), wish.Note?.Trim() ?? ""));
        var kept = desk.Overrides(now).Last(o => o.Zone == zone.Id && o.Owner == visit.User);
        return TypedResults.Created($"{ApiRoutes.Root}/overrides/{kept.Id}", OverrideRow.Of(kept));
    }

    private static Results<NoContent, NothingFound> End([Description("The number of the wish")] long id, PageDesk desk, Visit visit, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (desk.Overrides(now).All(o => o.Id != id)) return new NothingFound("override", $"{id}");
        desk.CancelOverride(id, visit.User, now);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, BadParameter, NothingFound, NotNow> Answer([Description("The zone")] string id, QuestionReply reply, PageDesk desk, Visit visit, LiveFrames frames)
    {
        if (visit.School?.Zones.FirstOrDefault(z => z.Zone.Id.Name == id) is not { } zone) return new NothingFound("zone", id);
        if (!Enum.TryParse<UseReply>(reply.Reply, out var said) || !Enum.IsDefined(said)) return new BadParameter("reply", reply.Reply, string.Join(", ", Enum.GetNames<UseReply>()));
        if (zone.Questions.FirstOrDefault(q => q.Since.ToUnixTimeSeconds() == reply.Since.ToUnixTimeSeconds()) is not { } question) return new NothingFound("open question of this zone since", $"{reply.Since:O}");
        if (!desk.Answer(question, said, visit.User)) return new NotNow("There are too many added uses: remove some that are over first.");
        frames.Renew();
        return TypedResults.NoContent();
    }
}

/// <summary>A wish to keep a zone at a temperature.</summary>
/// <param name="Until">Its end, at most as far ahead as the site allows.</param>
/// <param name="Note">Why, for colleagues.</param>
internal sealed record OverrideWish(double SetpointC, DateTimeOffset Until, string? Note = null);

/// <summary>A wish that holds.</summary>
/// <param name="Priority">Operator for staff, City for the city.</param>
internal sealed record OverrideRow(long Id, string Zone, double SetpointC, string Owner, DateTimeOffset From, DateTimeOffset Until, string Note, string Priority)
{
    public static OverrideRow Of(Override wish) => new(
        wish.Id, wish.Zone.Name, wish.Setpoint.Degrees, wish.Owner, wish.From.ToUniversalTime(), wish.Until.ToUniversalTime(), wish.Note, wish.Priority.ToString());
}

/// <summary>An answer: the question by its beginning, and EveryWeek, OnlyThisDay or No.</summary>
internal sealed record QuestionReply(DateTimeOffset Since, string Reply);
