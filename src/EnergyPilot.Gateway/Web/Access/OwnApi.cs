using System.ComponentModel;
using System.Globalization;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>One's own account, sessions and tokens, for programs that a person signed in with.</summary>
internal static class OwnApi
{
    private static readonly OwnAffairsAttribute Own = new();

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/account", Mine).Needs(Role.Viewer).WithName("Account").WithSummary("One's own account");
        api.MapPut("/account/password", ChangePassword).Needs(Role.Viewer).WithMetadata(Own).WithName("ChangePassword").WithSummary("Changes one's own password; every other session ends");
        api.MapPost("/account/second-step", BeginSecondStep).Needs(Role.Viewer).WithMetadata(Own).WithName("BeginSecondStep").WithSummary("A secret for an authenticator app; nothing is switched on yet");
        api.MapPut("/account/second-step", TurnOn).Needs(Role.Viewer).WithMetadata(Own).WithName("TurnOnSecondStep").WithSummary("Switches the second step on with a code of that secret; gives the codes on paper");
        api.MapPost("/account/second-step/off", TurnOff).Needs(Role.Viewer).WithMetadata(Own).WithName("TurnOffSecondStep").WithSummary("Switches it off, with one's own password as \"old\"");
        api.MapGet("/sessions", Sessions).Needs(Role.Viewer).WithName("Sessions").WithSummary("Where one is signed in");
        api.MapDelete("/sessions/{id:long}", EndSession).Needs(Role.Viewer).WithMetadata(Own).WithName("EndSession").WithSummary("Ends one of one's own sessions");
        api.MapDelete("/sessions", EndOthers).Needs(Role.Viewer).WithMetadata(Own).WithName("EndOtherSessions").WithSummary("Ends all of them but this one");
        api.MapGet("/tokens", Tokens).Needs(Role.Viewer).WithName("Tokens").WithSummary("One's own tokens; an admin sees all with all=true");
        api.MapPost("/tokens", MakeToken).Needs(Role.Viewer).WithMetadata(Own).WithName("MakeToken").WithSummary("A new token, shown this once");
        api.MapDelete("/tokens/{id:long}", Revoke).Needs(Role.Viewer).WithMetadata(Own).WithName("RevokeToken").WithSummary("Takes a token back: one's own, or as an admin anybody's");
    }

    private static OwnAnswer Mine(HttpContext context, Visit visit, AccessBooks books, IAntiforgery forms) => new(
        visit.User, visit.Visitor.Role.ToString(), books.SecondSteps.IsOn(visit.User), books.SecondSteps.PaperCodesLeft(visit.User), Identity.HasGivenPassword(context),
        forms.GetAndStoreTokens(context).RequestToken ?? "");

    private static Results<NoContent, AgainstRules, TooSoon> ChangePassword(PasswordWish wish, HttpContext context, Visit visit, AccountDesk desk)
    {
        var answer = desk.ChangeOwnPassword(visit.Visitor, Identity.SessionOf(context), wish.Old ?? "", wish.New ?? "", out var change);
        if (answer.Result == SignIn.LockedOut) return Locked(answer.LockedUntil);
        if (answer.Result != SignIn.Welcome) return WrongPassword();
        return change == AccountChange.Done ? TypedResults.NoContent() : new AgainstRules(AccountMistakes.NewPassword.Told(visit.Reader));
    }

    private static Results<Ok<SecretAnswer>, NotNow> BeginSecondStep(Visit visit, AccountDesk desk, SecretSeal seal)
    {
        if (desk.Books.SecondSteps.IsOn(visit.User)) return new NotNow("The second step is on already.");
        var secret = Totp.NewSecret();
        return TypedResults.Ok(new SecretAnswer(Totp.Written(secret), Totp.Address(visit.Site.Name, visit.User, secret), seal.Close(visit.User, secret)));
    }

    private static Results<Ok<string[]>, NotNow, AgainstRules> TurnOn(CodeWish wish, Visit visit, AccountDesk desk, SecretSeal seal)
    {
        if (desk.Books.SecondSteps.IsOn(visit.User)) return new NotNow("The second step is on already.");
        var paper = seal.TryOpen(visit.User, wish.Sealed ?? "", out var secret) ? desk.TurnOnSecondStep(visit.Visitor, secret, wish.Code ?? "") : [];
        return paper.Length > 0 ? TypedResults.Ok(paper) : new AgainstRules("code: it is not the one of this secret, or the secret is too old.");
    }

    private static Results<NoContent, AgainstRules, TooSoon> TurnOff(OwnPassword wish, Visit visit, AccountDesk desk)
    {
        var answer = desk.Confirm(visit.Visitor, wish.Old ?? "");
        if (answer.Result == SignIn.LockedOut) return Locked(answer.LockedUntil);
        if (answer.Result != SignIn.Welcome) return WrongPassword();
        desk.TurnOffSecondStep(visit.Visitor, visit.User);
        return TypedResults.NoContent();
    }

    private static SessionAnswer[] Sessions(HttpContext context, Visit visit, AccessBooks books) =>
        [.. books.Sessions.Of(visit.User).Select(s => new SessionAnswer(s.Id, s.Created.ToUniversalTime(), s.Seen.ToUniversalTime(), s.From, s.Browser, s.Id == Identity.SessionOf(context)))];

    private static Results<NoContent, NothingFound> EndSession([Description("The number of the session")] long id, Visit visit, AccountDesk desk) =>
        desk.EndSession(visit.Visitor, visit.User, id) ? TypedResults.NoContent() : new NothingFound("session of yours", $"{id}");

    private static NoContent EndOthers(HttpContext context, Visit visit, AccountDesk desk)
    {
        desk.EndSessions(visit.Visitor, visit.User, Identity.SessionOf(context));
        return TypedResults.NoContent();
    }

    private static TokenAnswer[] Tokens(Visit visit, AccessBooks books, [Description("Those of everybody; only for admins")] bool all = false) =>
        [.. (all && visit.May(Role.Admin) ? books.Tokens.All : books.Tokens.Of(visit.User)).Select(t => TokenAnswer.Of(t, ""))];

    private static Results<Created<TokenAnswer>, BadParameter, AgainstRules> MakeToken(TokenWish wish, Visit visit, AccountDesk desk)
    {
        if (!Enum.TryParse<TokenScope>(wish.Scope ?? nameof(TokenScope.Read), ignoreCase: true, out var scope) || !Enum.IsDefined(scope)) return new BadParameter("scope", wish.Scope ?? "", "read, comfort or settings");
        return desk.TryAddToken(visit.Visitor, (wish.Name ?? "").Trim(), scope, wish.Ends ?? visit.Reader.Now.AddDays(365), out var key)
            ? TypedResults.Created("/api/v1/tokens", TokenAnswer.Of(desk.Books.Tokens.Of(visit.User).MaxBy(t => t.Id) ?? throw new InvalidOperationException("The token that was just made is not there."), key))
            : new AgainstRules("A token needs a name of 1 to 60 signs and an end within five years; 20 at most.");
    }

    private static Results<NoContent, NothingFound> Revoke([Description("The number of the token")] long id, Visit visit, AccountDesk desk) =>
        desk.Books.Tokens.All.FirstOrDefault(t => t.Id == id && (t.Account == visit.User || visit.May(Role.Admin))) is { } token && desk.Revoke(visit.Visitor, token)
            ? TypedResults.NoContent() : new NothingFound("token of yours", $"{id}");

    internal static TooSoon Locked(DateTimeOffset until) => new(string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords or codes; wait until {until:u}."), until);

    private static AgainstRules WrongPassword() => new("old: the password is wrong.");
}

/// <summary>A new password of one's own, with the present one.</summary>
internal sealed record PasswordWish(string Old, string New);

/// <summary>One's own password, to confirm something.</summary>
internal sealed record OwnPassword(string Old);

/// <summary>A password that somebody else is given.</summary>
internal sealed record GivenPassword(string New);

/// <summary>A code for a secret that was given before.</summary>
internal sealed record CodeWish(string Sealed, string Code);

/// <summary>A token that is wanted; without a scope one to read, without an end one for a year.</summary>
internal sealed record TokenWish(string Name, string? Scope = null, DateTimeOffset? Ends = null);

/// <summary>One's own account.</summary>
/// <param name="MustChangePassword">Somebody else chose the password: nothing else can be changed before it.</param>
/// <param name="FormToken">Goes into the header RequestVerificationToken of whatever changes something.</param>
internal sealed record OwnAnswer(string Name, string Role, bool HasSecondStep, int PaperCodesLeft, bool MustChangePassword, string FormToken);

/// <summary>A secret for an app, and what is sent back with the first code of it.</summary>
internal sealed record SecretAnswer(string Secret, string Address, string Sealed);

/// <summary>Where one is signed in.</summary>
internal sealed record SessionAnswer(long Id, DateTimeOffset Created, DateTimeOffset Seen, string From, string Browser, bool IsThis);

/// <summary>A token; its key only in the answer that made it.</summary>
internal sealed record TokenAnswer(long Id, string Account, string Name, string Scope, DateTimeOffset Created, DateTimeOffset Ends, DateTimeOffset? Used, string? Key)
{
    public static TokenAnswer Of(Token token, string key) => new(
        token.Id, token.Account, token.Name, token.Scope.ToString(), token.Created.ToUniversalTime(), token.Ends.ToUniversalTime(), token.Used == DateTimeOffset.UnixEpoch ? null : token.Used.ToUniversalTime(), key is "" ? null : key);
}
