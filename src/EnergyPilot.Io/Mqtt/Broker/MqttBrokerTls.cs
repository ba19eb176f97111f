using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// TLS 1.2 or 1.3 on the server's side. Certificates and keys are PEM texts, read when the broker is opened: a wrong one throws
/// <see cref="System.Security.Cryptography.CryptographicException"/> there. Revocation lists are not asked for.
/// </summary>
public sealed record MqttBrokerTls
{
    /// <summary>The server's certificate first, then those between it and its authority.</summary>
    public required string CertificatePem { get; init; }

    /// <summary>The key of the server's certificate.</summary>
    public required string KeyPem { get; init; }

    /// <summary>The authorities whose clients' certificates are believed; empty when clients need none.</summary>
    public string ClientAuthoritiesPem { get; init; } = "";

    /// <summary>Whether a client without a certificate is let in, where <see cref="ClientAuthoritiesPem"/> are given.</summary>
    public MqttClientCertificates ClientCertificates { get; init; } = MqttClientCertificates.Required;

    internal SslServerAuthenticationOptions Authentication()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(CertificatePem);
        var own = X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (ClientAuthoritiesPem.Length == 0)
            return options;
        options.ClientCertificateRequired = true;
        options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(ClientAuthoritiesPem);
        var without = ClientCertificates == MqttClientCertificates.Optional ? SslPolicyErrors.RemoteCertificateNotAvailable : SslPolicyErrors.None;
        options.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || errors == without;
        return options;
    }
}

/// <summary>Whether clients must show a certificate.</summary>
public enum MqttClientCertificates
{
    /// <summary>Without one there is no connection.</summary>
    Required,

    /// <summary>One that is shown must be good; without one a password decides.</summary>
    Optional,
}
