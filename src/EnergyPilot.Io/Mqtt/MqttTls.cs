using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// TLS 1.2 or 1.3 for a connection. Certificates and keys are PEM texts, read when the client is made: a wrong one throws
/// <see cref="System.Security.Cryptography.CryptographicException"/> there. Revocation lists are not asked for: a gateway
/// must connect when nothing but its server is reachable.
/// </summary>
public sealed record MqttTls
{
    /// <summary>The only authorities that are trusted; empty for those of the system.</summary>
    public string AuthoritiesPem { get; init; } = "";

    /// <summary>The client's certificate first, then those between it and its authority; empty for none.</summary>
    public string CertificatePem { get; init; } = "";

    /// <summary>The key of the client's certificate.</summary>
    public string KeyPem { get; init; } = "";

    /// <summary>The name that the server's certificate must have; empty for the host that is connected to.</summary>
    public string ServerName { get; init; } = "";

    internal SslClientAuthenticationOptions Authentication(string host)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = ServerName.Length > 0 ? ServerName : host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (AuthoritiesPem.Length > 0)
            options.CertificateChainPolicy = Trust();
        if (CertificatePem.Length > 0)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(CertificatePem, KeyPem), Chain(), offline: true);
        return options;
    }

    private X509Certificate2Collection Chain()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(CertificatePem);
        return chain;
    }

    private X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(AuthoritiesPem);
        return policy;
    }
}
