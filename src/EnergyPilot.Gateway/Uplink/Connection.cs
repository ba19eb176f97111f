using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>Makes what the site file says of the broker into what the client needs; reads the files with its secrets.</summary>
internal static class Connection
{
    /// <exception cref="IOException">A file with a password, certificate or key cannot be read.</exception>
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
                Tls = broker.Carrying == Carrying.Encrypted
                    ? new MqttTls { AuthoritiesPem = Secret(uplink.Login.CaFile), CertificatePem = Secret(uplink.CertificateFile), KeyPem = Secret(uplink.KeyFile) }
                    : null,
            },
        };
    }

    /// <summary>What tells one state of these files from another: certificates are renewed while a gateway runs.</summary>
    public static string State(Core.Sites.Uplink uplink) => string.Join('|', new[] { uplink.Login.PasswordFile, uplink.Login.CaFile, uplink.CertificateFile, uplink.KeyFile }
        .Where(file => file.Length > 0).Select(file => new FileInfo(file)).Select(file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : ""));

    private static string Secret(string file)
    {
        if (file.Length == 0) return "";
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{file}, which the site file names under uplink, cannot be read: {e.Message}", e);
        }
    }
}
