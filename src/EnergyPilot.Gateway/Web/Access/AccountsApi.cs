using System.ComponentModel;
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

    private static Results<Created<AccountAnswer>, BadParameter, AgainstRules, NotNow> Add(AccountWish wish, Visit visit, AccountDesk desk)
    {
        if (!TryRole(wish.Role, out var role)) return NoRole(wish.Role);
        var (name, change) = ((wish.Name ?? "").Trim(), AccountChange.Done);
        change = desk.Add(visit.Visitor, name, role, wish.Password ?? "");
        if (change == AccountChange.Done && desk.Books.Accounts.TryFind(name, out var made))
            return TypedResults.Created($"{ApiRoutes.Root}/accounts/{Uri.EscapeDataString(name)}", AccountAnswer.Of(made, desk.Books, visit.Reader.Now));
        var told = AccountMistakes.Of(change, name).Told(visit.Reader);
        return change is AccountChange.NameTaken ? new NotNow(told) : new AgainstRules(told);
    }

    private static Results<NoContent, NothingFound, BadParameter, AgainstRules, NotNow> ChangeRole([Description("The account")] string name, RoleWish wish, Visit visit, AccountDesk desk)
    {
        if (!desk.Books.Accounts.TryFind(name, out var account)) return new NothingFound("account", name);
        if (!TryRole(wish.Role, out var role)) return NoRole(wish.Role);
        return Answer(name, desk.ChangeRole(visit.Visitor, account, role), visit);
    }

    private static Results<NoContent, NothingFound, BadParameter, AgainstRules, NotNow> GivePassword([Description("The account")] string name, GivenPassword wish, Visit visit, AccountDesk desk) =>
        desk.Books.Accounts.TryFind(name, out var account) ? Answer(name, desk.GivePassword(visit.Visitor, account.Name, wish.New ?? ""), visit) : new NothingFound("account", name);

    private static Results<NoContent, NothingFound, BadParameter, AgainstRules, NotNow> Unlock([Description("The account")] string name, Visit visit, AccountDesk desk) =>
        desk.Books.Accounts.TryFind(name, out var account) ? Answer(name, desk.Unlock(visit.Visitor, account.Name), visit) : new NothingFound("account", name);

    private static Results<NoContent, NothingFound> TurnOff([Description("The account")] string name, Visit visit, AccountDesk desk)
    {
        if (!desk.Books.Accounts.TryFind(name, out var account)) return new NothingFound("account", name);
        desk.TurnOffSecondStep(visit.Visitor, account.Name);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, NothingFound> EndSessions([Description("The account")] string name, HttpContext context, Visit visit, AccountDesk desk)
    {
        if (!desk.Books.Accounts.TryFind(name, out var account)) return new NothingFound("account", name);
        // Whoever ends all of one's own goes on with this one.
        desk.EndSessions(visit.Visitor, account.Name, account.Name == visit.User ? Identity.SessionOf(context) : 0);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, NothingFound, BadParameter, AgainstRules, NotNow> Remove([Description("The account")] string name, Visit visit, AccountDesk desk) =>
        desk.Books.Accounts.TryFind(name, out var account) ? Answer(name, desk.Remove(visit.Visitor, account), visit) : new NothingFound("account", name);

    private static bool TryRole(string? text, out Role role) => Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role) && !char.IsAsciiDigit(text?.FirstOrDefault() ?? '0');

    private static Results<NoContent, NothingFound, BadParameter, AgainstRules, NotNow> Answer(string name, AccountChange change, Visit visit) => change switch
    {
        AccountChange.Done => TypedResults.NoContent(),
        AccountChange.NoSuchAccount => new NothingFound("account", name),
        AccountChange.LastAdmin => new NotNow(AccountMistakes.Of(change, name).Told(visit.Reader)),
        AccountChange.PasswordRefused => new AgainstRules(AccountMistakes.NewPassword.Told(visit.Reader)),
        _ => new AgainstRules(AccountMistakes.Of(change, name).Told(visit.Reader)),
    };

    private static BadParameter NoRole(string? found) => new("role", found ?? "null", "viewer, staff, installer or admin");
}

/// <summary>An account that is wanted.</summary>
internal sealed record AccountWish(string Name, string Role, string Password);

/// <summary>Another role.</summary>
internal sealed record RoleWish(string Role);

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
