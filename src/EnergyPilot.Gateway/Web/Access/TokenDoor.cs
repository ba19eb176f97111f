using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>
/// Programs come in with <c>Authorization: Bearer ep_…</c> (RFC 6750), to the JSON interface, the events and the figures only. A token is worth
/// what its scope and its owner are worth at that moment; a wrong one is refused also where nothing is asked for, because its sender believes to be somebody.
/// </summary>
internal sealed class TokenDoor(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AccessBooks books, RefusalLog refusals, WrongTokens wrong)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Way = "token", Either = "either";
    private const string Bearer = "Bearer ";

    /// <summary>Which of the two ways a request comes in by.</summary>
    public static string WayOf(HttpContext context) => Offers(context) ? Way : CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>Ends a request whose token is none.</summary>
    public static Task KnowTokens(HttpContext context, RequestDelegate next)
    {
        if (!Offers(context) || context.User.Identity is { IsAuthenticated: true }) return next(context);
        var isTooMuch = context.RequestServices.GetRequiredService<WrongTokens>().IsTooMuch(Identity.AddressOf(context));
        context.Response.StatusCode = isTooMuch ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Context.Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        if (!books.Tokens.TryFind(key, out var token) || !books.Accounts.TryFind(token.Account, out var owner) || owner.Password == PasswordBy.Admin)
        {
            var from = Identity.AddressOf(Context);
            wrong.Count(from);
            refusals.Tell("token refused", "", from);
            return Task.FromResult(AuthenticateResult.Fail("The token is none of ours."));
        }

        var claims = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, owner.Name), new Claim(ClaimTypes.Role, token.Role(owner.Role).ToString()), new Claim(Identity.TokenName, token.Name)], Way);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), Way)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static bool Offers(HttpContext context) =>
        (ApiRoutes.IsApi(context.Request) || context.Request.Path == "/events" || context.Request.Path == "/metrics")
        && context.Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Wrong tokens by address: who sends many is told to wait.</summary>
internal sealed class WrongTokens : IDisposable
{
    private const int PerMinute = 20;

    private readonly PartitionedRateLimiter<string> limit = PartitionedRateLimiter.Create<string, string>(from => RateLimitPartition.GetFixedWindowLimiter(
        from, _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    public void Count(string from) => limit.AttemptAcquire(from).Dispose();

    public bool IsTooMuch(string from)
    {
        using var lease = limit.AttemptAcquire(from, permitCount: 0);
        return !lease.IsAcquired;
    }

    public void Dispose() => limit.Dispose();
}
