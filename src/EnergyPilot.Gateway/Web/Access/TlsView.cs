using System.Net;
using Microsoft.AspNetCore.Http.Extensions;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>How the page is served over https, for those who look: kept up by the host.</summary>
internal sealed class TlsView
{
    // What a stranger's phone may see before it has been told of a certificate: no account and no cookie has anything to do with it.
    private static readonly string[] StaysOnHttp = ["/healthz", "/r"];
    private volatile PageCertificate? certificate;

    /// <summary>Where https is served; 0 when it is not, or a proxy does it.</summary>
    public int Port { get; set; }

    /// <summary>What the page shows at the moment; null without https.</summary>
    public PageCertificate? Certificate
    {
        get => certificate;
        set => certificate = value;
    }

    /// <summary>
    /// Browsers shall insist on https (HSTS) only where they can trust it for good: with a certificate of the school's own, on the usual port. On another
    /// port they would look for https behind every http address of this machine, keep its port, and find none.
    /// </summary>
    public bool AsksForHttpsAlways(HttpRequest request) => request.IsHttps && Certificate is { IsOwn: true } && request.Host.Port is null or 443;

    /// <summary>Who comes by http is led to https, except to what stays on http and from the machine itself, where nothing crosses a wire.</summary>
    public static Task LeadToHttps(HttpContext context, RequestDelegate next)
    {
        var (request, tls) = (context.Request, context.RequestServices.GetRequiredService<TlsView>());
        if (tls.Port == 0 || request.IsHttps || StaysOnHttp.Any(p => request.Path.StartsWithSegments(p)) || PageFiles.Has(request.Path) || IsAtTheMachine(context)) return next(context);
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            context.Response.Redirect(UriHelper.BuildAbsolute("https", new HostString(request.Host.Host, tls.Port), request.PathBase, request.Path, request.QueryString), permanent: false, preserveMethod: true);
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsAtTheMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && (context.Request.Host.Host == "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));
}

/// <summary>The certificate of the page.</summary>
/// <param name="Fingerprint">SHA-256, as browsers show it: pairs of hexadecimal digits with colons.</param>
/// <param name="IsOwn">The school's own, not the one that the gateway made for itself.</param>
internal sealed record PageCertificate(string Fingerprint, DateTimeOffset Until, bool IsOwn);
