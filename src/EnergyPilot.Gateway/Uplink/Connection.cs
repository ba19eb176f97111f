using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>Makes what the site file says of the broker into what the client needs; reads the files with its secrets.</summary>
internal static class Connection
{
    /// <exception cref="IOException">A file with a password, certificate or key cannot be read, or holds something else.</exception>
    public static SparkplugEdgeOptions Of(Core.Sites.Uplink uplink)
    {
        var broker = (NetworkPlace)uplink.Broker;
        return new SparkplugEdgeOptions
        {
            Group = uplink.Group, Node = uplink.Node, PrimaryHost = uplink.Host, BirthSpread = uplink.BirthSpread, TypesInData = uplink.DataTypes == DataTypes.Always,
            Mqtt = new MqttOptions
            {
                Host = broker.Host, Port = broker.Port, Version = uplink.Dialect == MqttDialect.V3 ? MqttVersion.V311 : MqttVersion.V50,
                // One name per node: a second gateway of the same name, a slip of the pen, must throw the first out loudly instead of mixing with it.
                ClientId = $"energypilot-{uplink.Group}-{uplink.Node}", User = uplink.Login.User, Password = Secret(uplink.Login.PasswordFile),
                Tls = broker.Carrying == Carrying.Encrypted ? Tls(uplink) : null,
            },
        };
    }

    /// <summary>What tells one state of these files from another: certificates are renewed while a gateway runs.</summary>
    public static string State(Core.Sites.Uplink uplink) => string.Join('|', new[] { uplink.Login.PasswordFile, uplink.Login.CaFile, uplink.CertificateFile, uplink.KeyFile }
        .Where(file => file.Length > 0).Select(file => new FileInfo(file)).Select(file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : ""));

    private static MqttTls Tls(Core.Sites.Uplink uplink)
    {
        var tls = new MqttTls { AuthoritiesPem = Certificates(uplink.Login.CaFile), CertificatePem = Certificates(uplink.CertificateFile), KeyPem = Secret(uplink.KeyFile) };
        if (tls.CertificatePem.Length == 0) return tls;
        try
        {
            using var own = X509Certificate2.CreateFromPem(tls.CertificatePem, tls.KeyPem);
            return tls;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new IOException($"{uplink.KeyFile}, which the site file names under uplink, holds no key in PEM that fits the certificate in {uplink.CertificateFile}", e);
        }
    }

    private static string Certificates(string file)
    {
        var pem = Secret(file);
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(pem);
            if (file.Length == 0 || found.Count > 0) return pem;
        }
        catch (CryptographicException)
        {
            // No better than none.
        }

        throw new Unusable(new(LineFault.CertificateWrong, $"{file}, which the site file names under uplink, holds no certificate in PEM (-----BEGIN CERTIFICATE-----)", Fact.Of("file", file)), null);
    }

    private static string Secret(string file) => Unusable.Secret(file, "uplink");
}
