using System.Globalization;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>
/// The way in and out for programs that a person uses: the same session, in the same cookie, as a browser's. Whoever is in finds on /account the form's token, which
/// every change needs. Programs that run by themselves take a token of their own instead.
/// </summary>
internal static class SignInApi
{
    /// <summary>What the two ways in are called.</summary>
    public const string First = "CreateFirstAccount", Again = "SignIn";

    private static readonly OwnAffairsAttribute Own = new();

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/setup", Begin).AllowAnonymous().WithName(First).WithSummary("The first account, an admin's, with the one-time code that the gateway shows; and its session");
        api.MapPost("/sessions", Enter).AllowAnonymous().WithName(Again).WithSummary("Signs in with name and password, and the code of the second step where it is on; the session is in a cookie");
    }

    /// <summary>Leaving is for people who are in.</summary>
    public static void MapOwn(IEndpointRouteBuilder people) =>
        people.MapDelete("/sessions/this", Leave).Needs(Role.Viewer).WithMetadata(Own).WithName("SignOut").WithSummary("Signs out: this session ends");

    private static async Task<Results<NoContent, AgainstRules, NotNow>> Begin(FirstAccount wish, HttpContext context, Visit visit, SignInDesk desk)
    {
        if (!desk.HasNoAccount) return new NotNow("There is an account already: sign in.");
        var name = (wish.Name ?? "").Trim();
        var change = desk.CreateFirst((wish.Code ?? "").Trim(), name, wish.Password ?? "", visit.Visitor.From);
        if (change != AccountChange.Done) return new AgainstRules(AccountMistakes.Of(change, name).Told(visit.Reader));
        await desk.Enter(context, new Account(name, Role.Admin, visit.Reader.Now));
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, AgainstRules, NotNow, TooSoon>> Enter(SignInWish wish, HttpContext context, Visit visit, SignInDesk desk)
    {
        if (desk.HasNoAccount) return new NotNow("There is no account yet: make the first one.");
        var admission = desk.Try((wish.Name ?? "").Trim(), wish.Password ?? "", visit.Visitor.From);
        var isCode = admission.Ticket.Length > 0;
        if (isCode && string.IsNullOrWhiteSpace(wish.Code)) return new AgainstRules("code: found nothing, allowed is the code of the second step.");
        if (isCode) admission = desk.TryCode(admission.Ticket, (wish.Code ?? "").Trim(), visit.Visitor.From);
        if (admission.Result == SignIn.LockedOut) return OwnApi.Locked(admission.LockedUntil);
        if (admission.Result != SignIn.Welcome) return new AgainstRules(isCode ? "code: it is not the one of the second step." : "The name or the password is wrong.");
        await desk.Enter(context, admission.Account);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Leave(HttpContext context, SignInDesk desk)
    {
        await desk.Leave(context);
        return TypedResults.NoContent();
    }
}

/// <summary>Who wants in.</summary>
/// <param name="Code">Of the authenticator app or from paper, where the second step is on.</param>
internal sealed record SignInWish(string Name, string Password, string? Code = null);

/// <summary>The first account.</summary>
/// <param name="Code">The one-time code that the gateway shows at its start.</param>
internal sealed record FirstAccount(string Code, string Name, string Password);
