using System.Globalization;
using System.Security.Claims;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace EnergyPilot.Gateway.Web;

/// <summary>Who is signed in, and what that allows. The cookie keeps a session's key; name and role are those of the account at each request.</summary>
internal static class Identity
{
    public const string TokenName = "token";
    private const string Key = "key", SessionId = "session", Given = "given";

    public static ClaimsPrincipal Of(Account account, string key) => Of(account, key, 0);

    public static Visitor VisitorOf(HttpContext context) => new(
        context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : "", RoleOf(context.User), OriginOf(context));

    /// <summary>The number of the session that a request came in by; 0 when by none.</summary>
    public static long SessionOf(HttpContext context) => long.TryParse(context.User.FindFirstValue(SessionId), CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>Signed in with a password that somebody else knows: it is to be changed first.</summary>
    public static bool HasGivenPassword(HttpContext context) => context.User.HasClaim(c => c.Type == Given);

    /// <summary>A person at a browser, not a program with a token.</summary>
    public static bool IsPerson(HttpContext context) => context.User.Identity is { IsAuthenticated: true, AuthenticationType: CookieAuthenticationDefaults.AuthenticationScheme };

    /// <summary>The network address of who asks; one of IPv4 as such, also where the gateway listens on both.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress is not { } address ? ""
        : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>From where, for the audit: the address, and the token's name where it was a program.</summary>
    public static string OriginOf(HttpContext context) => context.User.FindFirstValue(TokenName) is { } token ? $"{AddressOf(context)} ({token})" : AddressOf(context);

    /// <summary>A cookie is worth something only while its session lasts; its account may be another since the last request.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var books = context.HttpContext.RequestServices.GetRequiredService<AccessBooks>();
        if (context.Principal?.FindFirstValue(Key) is { } key && books.Sessions.TryFind(key, out var session) && books.Accounts.TryFind(session.Account, out var account))
        {
            context.ReplacePrincipal(Of(account, key, session.Id));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>One policy per role: each role may all that the roles below it may.</summary>
    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<Role>())
            options.AddPolicy(role.ToString(), p => p.RequireAuthenticatedUser().RequireAssertion(c => RoleOf(c.User) >= role));
    }

    private static ClaimsPrincipal Of(Account account, string key, long session)
    {
        List<Claim> claims = [new(ClaimTypes.Name, account.Name), new(ClaimTypes.Role, account.Role.ToString()), new(Key, key)];
        if (session != 0) claims.Add(new(SessionId, session.ToString(CultureInfo.InvariantCulture)));
        if (account.Password == PasswordBy.Admin) claims.Add(new(Given, ""));
        return new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }

    // A role that this program does not know may only look.
    private static Role RoleOf(ClaimsPrincipal user) =>
        Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role) && Enum.IsDefined(role) ? role : Role.Viewer;
}
