using EnergyPilot.Gateway.Texts;
using Microsoft.AspNetCore.Diagnostics;

namespace EnergyPilot.Gateway.Web;

/// <summary>What every request passes: strict headers, then the choice of a language.</summary>
internal static class Door
{
    private const string LanguageCookie = "energypilot-language";

    // Only our own files run, load and receive; nobody frames the page.
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task Guard(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Language, Cookie";
        return next(context);
    }

    /// <summary>The page that explains a refusal is fetched, whatever was refused: a form sent there would be refused again.</summary>
    public static async Task Explain(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            context.Request.Method = HttpMethods.Get;
        await next(context);
        // A form without its token is refused with the type of a page and no page; without the type it gets ours.
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false }) context.Response.ContentType = null;
    }

    /// <summary>A link with ?lang=fr is remembered in a cookie and comes back without it.</summary>
    public static Task Welcome(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Query["lang"].ToString() is var code && Language.All.ContainsKey(code))
        {
            context.Response.Cookies.Append(
                LanguageCookie, code, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
            context.Response.Redirect(Without(request, "lang"));
            return Task.CompletedTask;
        }

        context.RequestServices.GetRequiredService<Visit>().Begin(LanguageOf(request), context.User);
        return next(context);
    }

    /// <summary>What is sent to a zone that does not exist, or no longer does, finds nothing; the framework would call the form too old.</summary>
    public static Task KnowZones(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Path.StartsWithSegments("/zones", out var rest)) return next(context);
        var zone = rest.Value?.Trim('/') ?? "";
        if (context.RequestServices.GetRequiredService<PageDesk>().Site().Zones.Any(z => z.Id.Name == zone)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static Language LanguageOf(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString());
        return Language.Choose(request.Cookies[LanguageCookie], accepted);
    }

    /// <summary>The path when it is one of ours; else the first page. Keeps a sign-in from sending people elsewhere.</summary>
    public static string OwnPath(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    private static string Without(HttpRequest request, string parameter)
    {
        var rest = request.Query.Where(q => q.Key != parameter).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
        return OwnPath(request.Path.ToUriComponent()) + QueryString.Create(rest);
    }
}
