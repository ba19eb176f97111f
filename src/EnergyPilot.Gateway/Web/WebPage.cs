using System.Globalization;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Gateway.Web.Access;
using EnergyPilot.Gateway.Web.Api;
using EnergyPilot.Gateway.Web.Energy;
using EnergyPilot.Gateway.Web.Pages;
using EnergyPilot.Gateway.Web.Votes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EnergyPilot.Gateway.Web;

/// <summary>The local page: what the host must add and map. The host also registers <see cref="PageDesk"/>, <see cref="LiveView"/> and TimeProvider.</summary>
internal static class WebPage
{
    // Nobody guesses a password at this pace; nobody who mistypes one notices.
    private const int SignInsPerMinute = 10, OwnChangesPerMinute = 30;

    // Routes take a stroke more at their end, so that whole segments are compared.
    private static readonly PathString[] WaysIn = ["/login", "/setup", $"{ApiRoutes.Root}/sessions", $"{ApiRoutes.Root}/setup"];

    // The page's forms have a handful of short fields; a stranger's megabytes must not take the memory that heats the school.
    private const int LargestForm = 32 * 1024, MostConnections = 100;

    /// <param name="keys">Where the keys of cookies are kept, so that a restart signs nobody out.</param>
    public static IServiceCollection AddServices(this IServiceCollection services, DirectoryInfo keys)
    {
        services.AddSingleton<EnergyDays>().AddSingleton<EnergyDesk>().AddScoped<EnergyVisit>();
        services.AddSingleton<Views>().AddSingleton<LiveFrames>().AddSingleton<LiveEvents>().AddScoped<Visit>().AddSingleton<Calendar.PendingImports>();
        services.AddSingleton(p => new RefusalLog(p.GetRequiredService<AccessBooks>().Audit, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<SignInDesk>().AddSingleton<AccountDesk>().AddSingleton<WrongTokens>().AddSingleton<SecretSeal>().AddSingleton<TlsView>().AddHttpContextAccessor();
        services.AddSingleton<VoteLimits>().AddSingleton<VoteDesk>().AddSingleton<Traffic>().AddSingleton<EventStream>();
        services.AddRazorComponents();
        services.AddResponseCompression(Compression.Choose);
        services.AddDataProtection().SetApplicationName("EnergyPilot").PersistKeysToFileSystem(keys);
        // Not bound to https: a browser that has been there could send no form of the pages that stay on http. Without its other half in the form it opens nothing.
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "energypilot-form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.None;
        });
        services.AddAuthorization(Identity.AddPolicies);
        services.AddProblemDetails(o => o.CustomizeProblemDetails = Problems.Explain);
        // A field that is missing is a mistake, not a zero; a number is a number.
        services.ConfigureHttpJsonOptions(o => (o.SerializerOptions.RespectRequiredConstructorParameters, o.SerializerOptions.NumberHandling) = (true, JsonNumberHandling.Strict));
        // Thrown, so that Problems.KnowCalls can say what was wrong.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        ApiDocument.AddTo(services);
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(o =>
        {
            o.DefaultScheme = TokenDoor.Either;
            o.DefaultSignInScheme = o.DefaultSignOutScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        }).AddPolicyScheme(TokenDoor.Either, null, o => o.ForwardDefaultSelector = TokenDoor.WayOf).AddScheme<AuthenticationSchemeOptions, TokenDoor>(TokenDoor.Way, null).AddCookie(o =>
        {
            o.Cookie.Name = "energypilot";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromDays(7);
            o.SlidingExpiration = true;
            o.LoginPath = "/login";
            o.Events.OnValidatePrincipal = Identity.Validate;
            o.Events.OnRedirectToLogin = Door.AskForAccount;
            o.Events.OnRedirectToAccessDenied = Door.Refuse;
        });
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(SignInLimit);
        });
        return services;
    }

    /// <summary>What a stranger may cost, and what he is not told.</summary>
    public static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        (limits.MaxRequestBodySize, limits.MaxConcurrentConnections) = (LargestForm, MostConnections);
        (limits.MaxRequestLineSize, limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount) = (8 * 1024, 16 * 1024, 60);
        (limits.RequestHeadersTimeout, limits.KeepAliveTimeout) = (TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2));
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    public static void Map(this WebApplication app)
    {
        app.Use(HeadOnly.AnswerAsGet);
        // Around what answers for a page that throws: counted once, as it ended.
        app.Use(app.Services.GetRequiredService<Traffic>().Count);
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.Use(Door.Guard);
        app.Use(TlsView.LeadToHttps);
        app.UseResponseCompression();
        app.UseWhen(c => ApiRoutes.IsApi(c.Request), api => api.UseExceptionHandler().UseStatusCodePages().Use(Problems.KnowCalls));
        app.UseWhen(c => !ApiRoutes.IsApi(c.Request), pages => pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true));
        app.Use(Door.Explain);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.Use(Door.Welcome);
        app.Use(Door.KnowOrigins);
        app.Use(TokenDoor.KnowTokens);
        app.UseAuthorization();
        app.Use(Door.KnowWriters);
        app.Use(Door.KnowSizes);
        app.Use(Door.KnowGivenPasswords);
        app.Use(Door.KnowZones);
        app.Use(VoteDoor.KnowRooms);
        app.UseAntiforgery();

        PageFiles.Map(app);
        app.MapGet("/healthz", Health).DisableHttpMetrics();
        app.MapGet("/metrics", (FieldView field, LiveView live, UplinkView uplink, Traffic traffic, TimeProvider clock) => TypedResults.Text(Metrics.Of(field, live, uplink.Read(), traffic, clock.GetUtcNow()), Metrics.ContentType)).DisableHttpMetrics();
        app.MapGet("/events", Events);
        ApiRoutes.Map(app);
        EnergyApi.MapFile(app);
        app.MapRazorComponents<App>();
    }

    private static ContentHttpResult Health(LiveView live, TimeProvider clock)
    {
        if (live.Latest is not { } record) return TypedResults.Text("no cycle yet\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        var at = record.Decision.At;
        var status = clock.GetUtcNow() - at > SchoolView.Patience ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Text(string.Create(CultureInfo.InvariantCulture, $"last cycle {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n"), statusCode: status);
    }

    private static IResult Events(HttpContext context, LiveEvents events, string zone = "", string page = "", CancellationToken stop = default)
    {
        if (zone is not "" && !context.RequestServices.GetRequiredService<PageDesk>().Site().Zones.Any(z => z.Id.Name == zone)) return TypedResults.NotFound();
        if (page is not ("" or LivePart.Wall or LivePart.Devices)) return TypedResults.NotFound();
        // A proxy in between shall pass events on, not collect them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(HeadOnly.Unless(context, events.Stream(Door.LanguageOf(context.Request), LivePart.PageOf(zone, page), stop)));
    }

    private static RateLimitPartition<string> SignInLimit(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsPut(context.Request.Method)) return RateLimitPartition.GetNoLimiter("");
        var (path, from) = (context.Request.Path, Identity.AddressOf(context));
        return WaysIn.Any(way => path.StartsWithSegments(way)) ? PerMinute($"in {from}", SignInsPerMinute)
            : path.StartsWithSegments("/account") || path.StartsWithSegments($"{ApiRoutes.Root}/account") ? PerMinute($"own {from}", OwnChangesPerMinute)
            : RateLimitPartition.GetNoLimiter("");
    }

    private static RateLimitPartition<string> PerMinute(string who, int times) =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = times, Window = TimeSpan.FromMinutes(1) });
}
