using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
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

        context.RequestServices.GetRequiredService<Visit>().Begin(LanguageOf(request), Identity.VisitorOf(context));
        return next(context);
    }

    /// <summary>What is sent to a zone that does not exist, or no longer does, finds nothing; the framework would call the form too old.</summary>
    public static Task KnowZones(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Path.StartsWithSegments("/zones", out var rest)) return next(context);
        var zone = rest.Value?.Trim('/').Split('/')[0] ?? "";
        if (context.RequestServices.GetRequiredService<PageDesk>().Site().Zones.Any(z => z.Id.Name == zone)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Whatever changes something is for staff, unless its page says that it is for everybody. Forgetting to say so opens no door.</summary>
    public static Task KnowWriters(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(context);
        var visitor = Identity.VisitorOf(context);
        return visitor.May(Role.Staff) ? next(context) : visitor.IsSignedIn ? context.ForbidAsync() : context.ChallengeAsync();
    }

    /// <summary>People are sent to sign in and come back; programs are told.</summary>
    public static Task AskForAccount(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ApiRoutes.IsApi(context.Request)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect($"/login?back={Uri.EscapeDataString(OwnPath(context.Request.Path))}");
        return Task.CompletedTask;
    }

    public static Task Refuse(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
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
