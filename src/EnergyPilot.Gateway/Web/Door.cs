using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Access;
using EnergyPilot.Gateway.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyPilot.Gateway.Web;

/// <summary>What every request passes: strict headers, then the choice of a language.</summary>
internal static class Door
{
    private const string LanguageCookie = "energypilot-language";

    // A photograph sent for a calendar, say; nobody sends more by mistake.
    private const long LongestHeard = 32 * 1024 * 1024;

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
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-cache";
        if (context.RequestServices.GetRequiredService<TlsView>().AsksForHttpsAlways(context.Request)) headers.StrictTransportSecurity = "max-age=31536000";
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
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge, HasStarted: false }) context.Response.ContentType = null;
    }

    /// <summary>A link with ?lang=fr is remembered in a cookie and comes back without it.</summary>
    public static Task Welcome(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var code = request.Query["lang"].ToString();
        // Who came by the code of a room gets no cookie: there the language stays in the address.
        if (Language.All.TryGetValue(code, out var asked) && request.Path.StartsWithSegments("/r"))
        {
            context.RequestServices.GetRequiredService<Visit>().Begin(asked, Identity.VisitorOf(context));
            return next(context);
        }

        if (HttpMethods.IsGet(request.Method) && Language.All.ContainsKey(code))
        {
            context.Response.Cookies.Append(
                // Not bound to https: the pages that stay on http could not change it any more, and it is no secret.
                LanguageCookie, code, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
            context.Response.Redirect(Without(request, "lang"));
            return Task.CompletedTask;
        }

        var visitor = Identity.VisitorOf(context);
        // On the school's common computer the next one presses "back".
        if (visitor.IsSignedIn || request.Path == "/login" || request.Path == "/setup") context.Response.Headers.CacheControl = "no-store";
        context.RequestServices.GetRequiredService<Visit>().Begin(LanguageOf(request), visitor);
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

    /// <summary>
    /// What changes something comes from our own pages: a browser says from where (Fetch Metadata; before it Origin), a program says nothing.
    /// It stands beside the form's token, and holds for whatever forgets that one. A proxy may change the scheme, so that only host and port are compared.
    /// </summary>
    public static Task KnowOrigins(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (IsReading(request) || IsOwn(request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Whatever changes something is for staff, unless its page says that it is for everybody, or for everybody who is signed in.
    /// Forgetting to say so opens no door.
    /// </summary>
    public static Task KnowWriters(HttpContext context, RequestDelegate next)
    {
        if (IsReading(context.Request) || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(context);
        var visitor = Identity.VisitorOf(context);
        if (!visitor.IsSignedIn) return context.ChallengeAsync();
        return (endpoint.Metadata.GetMetadata<OwnAffairsAttribute>() is not null ? Identity.IsPerson(context) : visitor.May(Role.Staff)) ? next(context) : context.ForbidAsync();
    }

    /// <summary>
    /// What is longer than its route reads is refused before a form is looked for in it, which would call it too old. Where staff send it, it is heard out first:
    /// a browser that is cut off while it sends shows a torn connection, not what was wrong.
    /// </summary>
    public static async Task KnowSizes(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false, MaxRequestBodySize: { } most } limit || context.Request.ContentLength is not { } length || length <= most)
        {
            await next(context);
            return;
        }

        if (length <= LongestHeard && Identity.VisitorOf(context).May(Role.Staff))
        {
            limit.MaxRequestBodySize = length;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        if (ApiRoutes.IsApi(context.Request)) await Problems.Write(context, StatusCodes.Status413PayloadTooLarge, Problems.TooLong);
        else context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    /// <summary>Who signed in with a password that somebody else chose changes it before anything else.</summary>
    public static Task KnowGivenPasswords(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isOwn = request.Path == "/account" || request.Path == "/login" || request.Path == "/logout" || request.Path == $"{ApiRoutes.Root}/account/password" || request.Path == $"{ApiRoutes.Root}/sessions/this" || request.Path.StartsWithSegments("/status");
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!Identity.HasGivenPassword(context) || isOwn || (IsReading(request) && !isPage)) return next(context);
        if (!IsReading(request)) return context.ForbidAsync();
        context.Response.Redirect("/account");
        return Task.CompletedTask;
    }

    /// <summary>People are sent to sign in and come back; programs are told.</summary>
    public static Task AskForAccount(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ApiRoutes.IsApi(context.Request)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect($"/login?back={Uri.EscapeDataString(OwnPath(context.Request.Path) + OwnQuery(context.Request.QueryString.Value))}");
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

    /// <summary>The query when it has only such signs as our pages and browsers write there; else none, so that no page repeats what a stranger made up.</summary>
    public static string OwnQuery(string? query) =>
        query is not null && query.All(c => char.IsAsciiLetterOrDigit(c) || c is '?' or '&' or '=' or '%' or '+' or '-' or '.' or '_' or '~' or ':' or ',' or '*') ? query : "";

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static string Without(HttpRequest request, string parameter)
    {
        var rest = request.Query.Where(q => q.Key != parameter).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
        return OwnPath(request.Path.ToUriComponent()) + QueryString.Create(rest);
    }
}
