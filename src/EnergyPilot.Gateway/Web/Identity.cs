using System.Security.Claims;
using EnergyPilot.Gateway.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace EnergyPilot.Gateway.Web;

/// <summary>Who is signed in, as the cookie keeps it, and what that allows.</summary>
internal static class Identity
{
    public static ClaimsPrincipal Of(Account account) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, account.Name), new Claim(ClaimTypes.Role, account.Role.ToString())], CookieAuthenticationDefaults.AuthenticationScheme));

    public static Visitor VisitorOf(HttpContext context) => new(
        context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : "", RoleOf(context.User), context.Connection.RemoteIpAddress?.ToString() ?? "");

    /// <summary>One policy per role: each role may all that the roles below it may.</summary>
    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<Role>())
            options.AddPolicy(role.ToString(), p => p.RequireAuthenticatedUser().RequireAssertion(c => RoleOf(c.User) >= role));
    }

    // A role that this program does not know may only look.
    private static Role RoleOf(ClaimsPrincipal user) =>
        Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role) && Enum.IsDefined(role) ? role : Role.Viewer;
}
