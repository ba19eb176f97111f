using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// The certificate that a gateway makes for itself at its first start: ECDSA P-256, for the machine's name, its name on the local network and its addresses.
/// No authority stands behind it; whoever compares its fingerprint once is safe from then on.
/// </summary>
internal static class MadeCertificate
{
    // Apple's devices take no certificate that holds longer, not even one that a person installed (support.apple.com/103769).
    private static readonly TimeSpan Holds = TimeSpan.FromDays(824), Before = TimeSpan.FromDays(1), RenewedBefore = TimeSpan.FromDays(30);

    /// <summary>Certificate and key as text.</summary>
    public static string Make(string host, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={Plain(host)}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], false));
        request.CertificateExtensions.Add(Names(Plain(host)));
        using var certificate = request.CreateSelfSigned(now - Before, now - Before + Holds);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>Soon over. One that has not begun yet stays: people have compared its fingerprint, and a machine that boots without its time stands in 1970.</summary>
    public static bool IsDue(X509Certificate2 certificate, DateTimeOffset now) => now > certificate.NotAfter.ToUniversalTime() - RenewedBefore;

    // A machine may be called anything; a certificate's name is letters, digits and hyphens.
    private static string Plain(string host) => new string([.. host.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]) is { Length: > 0 and < 64 } plain ? plain : "energypilot";

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])[host, $"{host}.local", "localhost"]) names.AddDnsName(name);
        foreach (var address in Addresses()) names.AddIpAddress(address);
        return names.Build();
    }

    // Where the machine does not say which it has, the names must do.
    private static IEnumerable<IPAddress> Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(n => n.GetIPProperties().UnicastAddresses.Select(a => a.Address))
                .Where(a => a.AddressFamily == AddressFamily.InterNetwork || (a.AddressFamily == AddressFamily.InterNetworkV6 && !a.IsIPv6LinkLocal))
                .Distinct().Take(20)];
        }
        catch (NetworkInformationException)
        {
            return [IPAddress.Loopback];
        }
    }
}
