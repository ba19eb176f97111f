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
        api.MapGet("/audit.csv", AuditCsv).Needs(Role.Installer).WithName("AuditCsv").WithSummary("The same, all of it, as a table");
        api.MapGet("/audit.json", AuditJson).Needs(Role.Installer).WithName("AuditJson").WithSummary("The same, all of it, as JSON");
        OwnApi.Map(api.MapGroup("").AddEndpointFilter(KnowPeople));
        AccountsApi.Map(api.MapGroup("").AddEndpointFilter(KnowPeople));
    }

    private static AuditAnswer[] Audit(HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals, long before = long.MaxValue, int limit = 100)
    {
        refusals.Settle();
        return [.. books.Audit.Page(AuditQuery.Of(context.Request.Query).Filter(visit.Site), before, Math.Clamp(limit, 1, MostEntries)).Select(AuditAnswer.Of)];
    }

    private static PushStreamHttpResult AuditCsv(HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals) =>
        File(context, visit, books, refusals, "text/csv; charset=utf-8", "csv", AuditText.WriteCsv);

    private static PushStreamHttpResult AuditJson(HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals) =>
        File(context, visit, books, refusals, "application/json", "json", AuditText.WriteJson);

    private static PushStreamHttpResult File(
        HttpContext context, Visit visit, AccessBooks books, RefusalLog refusals, string type, string ending, Func<IEnumerable<AuditEntry>, Stream, CancellationToken, Task> write)
    {
        refusals.Settle();
        var entries = AuditText.All(books.Audit, AuditQuery.Of(context.Request.Query).Filter(visit.Site));
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{visit.Site.Local(visit.Reader.Now):yyyy-MM-dd}.{ending}");
        return TypedResults.Stream(stream => write(entries, stream, context.RequestAborted), type, name);
    }

    private static ValueTask<object?> KnowPeople(EndpointFilterInvocationContext call, EndpointFilterDelegate next) => Identity.IsPerson(call.HttpContext)
        ? next(call)
        : ValueTask.FromResult<object?>(TypedResults.Problem("Accounts, sessions and tokens are for people who signed in, not for tokens.", statusCode: Identity.VisitorOf(call.HttpContext).IsSignedIn ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized));
}
