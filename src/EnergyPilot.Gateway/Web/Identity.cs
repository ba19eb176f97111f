using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EnergyPilot.Gateway.Web;

/// <summary>Who is signed in, as the cookie keeps it.</summary>
internal static class Identity
{
    public static ClaimsPrincipal Of(string name) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme));
}
