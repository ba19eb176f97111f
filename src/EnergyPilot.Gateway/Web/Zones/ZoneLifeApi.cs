using System.ComponentModel;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>What the page of a zone tells beyond its present state: what changed and who decided it, what comes, what was learned, and what one tap would wish.</summary>
internal static class ZoneLifeApi
{
    private const int MostChanges = 500, Farthest = 10_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/zones/{id}/changes", Changes).WithName("ZoneChanges").WithSummary("What changed in a zone, newest first, with what decided it and why; of the last 24 hours when no time is named");
        api.MapGet("/zones/{id}/next", Next).WithName("ZoneNext").WithSummary("What the coming seven days bring a zone by themselves");
        api.MapGet("/zones/{id}/learned", Learned).WithName("ZoneLearned").WithSummary("What was learned of a zone, in figures that a thermometer can check");
        api.MapGet("/zones/{id}/wishes", Wishes).Needs(Role.Staff).WithName("ZoneWishes").WithSummary("What one tap on the page would wish: setpoint and end, to be sent as a wish by hand");
    }

    private static Results<Ok<ChangeRow[]>, BadParameter, NothingFound> Changes(
        [Description("The zone")] string id, Visit visit, PageDesk desk, [Description("Since when; usually 24 hours before the end")] DateTimeOffset? from = null,
        [Description("Until when; usually now")] DateTimeOffset? to = null, [Description("How many of the newest are left out, to page on")] int skip = 0, [Description("How many, 1 to 500")] int limit = 100)
    {
        if (visit.Site.Zones.All(z => z.Id.Name != id)) return new NothingFound("zone", id);
        if (limit is < 1 or > MostChanges) return BadParameter.Outside("limit", limit, 1, MostChanges);
        if (skip is < 0 or > Farthest) return BadParameter.Outside("skip", skip, 0, Farthest);
        if (!AskedTime.TryRead(from, to, visit.Reader.Now, usualDays: 1, out var time, out var wrong)) return wrong;
        return TypedResults.Ok<ChangeRow[]>([.. desk.Changes(new ZoneId(id), time.From, time.To, new Slice(skip, limit)).Select(c => ChangeRow.Of(c, visit.Reader))]);
    }

    private static Results<Ok<NextRow[]>, NothingFound> Next([Description("The zone")] string id, Visit visit)
    {
        if (visit.Site.Zones.All(z => z.Id.Name != id)) return new NothingFound("zone", id);
        return TypedResults.Ok<NextRow[]>(visit.School is { } school && Find(school, id) is { } zone ? [.. NextEvents.Of(zone, school).Select(NextRow.Of)] : []);
    }

    private static Results<Ok<LearnedRow>, NothingFound, NotNow> Learned([Description("The zone")] string id, Visit visit)
    {
        if (visit.Site.Zones.All(z => z.Id.Name != id)) return new NothingFound("zone", id);
        if (visit.School is not { } school || Find(school, id)?.Zone is not { } zone) return NotNow.NoCycle;
        var learned = school.Record.Snapshot.Knowledge.Zones.GetValueOrDefault(zone.Id) ?? Core.Learning.Learned.Of(ZonePrior.Ordinary, school.At);
        return TypedResults.Ok(LearnedRow.Of(LearnedFigures.Of(zone, school.Circuits.First(c => c.Circuit.Id == zone.Circuit).Circuit, learned), learned));
    }

    private static Results<Ok<WishRow[]>, NothingFound> Wishes([Description("The zone")] string id, Visit visit)
    {
        if (visit.Site.Zones.All(z => z.Id.Name != id)) return new NothingFound("zone", id);
        return TypedResults.Ok<WishRow[]>(visit.School is { } school && Find(school, id) is { } zone ? [.. QuickWish.All(zone, visit).Select(w => new WishRow(w.Kind.ToString(), w.Wish.Setpoint.Degrees, w.Wish.Until.ToUniversalTime()))] : []);
    }

    private static ZoneView? Find(SchoolView school, string id) => school.Zones.FirstOrDefault(z => z.Zone.Id.Name == id);
}

/// <summary>One line of a zone's history: the setpoint from then on, what decided it (Schedule, Operator, City and so on), and why.</summary>
internal sealed record ChangeRow(DateTimeOffset At, double SetpointC, string DecidedBy, string Reason, string Sentence)
{
    public static ChangeRow Of(Change change, Reader reader) =>
        new(change.At.ToUniversalTime(), change.Setpoint.Degrees, change.Priority.ToString(), change.Reason.Code.ToString(), reader.Sentence(change.Reason));
}

/// <summary>Something that will happen by itself: HeatingStarts, InUse, Lowered or HandEnds.</summary>
internal sealed record NextRow(DateTimeOffset At, string Kind, double TargetC, string Note)
{
    public static NextRow Of(NextEvent next) => new(next.At.ToUniversalTime(), next.Kind.ToString(), next.Target.Degrees, next.Note);
}

/// <summary>What a zone's model means.</summary>
/// <param name="LossKPerHour">Without heating, at 0 °C outdoors.</param>
/// <param name="WarmKPerHour">With water of <paramref name="WaterC"/>, at 0 °C outdoors.</param>
/// <param name="MondayHours">From heating to comfort after a cold weekend; null when it is never reached.</param>
internal sealed record LearnedRow(bool HasLearned, double GoodDays, double? LossKPerHour, double? WarmKPerHour, double WaterC, double? MondayHours)
{
    public static LearnedRow Of(LearnedFigures figures, Learned learned) => new(
        learned.HasLearned, Math.Round(learned.Days, 2), LearningApi.Known(figures.LossKPerHour), LearningApi.Known(figures.WarmKPerHour), figures.Water.Degrees,
        figures.Monday.InReach ? LearningApi.Known(figures.Monday.Time.TotalHours) : null);
}

/// <summary>A wish that one tap would make: Warmer, Cooler, Boost or Lower.</summary>
internal sealed record WishRow(string Kind, double SetpointC, DateTimeOffset Until);
