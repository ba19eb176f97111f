using System.Globalization;
using System.Threading.RateLimiting;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Gateway.Web.Api;
using EnergyPilot.Gateway.Web.Pages;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web;

/// <summary>The local page: what the host must add and map. The host also registers <see cref="PageDesk"/>, <see cref="LiveView"/> and TimeProvider.</summary>
internal static class WebPage
{
    // Nobody guesses a password at this pace; nobody who mistypes one notices.
    private const int SignInsPerMinute = 10;

    /// <param name="keys">Where the keys of cookies are kept, so that a restart signs nobody out.</param>
    public static IServiceCollection AddServices(this IServiceCollection services, DirectoryInfo keys)
    {
        services.AddSingleton<Views>().AddSingleton<LiveEvents>().AddScoped<Visit>().AddSingleton<Calendar.PendingImports>();
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("EnergyPilot").PersistKeysToFileSystem(keys);
        services.AddAntiforgery(o => o.Cookie.Name = "energypilot-form");
        services.AddAuthorization(Identity.AddPolicies);
        services.AddProblemDetails();
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.Cookie.Name = "energypilot";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromDays(7);
            o.SlidingExpiration = true;
            o.LoginPath = "/login";
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

    public static void Map(this WebApplication app)
    {
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.Use(Door.Guard);
        app.UseWhen(c => ApiRoutes.IsApi(c.Request), api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(c => !ApiRoutes.IsApi(c.Request), pages => pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true));
        app.Use(Door.Explain);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.Use(Door.Welcome);
        app.UseAuthorization();
        app.Use(Door.KnowWriters);
        app.Use(Door.KnowZones);
        app.UseAntiforgery();

        PageFiles.Map(app);
        app.MapGet("/healthz", Health).DisableHttpMetrics();
        app.MapGet("/metrics", (FieldView field, LiveView live, UplinkView uplink, TimeProvider clock) => TypedResults.Text(Metrics.Of(field, live, uplink.Read(), clock.GetUtcNow()), Metrics.ContentType)).DisableHttpMetrics();
        app.MapGet("/events", Events);
        ApiRoutes.Map(app);
        app.MapRazorComponents<App>();
    }

    private static ContentHttpResult Health(LiveView live, TimeProvider clock)
    {
        if (live.Latest is not { } record) return TypedResults.Text("no cycle yet\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        var at = record.Decision.At;
        var status = clock.GetUtcNow() - at > SchoolView.Patience ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Text(string.Create(CultureInfo.InvariantCulture, $"last cycle {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n"), statusCode: status);
    }

    private static IResult Events(HttpContext context, LiveEvents events, string zone = "", CancellationToken stop = default)
    {
        if (zone is not "" && !context.RequestServices.GetRequiredService<PageDesk>().Site().Zones.Any(z => z.Id.Name == zone)) return TypedResults.NotFound();
        // A proxy in between shall pass events on, not collect them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events.Stream(Door.LanguageOf(context.Request), zone, stop));
    }

    private static RateLimitPartition<string> SignInLimit(HttpContext context)
    {
        var signsIn = HttpMethods.IsPost(context.Request.Method) && (context.Request.Path == "/login" || context.Request.Path == "/setup");
        return signsIn
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("");
    }
}
