using System.Security.Authentication;
using EnergyPilot.Gateway.Web.Access;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Serves the page over https where an address says so.</summary>
internal static class Https
{
    /// <param name="folder">Where the certificate is kept; empty where nothing can be.</param>
    public static void Add(WebApplicationBuilder builder, GatewayOptions options, string folder)
    {
        // By the machine's clock, as browsers judge it: a virtual school may live in another year.
        builder.Services.AddSingleton(p => new PageCertificates(
            new(folder, options.Certificate, options.CertificateKey), Environment.MachineName, p.GetRequiredService<TlsView>(), TimeProvider.System, p.GetRequiredService<ILogger<PageCertificates>>()));
        builder.Services.AddHostedService<CertificateWatch>();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            var certificates = kestrel.ApplicationServices.GetRequiredService<PageCertificates>();
            certificates.Look();
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                https.ServerCertificateSelector = (_, _) => certificates.Certificate;
                // With the certificates between it and its authority, which a selector alone does not send.
                https.OnAuthenticate = (_, ssl) => (ssl.ServerCertificateContext, ssl.ServerCertificateSelectionCallback) = (certificates.Context, null);
            });
        });
    }

    /// <summary>The port of the first https address; 0 when there is none.</summary>
    public static int Port(IEnumerable<string> urls) => urls.Select(BindingAddress.Parse).FirstOrDefault(a => a.Scheme == "https")?.Port ?? 0;

    /// <summary>An address that a person can type: "every address" is none.</summary>
    public static string Reachable(string url) => BindingAddress.Parse(url) is { Host: "[::]" or "0.0.0.0" or "*" or "+" } any ? $"{any.Scheme}://{Environment.MachineName}:{any.Port}" : url;
}
