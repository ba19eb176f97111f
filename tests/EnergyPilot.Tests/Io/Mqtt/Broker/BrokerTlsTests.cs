using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>Certificates made by openssl, shown to mosquitto's clients and to ours.</summary>
public sealed class BrokerTlsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-broker-tls");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory(Timeout = Patience.Hang)]
    [InlineData("tlsv1.2")]
    [InlineData("tlsv1.3")]
    public async Task Mosquittos_clients_prove_who_they_are_and_know_with_whom_they_speak(string version)
    {
        await using var broker = await Start(MqttClientCertificates.Required);

        (await Publish(broker, version, "--cert", Path("gateway.pem"), "--key", Path("gateway.key"))).ShouldBeEmpty();
        (await Publish(broker, version)).ShouldNotBeEmpty();
        (await Publish(broker, version, "--cert", Path("stranger.pem"), "--key", Path("stranger.key"))).ShouldNotBeEmpty();

        broker.Figures.Received.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Our_client_with_a_certificate_needs_no_password_and_one_without_does()
    {
        MqttPasswords.TryParse(MqttPasswords.Line("school", "x"), out var passwords, out _).ShouldBeTrue();
        await using var broker = await Start(MqttClientCertificates.Optional, passwords);
        var trust = new MqttTls { AuthoritiesPem = Pem("ca.pem") };
        var own = trust with { CertificatePem = Pem("gateway.pem"), KeyPem = Pem("gateway.key") };

        await using var known = new RunningClient(broker.To with { ClientId = "known", Tls = own });
        await known.UntilConnected(Stop);
        await using var named = new RunningClient(broker.To with { ClientId = "named", Tls = trust, User = "school", Password = "x" });
        await named.UntilConnected(Stop);
        await using var nobody = new RunningClient(broker.To with { ClientId = "nobody", Tls = trust });
        (await nobody.UntilFault(MqttFault.Refused, Stop)).LastReason.ShouldBe(MqttReason.NotAuthorized);
        await using var liar = new RunningClient(broker.To with { ClientId = "liar", Tls = own, User = "school", Password = "y" });
        (await liar.UntilFault(MqttFault.Refused, Stop)).LastReason.ShouldBe(MqttReason.BadUserNameOrPassword);
        await using var stranger = new RunningClient(broker.To with { ClientId = "stranger", Tls = trust with { CertificatePem = Pem("stranger.pem"), KeyPem = Pem("stranger.key") } });
        await stranger.Until(change => change.LastFault is MqttFault.ConnectionLost or MqttFault.TlsFailed, Stop);

        var text = new string('x', 100_000);
        await known.Client.Subscribe(new MqttSubscription(MqttFilter.Parse("a"), MqttQos.AtLeastOnce), Stop);
        (await named.Client.Publish(RunningClient.Message("a", text), Stop)).IsGood.ShouldBeTrue();
        (await known.NextMessage(Stop)).ShouldBe($"a {text} q1");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Who_does_not_finish_the_handshake_or_speaks_without_it_is_left()
    {
        var time = new ManualTime();
        await using var broker = await Start(MqttClientCertificates.Optional, time: time);
        using var plain = await broker.Dial(Stop);
        (await plain.Ask(Say.Connect("c"), Stop)).ShouldBeOneOf("", "15030100020246");
        using var silent = await broker.Dial(Stop);

        (await RunningBroker.Meanwhile(time, TimeSpan.FromSeconds(11), silent.Next(Stop))).ShouldBeEmpty();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Our_client_shows_the_certificates_between_its_own_and_the_authority()
    {
        await MqttTlsTests.Certify(folder.FullName, Stop);
        using var root = Certificate("root", null);
        using var middle = Certificate("middle", root);
        using var leaf = Certificate("leaf", middle);
        var tls = new MqttBrokerTls { CertificatePem = Pem("server.pem"), KeyPem = Pem("server.key"), ClientAuthoritiesPem = root.ExportCertificatePem() };
        await using var broker = new RunningBroker(new MqttBrokerOptions { Listeners = [new MqttListener(new(System.Net.IPAddress.Loopback, 0), tls)] });
        var own = new MqttTls
        {
            AuthoritiesPem = Pem("ca.pem"),
            CertificatePem = $"{leaf.ExportCertificatePem()}\n{middle.ExportCertificatePem()}",
            KeyPem = leaf.GetECDsaPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? "",
        };

        await using var client = new RunningClient(broker.To with { Tls = own });
        await client.UntilConnected(Stop);
        await using var alone = new RunningClient(broker.To with { Tls = own with { CertificatePem = leaf.ExportCertificatePem() } });
        await alone.Until(change => change.LastFault is MqttFault.ConnectionLost or MqttFault.TlsFailed, Stop);
    }

    [Fact]
    public void Wrong_pem_is_seen_when_the_broker_is_opened() =>
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => new RunningBroker(new MqttBrokerOptions
        {
            Listeners = [new MqttListener(new(System.Net.IPAddress.Loopback, 0), new MqttBrokerTls { CertificatePem = "no", KeyPem = "no" })],
        }));

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(name != "leaf", false, 0, true));
        var (from, until) = (DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        return issuer is null ? request.CreateSelfSigned(from, until) : request.Create(issuer, from, until, [1, (byte)name.Length]).CopyWithPrivateKey(key);
    }

    private string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    private string Pem(string name) => File.ReadAllText(Path(name));

    private async Task<string> Publish(RunningBroker broker, string version, params string[] certificate)
    {
        await using var peer = PeerProcess.Start(
            Peers.Need("mosquitto_pub", "mosquitto-clients"),
            ["-h", "127.0.0.1", "-p", $"{broker.Port}", "--cafile", Path("ca.pem"), "--tls-version", version, "-t", "a", "-m", "x", "-q", "1", .. certificate]);
        return await peer.Output(Stop);
    }

    private async Task<RunningBroker> Start(MqttClientCertificates certificates, MqttPasswords? passwords = null, TimeProvider? time = null)
    {
        await MqttTlsTests.Certify(folder.FullName, Stop);
        var tls = new MqttBrokerTls { CertificatePem = Pem("server.pem"), KeyPem = Pem("server.key"), ClientAuthoritiesPem = Pem("ca.pem"), ClientCertificates = certificates };
        return new RunningBroker(new MqttBrokerOptions { Listeners = [new MqttListener(new(System.Net.IPAddress.Loopback, 0), tls)], Passwords = passwords }, time);
    }
}
