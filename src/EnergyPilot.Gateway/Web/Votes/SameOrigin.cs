namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>
/// Whether a form without a session came from one of our own pages. A browser says so by itself (Sec-Fetch-Site, Origin), without a cookie that some refuse; a program
/// that says nothing carries nobody's identity along and could as well vote directly.
/// </summary>
internal static class SameOrigin
{
    public static bool Holds(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        // A proxy may have ended TLS before us: host and port tell, not the scheme.
        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
