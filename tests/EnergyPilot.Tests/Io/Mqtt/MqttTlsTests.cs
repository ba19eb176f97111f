using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>Certificates made by openssl, checked by mosquitto and by us.</summary>
public sealed class MqttTlsTests
{
    private const string MakeCertificates = """
        set -e
        cd "$0"
        for authority in ca other; do
          openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$authority" -keyout $authority.key -out $authority.pem
        done
        make() {
          openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout $1.key -out $1.csr
          printf "subjectAltName=$2" > $1.ext
          openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile $1.ext -out $1.pem
        }
        make server IP:127.0.0.1
        make gateway DNS:gateway
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Both_sides_prove_who_they_are(string version)
    {
        await using var broker = await Start(version);
        var tls = new MqttTls { AuthoritiesPem = await Pem(broker, "ca.pem"), CertificatePem = await Pem(broker, "gateway.pem"), KeyPem = await Pem(broker, "gateway.key") };

        await using var client = new RunningClient(To(broker, tls));
        await client.UntilConnected(Stop);
        await client.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("a"), MqttQos.AtLeastOnce), Stop);
        (await client.Client.Publish(RunningClient.Message("a", "secret"), Stop)).IsGood.ShouldBeTrue();
        (await client.NextMessage(Stop)).ShouldBe("a secret q1");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Server_of_another_authority_or_another_name_is_not_spoken_to()
    {
        await using var broker = await Start("TLSv1.3");
        var right = new MqttTls { AuthoritiesPem = await Pem(broker, "ca.pem"), CertificatePem = await Pem(broker, "gateway.pem"), KeyPem = await Pem(broker, "gateway.key") };

        foreach (var wrong in new[] { right with { AuthoritiesPem = await Pem(broker, "other.pem") }, right with { ServerName = "another.example" }, right with { AuthoritiesPem = "" } })
        {
            await using var client = new RunningClient(To(broker, wrong));
            (await client.UntilFault(MqttFault.TlsFailed, Stop)).LastFaultText.ShouldContain("No TLS");
        }
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task Missing_client_certificate_is_hinted_at(string version)
    {
        await using var broker = await Start(version);
        await using var client = new RunningClient(To(broker, new MqttTls { AuthoritiesPem = await Pem(broker, "ca.pem") }));

        var seen = await client.Until(change => change.LastFault != MqttFault.None, Stop);

        seen.LastFaultText.ShouldContain(version == "TLSv1.2" ? "TLS" : "certificate");
        seen.LastFault.ShouldBe(version == "TLSv1.2" ? MqttFault.TlsFailed : MqttFault.ConnectionLost, seen.LastFaultText);
    }

    [Fact]
    public void Wrong_pem_is_seen_when_the_client_is_made() =>
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => new MqttClient(
            new MqttOptions { Host = "x", Tls = new MqttTls { CertificatePem = "no", KeyPem = "no" } }, (in MqttDelivery _) => { }, TimeProvider.System));

    private static MqttOptions To(Mosquitto broker, MqttTls tls) => new() { Host = "127.0.0.1", Port = broker.Port, ClientId = "gateway", Tls = tls };

    private static Task<string> Pem(Mosquitto broker, string name) => File.ReadAllTextAsync(Path.Combine(broker.Folder, name), Stop);

    /// <summary>Makes two authorities, and certificates of a server, of a gateway, and of a stranger that nobody knows.</summary>
    internal static async Task Certify(string folder, CancellationToken stop)
    {
        Peers.Need("openssl", "openssl");
        await using var shell = PeerProcess.Start(Peers.Need("bash", "bash"), "-c", MakeCertificates, folder);
        await shell.Output(stop);
        File.Copy(Path.Combine(folder, "other.pem"), Path.Combine(folder, "stranger.pem"));
        File.Copy(Path.Combine(folder, "other.key"), Path.Combine(folder, "stranger.key"));
    }

    private static Task<Mosquitto> Start(string version) => Mosquitto.Start(Stop, async folder =>
    {
        await Certify(folder, Stop);
        // mosquitto's own setting is only the lowest version.
        await File.WriteAllTextAsync(Path.Combine(folder, "openssl.cnf"), $"""
            openssl_conf = init
            [init]
            ssl_conf = ssl
            [ssl]
            system_default = versions
            [versions]
            MinProtocol = {version}
            MaxProtocol = {version}

            """, Stop);
        return $"""
            allow_anonymous true
            cafile {folder}/ca.pem
            certfile {folder}/server.pem
            keyfile {folder}/server.key
            require_certificate true
            """;
    });
}
