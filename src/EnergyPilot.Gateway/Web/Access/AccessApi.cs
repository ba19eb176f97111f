using System.ComponentModel;
using System.Globalization;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>One's own account, the accounts of all, and who did what, for programs. Accounts, sessions and tokens are for people who signed in themselves: no token makes another.</summary>
internal static class AccessApi
{
    public const int MostEntries = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", Audit).Needs(Role.Installer).WithName("Audit").WithSummary("Who did what, newest first, before the line of a number; who, what, subject, from, to filter");
        api.MapGet("/audit.csv", AuditCsv).Needs(Role.Installer).WithName("AuditCsv").WithSummary("The same, all of it, as a table").Produces<string>(StatusCodes.Status200OK, "text/csv");
        api.MapGet("/audit.json", AuditJson).Needs(Role.Installer).WithName("AuditJson").WithSummary("The same, all of it, as JSON").Produces<AuditAnswer[]>();
        SignInApi.Map(api);
        var people = api.MapGroup("").WithMetadata(ForPeople.Only).AddEndpointFilter(KnowPeople);
        OwnApi.Map(people);
        SignInApi.MapOwn(people);
        AccountsApi.Map(people);
    }

    private static Results<Ok<AuditAnswer[]>, BadParameter> Audit(
        [AsParameters] AuditAsked asked, Visit visit, AccessBooks books, RefusalLog refusals,
        [Description("Only lines before this number, to page on")] long before = long.MaxValue, [Description("How many, 1 to 500")] int limit = 100)
    {
        if (limit is < 1 or > MostEntries) return BadParameter.Outside("limit", limit, 1, MostEntries);
        refusals.Settle();
        return TypedResults.Ok<AuditAnswer[]>([.. books.Audit.Page(asked.Query.Filter(visit.Site), before, limit).Select(AuditAnswer.Of)]);
    }

    private static PushStreamHttpResult AuditCsv([AsParameters] AuditAsked asked, HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals) =>
        File(asked, context, visit, books, refusals, "text/csv; charset=utf-8", "csv", AuditText.WriteCsv);

    private static PushStreamHttpResult AuditJson([AsParameters] AuditAsked asked, HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals) =>
        File(asked, context, visit, books, refusals, "application/json", "json", AuditText.WriteJson);

    private static PushStreamHttpResult File(
        AuditAsked asked, HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals, string type, string ending, Func<IEnumerable<AuditEntry>, Stream, CancellationToken, Task> write)
    {
        refusals.Settle();
        var entries = AuditText.All(books.Audit, asked.Query.Filter(visit.Site));
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{visit.Site.Local(visit.Reader.Now):yyyy-MM-dd}.{ending}");
        return TypedResults.Stream(stream => write(entries, stream, context.RequestAborted), type, name);
    }

    private static ValueTask<object?> KnowPeople(EndpointFilterInvocationContext call, EndpointFilterDelegate next) => Identity.IsPerson(call.HttpContext)
        ? next(call)
        : ValueTask.FromResult<object?>(TypedResults.Problem("Accounts, sessions and tokens are for people who signed in, not for tokens.", statusCode: Identity.VisitorOf(call.HttpContext).IsSignedIn ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized));
}

/// <summary>What is asked of the audit.</summary>
internal sealed record AuditAsked(
    [property: Description("Only what this person did")] string Who = "", [property: Description("Only this kind of deed")] string What = "",
    [property: Description("Only what was done to this")] string Subject = "", [property: Description("First day")] DateOnly? From = null, [property: Description("Last day")] DateOnly? To = null)
{
    public AuditQuery Query => AuditQuery.Of(Who, What, Subject, Day(From), Day(To));

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
