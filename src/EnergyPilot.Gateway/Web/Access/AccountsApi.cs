using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>The accounts of all, for an admin's program.</summary>
internal static class AccountsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", All).Needs(Role.Admin).WithName("Accounts").WithSummary("Who may sign in");
        api.MapPost("/accounts", Add).Needs(Role.Admin).WithName("AddAccount").WithSummary("A new account, with a password that is changed at the first sign-in");
        api.MapPut("/accounts/{name}/role", ChangeRole).Needs(Role.Admin).WithName("ChangeRole").WithSummary("Another role; its sessions end");
        api.MapPut("/accounts/{name}/password", GivePassword).Needs(Role.Admin).WithName("GivePassword").WithSummary("A password that is changed at the next sign-in; its sessions end");
        api.MapPost("/accounts/{name}/unlock", Unlock).Needs(Role.Admin).WithName("UnlockAccount").WithSummary("Ends a lock-out");
        api.MapDelete("/accounts/{name}/second-step", TurnOff).Needs(Role.Admin).WithName("TurnOffSecondStepOf").WithSummary("Switches the second step off for who has lost the phone");
        api.MapDelete("/accounts/{name}/sessions", EndSessions).Needs(Role.Admin).WithName("SignOutEverywhere").WithSummary("Ends all sessions of an account");
        api.MapDelete("/accounts/{name}", Remove).Needs(Role.Admin).WithName("RemoveAccount").WithSummary("Takes an account away, with its sessions and tokens");
    }

    private static AccountAnswer[] All(Visit visit, AccessBooks books) => [.. books.Accounts.All.Select(a => AccountAnswer.Of(a, books, visit.Reader.Now))];

    private static Results<Created, ProblemHttpResult> Add(AccountWish wish, Visit visit, AccountDesk desk)
    {
        if (!TryRole(wish.Role, out var role)) return Refused(AccountChange.NoSuchAccount, "role is viewer, staff, installer or admin.");
        var (name, change) = ((wish.Name ?? "").Trim(), AccountChange.Done);
        change = desk.Add(visit.Visitor, name, role, wish.Password ?? "");
        return change == AccountChange.Done ? TypedResults.Created($"/api/v1/accounts/{Uri.EscapeDataString(name)}") : Refused(change, "");
    }

    private static Results<NoContent, NotFound, ProblemHttpResult> ChangeRole(string name, RoleWish wish, Visit visit, AccountDesk desk)
    {
        if (!desk.Books.Accounts.TryFind(name, out var account)) return TypedResults.NotFound();
        if (!TryRole(wish.Role, out var role)) return Refused(AccountChange.NoSuchAccount, "role is viewer, staff, installer or admin.");
        return Answer(desk.ChangeRole(visit.Visitor, account, role));
    }

    private static Results<NoContent, NotFound, ProblemHttpResult> GivePassword(string name, PasswordWish wish, Visit visit, AccountDesk desk) =>
        desk.Books.Accounts.TryFind(name, out var account) ? Answer(desk.GivePassword(visit.Visitor, account.Name, wish.New ?? "")) : TypedResults.NotFound();

    private static Results<NoContent, NotFound, ProblemHttpResult> Unlock(string name, Visit visit, AccountDesk desk) =>
        desk.Books.Accounts.TryFind(name, out var account) ? Answer(desk.Unlock(visit.Visitor, account.Name)) : TypedResults.NotFound();

    private static Results<NoContent, NotFound> TurnOff(string name, Visit visit, AccountDesk desk)
    {
        if (!desk.Books.Accounts.TryFind(name, out var account)) return TypedResults.NotFound();
        desk.TurnOffSecondStep(visit.Visitor, account.Name);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, NotFound> EndSessions(string name, Visit visit, AccountDesk desk)
    {
        if (!desk.Books.Accounts.TryFind(name, out var account)) return TypedResults.NotFound();
        desk.EndSessions(visit.Visitor, account.Name, 0);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, NotFound, ProblemHttpResult> Remove(string name, Visit visit, AccountDesk desk) =>
        desk.Books.Accounts.TryFind(name, out var account) ? Answer(desk.Remove(visit.Visitor, account)) : TypedResults.NotFound();

    private static bool TryRole(string? text, out Role role) => Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role) && !char.IsAsciiDigit(text?.FirstOrDefault() ?? '0');

    private static Results<NoContent, NotFound, ProblemHttpResult> Answer(AccountChange change) =>
        change == AccountChange.Done ? TypedResults.NoContent() : change == AccountChange.NoSuchAccount ? TypedResults.NotFound() : Refused(change, "");

    private static ProblemHttpResult Refused(AccountChange change, string detail) => TypedResults.Problem(
        detail.Length > 0 ? detail : change.ToString(),
        statusCode: change is AccountChange.LastAdmin or AccountChange.NameTaken ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>An account that is wanted.</summary>
internal sealed record AccountWish(string? Name, string? Role, string? Password);

/// <summary>Another role.</summary>
internal sealed record RoleWish(string? Role);

/// <summary>An account as an admin sees it.</summary>
internal sealed record AccountAnswer(string Name, string Role, DateTimeOffset Created, bool HasGivenPassword, bool HasSecondStep, DateTimeOffset? LockedUntil, int Sessions, DateTimeOffset? Seen)
{
    public static AccountAnswer Of(Account account, AccessBooks books, DateTimeOffset now)
    {
        var sessions = books.Sessions.Of(account.Name);
        return new(
            account.Name, account.Role.ToString(), account.Created.ToUniversalTime(), account.Password == PasswordBy.Admin, books.SecondSteps.IsOn(account.Name),
            LockOut.Holds(account.LockedUntil, now) ? account.LockedUntil.ToUniversalTime() : null, sessions.Length, sessions is [var last, ..] ? last.Seen.ToUniversalTime() : null);
    }
}
